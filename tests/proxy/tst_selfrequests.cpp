// SPDX-License-Identifier: MIT
// Requests for the listener itself in the forms that reach it: CONNECT, TLS to the plain port.
#include "interceptionrig.h"
#include "tests/tls/hellobytes.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

namespace {

QByteArray routes() {
    return "routes:\n"
           "  - {name: own, match: {path: /own}, access: open, respond: {body: ours}}\n"
           "  - {name: theirs, match: {host: api.example}, access: open, respond: {body: theirs}}\n"
           "intercept: [api.example]\n";
}

} // namespace

class TestSelfRequests : public QObject {
    Q_OBJECT
    static QByteArray get(const QByteArray& path, const QByteArray& host) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    }
    static QByteArray connectTo(const QByteArray& host) {
        return "CONNECT " + host + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    }

private slots:
    void connectToOurselvesIsAConnectionToUs() {
        InterceptionRig rig(routes());
        TunnelClient client(rig.port);
        QVERIFY(client.connectTo(rig.authority()));
        QVERIFY(client.plain.startsWith("HTTP/1.1 200 "));
        client.send(get("/own", rig.authority()));
        QVERIFY(client.waitFor("\r\n\r\nours"));
        client.send(get("/healthz", rig.authority()));
        QVERIFY(client.waitFor("\r\n\r\nOK"));
        const ExchangeRecord connect = rig.ended("CONNECT");
        QCOMPARE(connect.end, ExchangeEnd::Complete);
        QCOMPARE(connect.role, RequestRole::Tunnel);
        QCOMPARE(rig.ended("GET").role, RequestRole::Gateway);
    }
    void whatComesWithTheConnectIsTaken() {
        InterceptionRig rig(routes());
        TunnelClient client(rig.port);
        client.send(connectTo(rig.authority()) + connectTo(rig.authority()) +
                    get("/own", rig.authority()));
        QVERIFY(client.waitFor("\r\n\r\nours"));
        QCOMPARE(client.plain.count("HTTP/1.1 200 "), 3);
    }
    void insideAnOpenedTunnelAsWell() {
        InterceptionRig rig(routes());
        const auto client = rig.inside("api.example:443");
        client->send(get("/own", "api.example"));
        QVERIFY(client->waitFor("\r\n\r\ntheirs"));
        client->send(connectTo(rig.authority()));
        QVERIFY(client->waitFor("Connection established"));
        client->send(get("/own", rig.authority()));
        QVERIFY(client->waitFor("\r\n\r\nours"));
        // From there on it is a connection to us, so that no tunnel is opened in a tunnel twice.
        client->send(get("/own", "api.example"));
        QVERIFY(client->waitFor("forbidden_host"));
    }
    void noTunnelIsOpenedInsideAnother() {
        InterceptionRig rig(routes());
        const auto client = rig.inside("api.example:443");
        client->send(connectTo(rig.authority()));
        QVERIFY(client->waitFor("Connection established"));
        client->send(connectTo("api.example:443"));
        QVERIFY(client->waitFor("HTTP/1.1 501 "));
    }

    void tlsToThePlainPortGetsAnAlert_data() {
        QTest::addColumn<bool>("byConnect");
        QTest::newRow("on a connection of its own") << false;
        QTest::newRow("after CONNECT to ourselves") << true;
    }
    void tlsToThePlainPortGetsAnAlert() {
        QFETCH(const bool, byConnect);
        InterceptionRig rig(routes());
        TunnelClient client(rig.port);
        if (byConnect) QVERIFY(client.connectTo(rig.authority()));
        OpenSslClientOptions options;
        options.serverName = "localhost";
        QVERIFY(!client.beginTls(options));
        QCOMPARE(client.tls->alert.value_or(0), SSL_AD_HANDSHAKE_FAILURE);
        QVERIFY(client.waitForEnd());
        const ExchangeRecord record = rig.ended({});
        QCOMPARE(record.end, ExchangeEnd::Refused);
        QCOMPARE(record.errorCode, QByteArray("https_to_http"));
        QVERIFY2(record.error.contains(u"plain http"), qPrintable(record.error));
    }
    void oneByteOfTlsIsEnough() {
        InterceptionRig rig(routes());
        TunnelClient client(rig.port);
        client.send("\x16");
        QVERIFY(client.waitForEnd());
        QCOMPARE(client.plain, QByteArray("\x15\x03\x03\0\x02\x02\x28", 7));
    }
    void httpsToOurselvesInAbsoluteFormIsExplained() {
        InterceptionRig rig(routes());
        TunnelClient client(rig.port);
        client.send(get("https://" + rig.authority() + "/own", rig.authority()));
        QVERIFY(client.waitFor("X-Sallyport-Error: https_to_http"));
        QVERIFY(client.plain.startsWith("HTTP/1.1 400 "));
    }
};

QTEST_GUILESS_MAIN(TestSelfRequests)
#include "tst_selfrequests.moc"
