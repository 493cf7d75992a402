// SPDX-License-Identifier: MIT
#include "play.h"

using namespace sallyport;
using namespace sallyport::test;

/// How long connections live, what runs on them in which order, and Expect, over a whole gateway.
class TestConnections : public QObject {
    Q_OBJECT

private slots:
    void init() { skipUnfit(); }
    void closes_data();
    void closes();
    void nothingRunsBehindAClose();
    void pipelinedResponsesAreEachTheirOwn();
    void anOldClientGetsNeitherChunksNorInterim_data();
    void anOldClientGetsNeitherChunksNorInterim();
    void aCutToAnOldClientIsAReset();
    void contentWaitsForTheOriginsWord_data();
    void contentWaitsForTheOriginsWord();
    void aRefusalComesBeforeTheContent_data();
    void aRefusalComesBeforeTheContent();
    void anEarlyResponseEndsTheUpload();
    void aStaleConnectionCostsNoGet();
    void aHeadThatDribblesIsRead();
    void aHeadThatDoesNotEndIs408();

private:
    [[nodiscard]] QByteArray at(const QByteArray& bytes, Mode mode = Mode::Gateway) const {
        return m_play.placed(bytes, mode);
    }
    Play m_play;
    bool m_isOpen = m_play.rig.engine->open();
};

namespace {
const QByteArray kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const QByteArray kUpload = "POST @T@/x HTTP/1.1\r\nHost: @H@\r\nExpect: 100-continue\r\n"
                           "Content-Length: 5\r\n\r\n";
} // namespace

void TestConnections::closes_data() {
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<bool>("closes");
    const auto row = [](const char* tag, const QByteArray& bytes, bool closes,
                        const QByteArray& response = kOk) {
        for (const Mode mode : {Mode::Gateway, Mode::Forward})
            QTest::newRow(QByteArray(mode == Mode::Gateway ? "gateway: " : "forward: ")
                              .append(tag)
                              .constData())
                << mode << bytes << response << closes;
    };
    const QByteArray line = "GET @T@/x HTTP/1.1\r\nHost: @H@\r\n";
    const QByteArray old = "GET @T@/x HTTP/1.0\r\nHost: @H@\r\n";
    row("HTTP/1.1 stays open", line + "\r\n", false);
    row("keep-alive in HTTP/1.1 stays open", line + "Connection: keep-alive\r\n\r\n", false);
    row("close is heard", line + "Connection: close\r\n\r\n", true);
    row("close in an odd case among others is heard",
        line + "Connection: keep-alive, CLOSE ,x\r\n\r\n", true);
    row("close in a second line is heard",
        line + "Connection: keep-alive\r\nConnection: close\r\n\r\n", true);
    row("Proxy-Connection says nothing", line + "Proxy-Connection: close\r\n\r\n", false);
    row("HTTP/1.0 is closed", old + "\r\n", true);
    row("HTTP/1.0 is closed though it asks for keep-alive", old + "Connection: keep-alive\r\n\r\n",
        true);
    row("HTTP/1.0 is closed though it asks with the other name",
        old + "Proxy-Connection: keep-alive\r\n\r\n", true);
    row("the origin's close is its own", line + "\r\n", false,
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
    row("an origin of HTTP/1.0 closes nobody", line + "\r\n", false,
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
}

void TestConnections::closes() {
    QFETCH(const Mode, mode);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, response);
    QFETCH(const bool, closes);
    QVERIFY(m_isOpen);
    m_play.origin.expect({{response}});
    Client client = m_play.connect();
    QVERIFY(m_play.tell(client, at(bytes, mode)));
    if (closes) QVERIFY(m_play.waitForEnd(client));
    const Got got = client.read().responses.at(0);
    QCOMPARE(got.content, QByteArray("ok"));
    QCOMPARE(got.all("Connection"), closes ? QByteArray("close") : QByteArray());
    QVERIFY(m_play.isNextResponseItsOwn(client, mode));
    QCOMPARE(client.hasEnded(), closes);
}

void TestConnections::nothingRunsBehindAClose() {
    m_play.origin.expect({{kOk}, {kOk}});
    Client client = m_play.connect();
    client.methods = {"GET"};
    client.peer.send(at("GET /1 HTTP/1.1\r\nHost: @H@\r\nConnection: close\r\n\r\n"
                        "GET /2 HTTP/1.1\r\nHost: @H@\r\n\r\n"));
    QVERIFY(m_play.waitForEnd(client));
    QCOMPARE(client.read().surplus, QByteArray());
    QCOMPARE(m_play.origin.seen().size(), std::size_t{1});
}

void TestConnections::pipelinedResponsesAreEachTheirOwn() {
    const QByteArray host = " HTTP/1.1\r\nHost: @H@\r\n";
    m_play.origin.expect({{"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none"},
                          {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"},
                          {"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"},
                          {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                           "4\r\nfour\r\n0\r\n\r\n"},
                          {"HTTP/1.1 204 No Content\r\n\r\n"},
                          {"HTTP/1.1 200 OK\r\n\r\nseven", Then::Close}});
    Client client = m_play.connect();
    QVERIFY(m_play.tell(client,
                        at("POST /1" + host + "Content-Length: 2\r\n\r\nhi" + "\r\n" + "HEAD /2" +
                           host + "\r\n" + "GET /3" + host + "\r\nPOST /4" + host +
                           "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\nGET /healthz" +
                           host + "\r\nDELETE /6" + host + "\r\nGET /7" + host + "\r\n"),
                        {"POST", "HEAD", "GET", "POST", "GET", "DELETE", "GET"}));
    QByteArrayList contents;
    for (const Got& got : client.read().responses)
        contents << QByteArray::number(got.head.status) + got.content;
    QCOMPARE(contents,
             (QByteArrayList{"200one", "200", "304", "200four", "200OK", "204", "200seven"}));
    QVERIFY(m_play.isNextResponseItsOwn(client, Mode::Gateway));
}

void TestConnections::anOldClientGetsNeitherChunksNorInterim_data() {
    QTest::addColumn<QByteArray>("response");
    QTest::newRow("chunked") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                           "5\r\nhello\r\n0\r\nX: y\r\n\r\n");
    QTest::newRow("until the end") << QByteArray("HTTP/1.1 200 OK\r\n\r\nhello");
    QTest::newRow("behind interim responses")
        << QByteArray("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n"
                      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
}

void TestConnections::anOldClientGetsNeitherChunksNorInterim() {
    QFETCH(const QByteArray, response);
    m_play.origin.expect({{response, Then::Close}});
    Client client = m_play.connect();
    m_play.tell(client, at("POST /x HTTP/1.0\r\nHost: @H@\r\nExpect: 100-continue\r\n"
                           "Content-Length: 2\r\n\r\nhi"));
    QVERIFY(m_play.waitForEnd(client));
    QVERIFY(client.bytes.startsWith("HTTP/1.1 200 OK\r\n"));
    QVERIFY(client.bytes.endsWith("\r\n\r\nhello"));
    QVERIFY(!client.bytes.contains("Transfer-Encoding"));
    QVERIFY(client.peer.isAtEnd);
}

void TestConnections::aCutToAnOldClientIsAReset() {
    m_play.origin.expect(
        {{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", Then::Close}});
    Client client = m_play.connect();
    m_play.tell(client, at("GET /x HTTP/1.0\r\nHost: @H@\r\n\r\n"));
    QVERIFY(m_play.waitForEnd(client));
    QCOMPARE(client.peer.error, ECONNRESET);
}

void TestConnections::contentWaitsForTheOriginsWord_data() {
    QTest::addColumn<Mode>("mode");
    QTest::newRow("gateway") << Mode::Gateway;
    QTest::newRow("forward") << Mode::Forward;
}

void TestConnections::contentWaitsForTheOriginsWord() {
    QFETCH(const Mode, mode);
    m_play.origin.expect({{"HTTP/1.1 100 Continue\r\n\r\n", Then::Keep, true}, {kOk}});
    Client client = m_play.connect();
    client.peer.send(at(kUpload, mode));
    QVERIFY(m_play.waitFor(client, [&] { return client.bytes.endsWith("\r\n\r\n"); }));
    QVERIFY(client.bytes.startsWith("HTTP/1.1 100 Continue\r\n"));
    QVERIFY(m_play.tell(client, "hello", {"POST"}));
    QCOMPARE(client.read().responses.at(0).content, QByteArray("ok"));
    QCOMPARE(m_play.origin.seen().at(0).content, QByteArray("hello"));
    QCOMPARE(m_play.origin.seen().at(0).all("Expect"), QByteArray("100-continue"));
    QVERIFY(m_play.isNextResponseItsOwn(client, mode));
}

void TestConnections::aRefusalComesBeforeTheContent_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<int>("status");
    const QByteArray none = "Content-Length: 0\r\n\r\n";
    QTest::newRow("the origin's 417") << kUpload << QByteArray("HTTP/1.1 417 No\r\n" + none) << 417;
    QTest::newRow("the origin's 401") << kUpload << QByteArray("HTTP/1.1 401 No\r\n" + none) << 401;
    QTest::newRow("the origin's 200") << kUpload << QByteArray("HTTP/1.1 200 OK\r\n" + none) << 200;
    QByteArray foreign = kUpload;
    foreign.replace("@H@", "evil.example");
    QTest::newRow("our own refusal") << foreign << QByteArray() << 403;
    QByteArray local = kUpload;
    local.replace("/x", "/healthz");
    QTest::newRow("a response of our own") << local << QByteArray() << 405;
}

void TestConnections::aRefusalComesBeforeTheContent() {
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, response);
    QFETCH(const int, status);
    m_play.origin.expect({{response, Then::Keep, true}});
    Client client = m_play.connect();
    QVERIFY(m_play.tell(client, at(request), {"POST"}));
    QVERIFY(m_play.waitForEnd(client));
    const Reader read = client.read();
    QCOMPARE(read.responses.at(0).head.status, status);
    QCOMPARE(read.responses.at(0).all("Connection"), QByteArray("close"));
    QCOMPARE(read.surplus, QByteArray());
    QVERIFY(m_play.isNextResponseItsOwn(client, Mode::Gateway));
}

void TestConnections::anEarlyResponseEndsTheUpload() {
    m_play.origin.expect(
        {{"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno", Then::Keep, true}});
    Client client = m_play.connect();
    QVERIFY(m_play.tell(client,
                        at("POST /x HTTP/1.1\r\nHost: @H@\r\nContent-Length: 99\r\n\r\n"
                           "GET /smuggled HTTP/1.1\r\n"),
                        {"POST"}));
    client.peer.send(at("Host: @H@\r\n\r\n"));
    QVERIFY(m_play.waitForEnd(client));
    QCOMPARE(client.read().responses.at(0).content, QByteArray("no"));
    QVERIFY(m_play.isNextResponseItsOwn(client, Mode::Gateway));
    QVERIFY(m_play.origin.seen().empty());
}

void TestConnections::aStaleConnectionCostsNoGet() {
    Client client = m_play.connect();
    QVERIFY(m_play.isNextResponseItsOwn(client, Mode::Gateway));
    m_play.origin.expect({{{}, Then::Close}, {kOk}});
    QVERIFY(m_play.tell(client, at("GET /x HTTP/1.1\r\nHost: @H@\r\n\r\n")));
    QCOMPARE(client.read().responses.back().content, QByteArray("ok"));
    QCOMPARE(m_play.origin.seen().size(), std::size_t{2});
}

void TestConnections::aHeadThatDribblesIsRead() {
    m_play.origin.expect({{kOk}});
    Client client = m_play.connect();
    const QByteArray bytes = at("\r\nPOST /x HTTP/1.1\r\nHost: @H@\r\nTransfer-Encoding: chunked"
                                "\r\n\r\n2;a=\"b\"\r\nhi\r\n0\r\nX: y\r\n\r\n");
    for (const char c : bytes) {
        client.peer.send({&c, 1});
        QCoreApplication::processEvents();
    }
    QVERIFY(m_play.tell(client, {}, {"POST"}));
    QCOMPARE(client.read().responses.at(0).content, QByteArray("ok"));
    QCOMPARE(m_play.origin.seen().at(0).content, QByteArray("hi"));
}

void TestConnections::aHeadThatDoesNotEndIs408() {
    Play play(Play::defaultRoutes(), "limits: {header_timeout: 100ms}\n");
    QVERIFY(play.rig.engine->open());
    Client client = play.connect();
    client.methods = {"GET"};
    client.peer.send("GET / HTTP/1.1\r\nHost: ");
    QVERIFY(play.waitForEnd(client));
    QCOMPARE(client.read().responses.at(0).head.status, 408);
    QCOMPARE(client.read().responses.at(0).all("Connection"), QByteArray("close"));
}

QTEST_GUILESS_MAIN(TestConnections)
#include "tst_connections.moc"
