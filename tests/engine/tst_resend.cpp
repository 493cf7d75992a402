// SPDX-License-Identifier: MIT
#include "core/engine/resending.h"
#include "core/engine/resendrequest.h"
#include "tests/engine/rig.h"

using namespace sallyport;
using namespace sallyport::test;

class TestResend : public QObject {
    Q_OBJECT
private slots:
    void bytesOfARequest_data();
    void bytesOfARequest();
    void aTargetLeadsThroughAnUpstream_data();
    void aTargetLeadsThroughAnUpstream();
    void itPassesAsAClientsRequestDoes();
    void fourMebibytesPass();
    void aStreamIsCutInItsMiddle();
    void withoutAListenerItIsToldWhy();
    void noMoreThanEightAreOnTheirWay();
    void anyExchangeIsReadOnce();
};

namespace {

ResendRequest post(quint64 number, const QByteArray& content) {
    ResendRequest request;
    request.number = number;
    request.from = "12";
    request.method = "POST";
    request.target = "/v1/messages";
    request.fields.append("anthropic-version", "2023-06-01");
    request.content = content;
    return request;
}

/// The record that was told last.
ExchangeRecord last(const QSignalSpy& records) {
    return records.isEmpty() ? ExchangeRecord()
                             : records.last().at(0).value<QVector<ExchangeRecord>>().last();
}

QByteArray withToken() { return "access: {token: auto}\n"; }

} // namespace

void TestResend::bytesOfARequest_data() {
    QTest::addColumn<ResendRequest>("request");
    QTest::addColumn<QByteArray>("bytes");
    ResendRequest request = post(1, "{}");
    QTest::newRow("a gateway's request has the listener for its host")
        << request
        << QByteArray("POST /v1/messages HTTP/1.1\r\nHost: 127.0.0.1:8899\r\n"
                      "anthropic-version: 2023-06-01\r\nProxy-Authorization: Bearer local\r\n"
                      "X-Sallyport-Resent-From: 12\r\nContent-Length: 2\r\n"
                      "Connection: close\r\n\r\n{}");
    request = {};
    request.method = "GET";
    request.target = "http://example.com:81/a";
    request.fields.append("Host", "smuggled");
    request.fields.append("Connection", "X-Hop");
    request.fields.append("X-Hop", "1");
    request.fields.append("Content_Length", "9");
    QTest::newRow("one for another host names it, and nothing of a connection stays")
        << request
        << QByteArray("GET http://example.com:81/a HTTP/1.1\r\nHost: example.com:81\r\n"
                      "Proxy-Authorization: Bearer local\r\nConnection: close\r\n\r\n");
    request = {};
    request.method = "GET";
    request.target = "/";
    request.host = "team.corp.example";
    QTest::newRow("a name of allowed_hosts stays")
        << request
        << QByteArray("GET / HTTP/1.1\r\nHost: team.corp.example\r\n"
                      "Proxy-Authorization: Bearer local\r\nConnection: close\r\n\r\n");
    request.host = "127.0.0.1:7777";
    QTest::newRow("a port of the listener that has passed does not")
        << request
        << QByteArray("GET / HTTP/1.1\r\nHost: 127.0.0.1:8899\r\n"
                      "Proxy-Authorization: Bearer local\r\nConnection: close\r\n\r\n");
}

void TestResend::bytesOfARequest() {
    QFETCH(const ResendRequest, request);
    QTEST(resendBytes(request, "127.0.0.1:8899", "local"), "bytes");
}

void TestResend::aTargetLeadsThroughAnUpstream_data() {
    QTest::addColumn<QString>("upstream");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* tag, const char* upstream, const char* target,
                        const char* expected) {
        QTest::newRow(tag) << QString::fromUtf8(upstream) << QByteArray(target)
                           << QByteArray(expected);
    };
    row("to an upstream", "corp", "/v1/messages?beta=true", "/p/corp/v1/messages?beta=true");
    row("from one to another", "b", "/p/a/v1/messages", "/p/b/v1/messages");
    row("back to the routes", "", "/p/a/v1/messages", "/v1/messages");
    row("a name with a blank", "my corp", "/v1", "/p/my%20corp/v1");
    row("what was for another host", "corp", "https://api.anthropic.com/v1/messages",
        "/p/corp/v1/messages");
    row("another host without a path", "corp", "http://example.com", "/p/corp/");
    row("another host stays where routes decide", "", "http://example.com/a",
        "http://example.com/a");
}

void TestResend::aTargetLeadsThroughAnUpstream() {
    QFETCH(const QString, upstream);
    QFETCH(const QByteArray, target);
    QTEST(targetThrough(upstream, target), "expected");
}

void TestResend::itPassesAsAClientsRequestDoes() {
    Rig rig(Rig::defaultRoutes().replace("access: open, ", ""), withToken());
    QVERIFY(rig.engine->open());
    QSignalSpy records(rig.engine.get(), &Engine::exchangesChanged);
    QSignalSpy ended(rig.engine.get(), &Engine::resendEnded);
    rig.engine->resend(post(7, "{\"model\":\"m\"}"));
    LoopbackPeer origin = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(origin, request, "{\"model\":\"m\"}"));
    QVERIFY(request.startsWith("POST /v1/messages HTTP/1.1\r\n"));
    QVERIFY(request.contains("anthropic-version: 2023-06-01\r\n"));
    for (const QByteArray& ours :
         {QByteArray("Resent-From"), QByteArray("uthorization"), rig.engine->localToken()})
        QVERIFY2(!request.contains(ours), request.constData());
    origin.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(ended.first().at(0).toULongLong(), 7U);
    QCOMPARE(ended.first().at(1).toString(), QString());
    QTRY_COMPARE(last(records).end, ExchangeEnd::Complete);
    QCOMPARE(last(records).resentFrom, QByteArray("12"));
    QCOMPARE(last(records).route, QStringLiteral("all"));
}

void TestResend::fourMebibytesPass() {
    Rig rig;
    QVERIFY(rig.engine->open());
    QSignalSpy ended(rig.engine.get(), &Engine::resendEnded);
    const QByteArray content(4 * 1024 * 1024, 'x');
    rig.engine->resend(post(1, content + "END"));
    LoopbackPeer origin = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(origin, request, "END"));
    QCOMPARE(request.size() - request.indexOf("\r\n\r\n") - 4, content.size() + 3);
    origin.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    QTRY_COMPARE(ended.size(), 1);
}

void TestResend::aStreamIsCutInItsMiddle() {
    Rig rig;
    QVERIFY(rig.engine->open());
    QSignalSpy records(rig.engine.get(), &Engine::exchangesChanged);
    QSignalSpy ended(rig.engine.get(), &Engine::resendEnded);
    rig.engine->resend(post(3, "{}"));
    LoopbackPeer origin = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(origin, request, "{}"));
    origin.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                "Transfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
    QTRY_COMPARE(last(records).events, 1U);
    rig.engine->cancelResend(3);
    QVERIFY(ends(origin, request));
    QTRY_COMPARE(last(records).end, ExchangeEnd::ClientGone);
    QCOMPARE(ended.size(), 0);
}

void TestResend::withoutAListenerItIsToldWhy() {
    Rig rig;
    QVERIFY(rig.engine->open());
    rig.engine->setListening(false);
    QSignalSpy ended(rig.engine.get(), &Engine::resendEnded);
    rig.engine->resend(post(1, "{}"));
    QCOMPARE(ended.size(), 1);
    QVERIFY(!ended.first().at(1).toString().isEmpty());
}

void TestResend::noMoreThanEightAreOnTheirWay() {
    Rig rig;
    QVERIFY(rig.engine->open());
    QSignalSpy ended(rig.engine.get(), &Engine::resendEnded);
    for (quint64 number = 1; number <= Resending::kMostAtOnce; ++number)
        rig.engine->resend(post(number, "{}"));
    QCOMPARE(ended.size(), 0);
    rig.engine->resend(post(99, "{}"));
    QCOMPARE(ended.size(), 1);
    rig.engine->cancelResend(1);
    rig.engine->resend(post(100, "{}"));
    QCOMPARE(ended.size(), 1);
}

void TestResend::anyExchangeIsReadOnce() {
    Rig rig;
    QVERIFY(rig.engine->open());
    QSignalSpy records(rig.engine.get(), &Engine::exchangesChanged);
    QSignalSpy details(rig.engine.get(), &Engine::detailChanged);
    QSignalSpy gone(rig.engine.get(), &Engine::detailGone);
    rig.engine->resend(post(1, "{}"));
    LoopbackPeer origin = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(origin, request, "{}"));
    origin.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    QTRY_COMPARE(last(records).end, ExchangeEnd::Complete);
    rig.engine->readExchange(last(records).id);
    QCOMPARE(details.size(), 1);
    rig.engine->readExchange(4711);
    QCOMPARE(gone.size(), 1);
}

QTEST_GUILESS_MAIN(TestResend)
#include "tst_resend.moc"
