// SPDX-License-Identifier: MIT
// Connections that do not come about, and what client and log are told of it.
#include "tests/faults/faultrig.h"

using namespace sallyport;
using namespace sallyport::test;

namespace {

quint16 closedPort() {
    const LoopbackServer server;
    return server.port();
}

/// Short only where somebody does not answer: a slow machine, or a resolver that thinks, is not
/// what the others are about.
QByteArray routesTo(const QByteArray& urls, const BlackHole& hole) {
    const QByteArray connect = urls.contains(hole.authority()) ? "300ms" : "10s";
    return "upstreams:\n"
           "  - name: origin\n"
           "    targets: [" +
           urls +
           "]\n"
           "    credential: none\n"
           "    timeouts: {connect: " +
           connect +
           "}\n"
           "routes:\n"
           "  - {name: all, match: {path: /}, upstream: origin, access: open}\n";
}
QByteArray url(const QByteArray& authority) { return "{url: \"http://" + authority + "\"}"; }

} // namespace

class TestConnectFaults : public QObject {
    Q_OBJECT

private slots:
    void init() { skipUnfit(); }
    void eachEndsInAKnownState_data();
    void eachEndsInAKnownState();
    void aTunnelThatCannotBeMadeIsSaid_data();
    void aTunnelThatCannotBeMadeIsSaid();
    void whatIsBrokenIsPassedOver_data();
    void whatIsBrokenIsPassedOver();

private:
    BlackHole m_hole;
};

void TestConnectFaults::eachEndsInAKnownState_data() {
    QTest::addColumn<QByteArray>("targets");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("errorCode");
    QTest::addColumn<QString>("error");
    const QByteArray closed("127.0.0.1:" + QByteArray::number(closedPort()));
    const QByteArray other("localhost:" + QByteArray::number(closedPort()));
    QTest::newRow("nobody listens")
        << url(closed) << 502 << QByteArray("upstream_connect") << QStringLiteral("refused");
    QTest::newRow("nobody answers") << url(m_hole.authority()) << 504
                                    << QByteArray("upstream_timeout") << QStringLiteral("300 ms");
    QTest::newRow("a name without an address")
        << url("no-such-host.invalid") << 502 << QByteArray("upstream_connect")
        << QStringLiteral("no-such-host.invalid");
    QTest::newRow("nobody listens, at none of the targets")
        << QByteArray(url(closed) + ", " + url(other)) << 502 << QByteArray("upstream_connect")
        << QStringLiteral("refused");
}

void TestConnectFaults::eachEndsInAKnownState() {
    QFETCH(const QByteArray, targets);
    QFETCH(const int, status);
    QFETCH(const QByteArray, errorCode);
    QFETCH(const QString, error);
    FaultRig rig(routesTo(targets, m_hole));
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(rig.get("/x"));
    QByteArray response;
    QVERIFY(receives(client, response, "\r\n\r\n"));
    const ExchangeRecord record = rig.endedRecord();
    QCOMPARE(record.phase, ExchangePhase::Ended);
    QCOMPARE(wordOf(record.end).toByteArray(), wordOf(ExchangeEnd::UpstreamError).toByteArray());
    QCOMPARE(record.status, status);
    QCOMPARE(record.errorCode, errorCode);
    QVERIFY2(record.error.contains(error), qPrintable(record.error));
}

void TestConnectFaults::aTunnelThatCannotBeMadeIsSaid_data() {
    QTest::addColumn<QByteArray>("authority");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("errorCode");
    QTest::newRow("nobody listens") << QByteArray("127.0.0.1:" + QByteArray::number(closedPort()))
                                    << 502 << QByteArray("upstream_connect");
    QTest::newRow("a name without an address")
        << QByteArray("no-such-host.invalid:443") << 502 << QByteArray("upstream_connect");
}

void TestConnectFaults::aTunnelThatCannotBeMadeIsSaid() {
    QFETCH(const QByteArray, authority);
    QFETCH(const int, status);
    QFETCH(const QByteArray, errorCode);
    FaultRig rig;
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(
        QByteArray("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n"));
    QByteArray response;
    QVERIFY(receives(client, response, "\r\n\r\n"));
    const ExchangeRecord record = rig.endedRecord();
    QCOMPARE(record.status, status);
    QCOMPARE(record.errorCode, errorCode);
    QCOMPARE(record.role, RequestRole::Tunnel);
}

void TestConnectFaults::whatIsBrokenIsPassedOver_data() {
    QTest::addColumn<QByteArray>("targets");
    const QByteArray closed("127.0.0.1:" + QByteArray::number(closedPort()));
    // On 127.0.0.1 alone; where the name leads to ::1 as well, that one refuses.
    QTest::newRow("IPv6 beside IPv4") << url("localhost:PORT");
    QTest::newRow("a target that refuses before one that works")
        << QByteArray(url(closed) + ", " + url("127.0.0.1:PORT"));
    QTest::newRow("a target that is silent before one that works")
        << QByteArray(url(m_hole.authority()) + ", " + url("127.0.0.1:PORT"));
}

void TestConnectFaults::whatIsBrokenIsPassedOver() {
    QFETCH(QByteArray, targets);
    FaultRig rig(routesTo(targets, m_hole));
    rig.writeFile("routes.yaml",
                  routesTo(targets.replace("PORT", QByteArray::number(rig.origin.port())), m_hole));
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(QByteArray("POST /x HTTP/1.1\r\nHost: " + rig.authority() +
                           "\r\nContent-Length: 2\r\n\r\n{}"));
    LoopbackPeer origin = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(origin, request, "\r\n\r\n{}"));
    origin.send("HTTP/1.1 204 No Content\r\n\r\n");
    QByteArray response;
    QVERIFY(receives(client, response, "HTTP/1.1 204"));
    const ExchangeRecord record = rig.endedRecord();
    QCOMPARE(record.end, ExchangeEnd::Complete);
    QVERIFY(record.target.endsWith(QString::number(rig.origin.port())));
}

QTEST_GUILESS_MAIN(TestConnectFaults)
#include "tests/observe/recordnames.h"
#include "tst_connectfaults.moc"
