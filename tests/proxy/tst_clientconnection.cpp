// SPDX-License-Identifier: MIT
// What one client can make a connection do and keep, counted in requests and bytes.
#include "core/proxy/clientconnection.h"
#include "exchangerig.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

namespace {

/// A client's stream: the test sends what it likes, and reads or does not.
class ClientStream final : public ByteStream {
public:
    struct State {
        StreamObserver* observer = nullptr;
        QByteArray sent;       ///< by the connection, read or not
        qsizetype pending = 0; ///< of it, what the client has not read
        qsizetype highest = 0;
        bool readsAll = false;
        bool isReading = false;
        bool isClosed = false;
        bool isAborted = false;
    };
    explicit ClientStream(State& state)
        : m_state(state) {}
    void setObserver(StreamObserver* observer) override { m_state.observer = observer; }
    void setReading(bool on) override { m_state.isReading = on; }
    void write(QByteArrayView first, QByteArrayView second) override {
        m_state.sent.append(first).append(second);
        if (m_state.readsAll) return;
        m_state.pending += first.size() + second.size();
        m_state.highest = std::max(m_state.highest, m_state.pending);
    }
    [[nodiscard]] qsizetype pendingBytes() const override { return m_state.pending; }
    void finishWriting() override {}
    void closeGracefully() override {
        m_state.isClosed = true;
        m_state.observer = nullptr;
    }
    void abort() override {
        m_state.isAborted = true;
        m_state.observer = nullptr;
    }
    [[nodiscard]] bool isReusable() const override { return false; }
    [[nodiscard]] bool isEncrypted() const override { return false; }
    [[nodiscard]] Endpoint peer() const override { return {QHostAddress::LocalHost, 1}; }
    [[nodiscard]] Endpoint local() const override { return {QHostAddress::LocalHost, 8899}; }

private:
    void release() override {
        m_state.observer = nullptr;
        delete this;
    }
    State& m_state;
};

struct Keeper final : ConnectionKeeper {
    void connectionOver(ClientConnection&) override { isOver = true; }
    void resumeLater(ClientConnection&) override { ++waiting; }
    void tunnelOpened(ClientConnection&, StreamPtr, OpenedConnect) override { isOver = true; }
    int waiting = 0;
    bool isOver = false;
};

struct Bench : ExchangeRig {
    Bench() { connection.start(); }
    /// Sends in pieces of `piece` bytes while the connection reads; what was not sent.
    QByteArrayView send(QByteArrayView bytes, qsizetype piece = 32 * 1024) {
        while (!bytes.isEmpty() && stream.isReading && stream.observer) {
            const auto part = bytes.first(std::min(piece, bytes.size()));
            bytes = bytes.sliced(part.size());
            stream.observer->streamReceived(part);
        }
        return bytes;
    }
    /// All turns that the connection asked for, with those that they ask for.
    int takeTurns() {
        int turns = 0;
        for (; keeper.waiting > 0; ++turns) {
            --keeper.waiting;
            connection.resume();
        }
        return turns;
    }
    /// The client reads all that waits for it.
    void read() {
        stream.pending = 0;
        stream.observer->streamWritable();
    }
    [[nodiscard]] int responses() const { return static_cast<int>(stream.sent.count("HTTP/1.1 ")); }

    ClientStream::State stream;
    Keeper keeper;
    ClientConnection connection{context, keeper, StreamPtr(new ClientStream(stream))};
};

QByteArray request(const QByteArray& method, const QByteArray& path, const QByteArray& more = {}) {
    return method + ' ' + path + " HTTP/1.1\r\nHost: localhost:8899\r\n" + more + "\r\n";
}

/// The largest response of our own here.
constexpr qsizetype kOneResponse = 1024;
/// One receive of a stream.
constexpr qsizetype kReceive = 32 * 1024;

} // namespace

class TestClientConnection : public QObject {
    Q_OBJECT
private slots:
    void aClientThatReadsNothingGetsNoMore_data();
    void aClientThatReadsNothingGetsNoMore();
    void noUpstreamIsAskedForWhatNobodyReads();
    void idleTimeDoesNotEndWhatWaitsToBeRead();
    void anUploadThatIsHeldIsNotLate();
    void aConnectionThatWaitsForItsTurnTakesNone();
    void aTurnHasSoManyRequests();
    void aTurnHasSoManyBytes();
    void inputIsBoundedInEachPhase();
    void aLongTargetIsRefusedWithItsLimit();
    void aClientThatEndsItsSideGetsWhatNeedsNoUpstream();
    void aClientThatEndsItsSideIsGoneOnceAnUpstreamIsAsked();
    void anEndThatIsNotReadYetWaitsForTheRequestsBeforeIt();
    void whatIsRefusedIsRecordedWithItsTarget_data();
    void whatIsRefusedIsRecordedWithItsTarget();
};

void TestClientConnection::aClientThatReadsNothingGetsNoMore_data() {
    QTest::addColumn<QByteArray>("one");
    QTest::newRow("/healthz") << request("GET", "/healthz");
    QTest::newRow("HEAD of /healthz") << request("HEAD", "/healthz");
    QTest::newRow("a local response") << request("GET", "/local");
    QTest::newRow("a local response after content")
        << QByteArray(request("POST", "/local", "Content-Length: 4\r\n") + "abcd");
    QTest::newRow("no token") << request("GET", "/guarded");
    QTest::newRow("no token at /_sallyport/events") << request("GET", "/_sallyport/events");
    QTest::newRow("a page of another origin")
        << request("GET", "/healthz", "Origin: http://evil.test\r\n");
    QTest::newRow("a host of others") << QByteArray("GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n");
    QTest::newRow("OPTIONS of the server") << request("OPTIONS", "*");
    QTest::newRow("TRACE") << request("TRACE", "/");
}

void TestClientConnection::aClientThatReadsNothingGetsNoMore() {
    QFETCH(const QByteArray, one);
    constexpr int kMany = 4000;
    const QByteArray all = one.repeated(kMany);
    Bench b;
    QByteArrayView left = b.send(all);
    b.takeTurns();
    left = b.send(left);
    b.takeTurns();
    QVERIFY(b.stream.highest > ClientConnection::kMaxPendingForNext);
    QVERIFY(b.stream.highest < ClientConnection::kMaxPendingForNext + kOneResponse);
    QVERIFY(!left.isEmpty());
    QVERIFY(!b.stream.isReading);
    const int before = b.responses();
    QVERIFY(before < kMany);
    // Nothing is lost: a client that reads gets all of them.
    for (int i = 0; i < 2 * kMany && b.responses() < kMany; ++i) {
        b.read();
        b.takeTurns();
        left = b.send(left);
    }
    QCOMPARE(b.responses(), kMany);
    QVERIFY(b.stream.highest < ClientConnection::kMaxPendingForNext + kOneResponse);
}

void TestClientConnection::noUpstreamIsAskedForWhatNobodyReads() {
    Bench b;
    const QByteArray content(5000, 'x');
    b.send(request("GET", "/x").repeated(1000));
    std::size_t asked = 0;
    while (asked < b.transport->scripts.size()) {
        asked = b.transport->scripts.size();
        const auto upstream = b.transport->scripts.back();
        upstream->respond(200, {"Content-Length: 5000"}, {BodyKind::Length, 5000});
        upstream->send(content);
        upstream->complete();
        b.takeTurns();
    }
    // As many as fit below the mark, and the one that goes beyond it.
    QCOMPARE(asked, std::size_t(ClientConnection::kMaxPendingForNext / 5100 + 1));
    b.read();
    QCOMPARE(b.transport->scripts.size(), asked + 1);
}

void TestClientConnection::idleTimeDoesNotEndWhatWaitsToBeRead() {
    Bench b;
    b.send(request("GET", "/healthz").repeated(2000));
    b.takeTurns();
    const int before = b.responses();
    const Limits& limits = b.context.rules->config->settings.limits;
    // It reads a byte now and then, so that it does not count as gone.
    for (std::chrono::milliseconds passed{}; passed < 2 * limits.idleTimeout;
         passed += limits.writeTimeout / 3) {
        --b.stream.pending;
        b.pass(limits.writeTimeout / 3);
    }
    QVERIFY(!b.stream.isClosed);
    QVERIFY(b.stream.observer);
    b.read();
    b.takeTurns();
    QVERIFY(b.responses() > before);
}

void TestClientConnection::anUploadThatIsHeldIsNotLate() {
    Bench b;
    b.stream.readsAll = true;
    b.send(request("POST", "/x", "Transfer-Encoding: chunked\r\n"));
    const auto upstream = b.transport->scripts.back();
    upstream->isCongested = true;
    b.stream.observer->streamReceived("1\r\na\r\n1\r\nb\r\n");
    QVERIFY(!b.stream.isReading);
    const auto limit = b.context.rules->config->settings.limits.bodyTimeout;
    b.pass(limit * 2);
    QCOMPARE(b.responses(), 0);
    upstream->isCongested = false;
    upstream->observer->upstreamWritable();
    QVERIFY(b.stream.isReading);
    b.pass(limit * 2);
    QVERIFY(b.stream.sent.startsWith("HTTP/1.1 408 "));
}

void TestClientConnection::aConnectionThatWaitsForItsTurnTakesNone() {
    Bench b;
    b.stream.readsAll = true;
    constexpr int kMost = ClientConnection::kTurnRequests;
    b.send(request("GET", "/healthz").repeated(3 * kMost));
    QCOMPARE(b.responses(), kMost);
    b.read();
    QCOMPARE(b.responses(), kMost);
    QCOMPARE(b.keeper.waiting, 1);
}

void TestClientConnection::aTurnHasSoManyRequests() {
    Bench b;
    b.stream.readsAll = true;
    constexpr int kMost = ClientConnection::kTurnRequests;
    b.send(request("GET", "/healthz").repeated(3 * kMost + 1));
    QCOMPARE(b.responses(), kMost);
    QCOMPARE(b.keeper.waiting, 1);
    // More input makes neither another turn nor a longer one.
    b.send(request("GET", "/healthz"));
    QCOMPARE(b.responses(), kMost);
    QCOMPARE(b.keeper.waiting, 1);
    b.keeper.waiting = 0;
    b.connection.resume();
    QCOMPARE(b.responses(), 2 * kMost);
    QCOMPARE(b.takeTurns(), 2);
    QCOMPARE(b.responses(), 3 * kMost + 2);
    QCOMPARE(b.keeper.waiting, 0);
}

void TestClientConnection::aTurnHasSoManyBytes() {
    Bench b;
    b.stream.readsAll = true;
    constexpr qsizetype kContent = 3 * ClientConnection::kTurnBytes;
    b.send(request("POST", "/x", "Content-Length: " + QByteArray::number(kContent) + "\r\n"));
    b.stream.observer->streamReceived(QByteArray(kContent, 'x'));
    const auto upstream = b.transport->scripts.back();
    QCOMPARE(upstream->content.size(), ClientConnection::kTurnBytes);
    QCOMPARE(b.takeTurns(), 2);
    QCOMPARE(upstream->content.size(), kContent);
    QVERIFY(upstream->isFinished);
}

void TestClientConnection::inputIsBoundedInEachPhase() {
    Bench b;
    const qsizetype most = b.context.rules->config->settings.limits.pipelined + kReceive;
    const QByteArray all = request("GET", "/x").repeated(20000);
    const QByteArrayView left = b.send(all, kReceive);
    QVERIFY(!b.stream.isReading);
    QVERIFY(all.size() - left.size() <= most);
}

void TestClientConnection::aLongTargetIsRefusedWithItsLimit() {
    Bench b;
    b.stream.readsAll = true;
    b.send(request("GET", "/" + QByteArray(17 * 1024, 'x')));
    QVERIFY(b.stream.sent.startsWith("HTTP/1.1 414 "));
    QVERIFY(b.stream.sent.contains("longer than 16 KiB"));
    QVERIFY(b.stream.isClosed);
}

void TestClientConnection::aClientThatEndsItsSideGetsWhatNeedsNoUpstream() {
    Bench b;
    b.stream.readsAll = true;
    constexpr int kMany = 5 * ClientConnection::kTurnRequests;
    b.send(request("GET", "/healthz").repeated(kMany));
    b.stream.observer->streamPeerFinished();
    QVERIFY(!b.stream.isClosed);
    b.takeTurns();
    QCOMPARE(b.responses(), kMany);
    QVERIFY(b.stream.isClosed);
    QVERIFY(b.keeper.isOver);
}

void TestClientConnection::aClientThatEndsItsSideIsGoneOnceAnUpstreamIsAsked() {
    Bench b;
    b.stream.readsAll = true;
    b.send(request("GET", "/healthz").repeated(ClientConnection::kTurnRequests));
    b.send(QByteArray(request("GET", "/x") + request("GET", "/healthz")));
    b.stream.observer->streamPeerFinished();
    b.takeTurns();
    QVERIFY(b.stream.isAborted);
    QVERIFY(b.keeper.isOver);
    for (const auto& upstream : b.transport->scripts)
        QVERIFY(!upstream->observer);
}

void TestClientConnection::anEndThatIsNotReadYetWaitsForTheRequestsBeforeIt() {
    Bench b;
    const QByteArray all = request("GET", "/healthz").repeated(4000);
    QByteArrayView left = b.send(all);
    b.takeTurns();
    left = b.send(left);
    QVERIFY(!b.stream.isReading);
    b.stream.observer->streamPeerClosePending();
    QVERIFY(!b.stream.isClosed);
    for (int i = 0; i < 4000 && b.responses() < 4000; ++i) {
        b.read();
        b.takeTurns();
        left = b.send(left);
    }
    QCOMPARE(b.responses(), 4000);
    QVERIFY(!b.stream.isClosed);
    b.stream.observer->streamPeerFinished();
    QVERIFY(b.stream.isClosed);
}

void TestClientConnection::whatIsRefusedIsRecordedWithItsTarget_data() {
    QTest::addColumn<QByteArrayList>("pieces");
    QTest::addColumn<int>("status");
    const QByteArray head = "Transfer-Encoding: chunked\r\n";
    QTest::newRow("a bad chunk with the head")
        << QByteArrayList{request("POST", "/x?y", head) + "zz\r\n"} << 400;
    QTest::newRow("a bad chunk later")
        << QByteArrayList{request("POST", "/x?y", head), "2\r\nab\r\n", "zz\r\n"} << 400;
    QTest::newRow("a bad chunk of a request without a token")
        << QByteArrayList{request("POST", "/guarded?y", head) + "zz\r\n"} << 401;
    QTest::newRow("a foreign Host")
        << QByteArrayList{"GET /x?y HTTP/1.1\r\nHost: evil.example\r\n\r\n"} << 403;
    QTest::newRow("https to ourselves")
        << QByteArrayList{"GET https://localhost:8899/x?y HTTP/1.1\r\nHost: x\r\n\r\n"} << 400;
}

void TestClientConnection::whatIsRefusedIsRecordedWithItsTarget() {
    QFETCH(const QByteArrayList, pieces);
    QFETCH(const int, status);
    Bench b;
    b.stream.readsAll = true;
    for (const QByteArray& piece : pieces)
        b.send(piece);
    const std::vector<ExchangeRecord> records = b.records();
    QCOMPARE(records.size(), std::size_t{1});
    QCOMPARE(records[0].status, status);
    QVERIFY(records[0].path.endsWith("?y"));
    QVERIFY(!records[0].host.isEmpty());
}

QTEST_GUILESS_MAIN(TestClientConnection)
#include "tst_clientconnection.moc"
