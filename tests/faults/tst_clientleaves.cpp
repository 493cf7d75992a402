// SPDX-License-Identifier: MIT
// A client that goes away in each phase: the upstream is let go at once, and the log says who left.
#include "tests/faults/faultrig.h"

#include <functional>

using namespace sallyport;
using namespace sallyport::test;

namespace {

enum class Phase {
    MidUpload,
    AwaitingTheHead,
    RequestsWaiting,
    MidStream,
    WhileItReadsNothing,
    InTheTunnel
};
enum class How { Close, Reset };

const QByteArray kStream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                           "Transfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n";

void leave(LoopbackPeer& client, How how) {
    if (how == How::Reset)
        client.reset();
    else
        client.close();
}

} // namespace

Q_DECLARE_METATYPE(Phase)
Q_DECLARE_METATYPE(How)

class TestClientLeaves : public QObject {
    Q_OBJECT

    static void bothWays() {
        QTest::addColumn<How>("how");
        QTest::newRow("by a close") << How::Close;
        QTest::newRow("by a reset") << How::Reset;
    }
    static void addPhase(const char* name, Phase phase) {
        QTest::addRow("%s, by a close", name) << phase << How::Close;
        QTest::addRow("%s, by a reset", name) << phase << How::Reset;
    }

private slots:
    void init() { skipUnfit(); }
    void theUpstreamIsLetGo_data() {
        QTest::addColumn<Phase>("phase");
        QTest::addColumn<How>("how");
        addPhase("in mid-upload", Phase::MidUpload);
        addPhase("while it waits for the head", Phase::AwaitingTheHead);
        addPhase("with more requests behind that one than are kept", Phase::RequestsWaiting);
        addPhase("in mid-stream", Phase::MidStream);
        addPhase("while it reads nothing and is held back for", Phase::WhileItReadsNothing);
        addPhase("in a tunnel", Phase::InTheTunnel);
    }
    void theUpstreamIsLetGo();
    void inMidHeadNobodyIsAsked_data() { bothWays(); }
    void inMidHeadNobodyIsAsked();
    void whileATunnelIsMade_data() { bothWays(); }
    void whileATunnelIsMade();
    void whoLeavesDisturbsNobodyElse();
};

namespace {

/// Brings an exchange to that phase; false when it did not get there.
bool reach(Phase phase, const Rig& rig, LoopbackPeer& client, LoopbackPeer& origin,
           LoopbackServer& server) {
    const QByteArray authority = "127.0.0.1:" + QByteArray::number(server.port());
    if (phase == Phase::MidUpload)
        client.send(QByteArray("POST /x HTTP/1.1\r\nHost: " + rig.authority() +
                               "\r\nContent-Length: 1000000\r\n\r\nhalf of it"));
    else if (phase == Phase::InTheTunnel)
        client.send(QByteArray("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority +
                               "\r\n\r\nhello"));
    else
        client.send(rig.get("/x"));
    origin = accepted(server);
    QByteArray got;
    const QByteArray awaited = phase == Phase::MidUpload     ? "half of it"
                               : phase == Phase::InTheTunnel ? "hello"
                                                             : "\r\n\r\n";
    if (!receives(origin, got, awaited)) return false;
    if (phase == Phase::RequestsWaiting) {
        // More than are kept, so that reading stops; little enough for the end to get here.
        const QByteArray waiting = rig.get("/behind").repeated(2000);
        return client.send(waiting) == waiting.size();
    }
    QByteArray response;
    if (phase == Phase::InTheTunnel) return receives(client, response, "HTTP/1.1 200");
    if (phase != Phase::MidStream && phase != Phase::WhileItReadsNothing) return true;
    origin.send(kStream);
    if (!receives(client, response, "data: 1")) return false;
    if (phase == Phase::MidStream) return true;
    const QByteArray chunk("10000\r\n" + QByteArray(65536, 'x') + "\r\n");
    int refusals = 0;
    while (refusals < 20) { // until all buffers are full
        if (origin.send(chunk) < chunk.size()) ++refusals;
        QCoreApplication::processEvents();
    }
    return true;
}

} // namespace

void TestClientLeaves::theUpstreamIsLetGo() {
    QFETCH(const Phase, phase);
    QFETCH(const How, how);
    FaultRig rig;
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    LoopbackPeer origin;
    QVERIFY(reach(phase, rig, client, origin, rig.origin));
    leave(client, how);
    QByteArray rest;
    if (phase == Phase::InTheTunnel && how == How::Close) {
        // A half-close as far as anybody can tell: passed on, and over when the origin ends too.
        QVERIFY(ends(origin, rest));
        origin.close();
        QCOMPARE(rig.endedRecord().end, ExchangeEnd::Complete);
        return;
    }
    QVERIFY(ends(origin, rest));
    const ExchangeRecord record = rig.endedRecord();
    QCOMPARE(wordOf(record.end).toByteArray(), wordOf(ExchangeEnd::ClientGone).toByteArray());
    QCOMPARE(record.errorCode, QByteArray());
    // Never an end that could be taken for one.
    QCOMPARE(endOf(origin), Ended::ByReset);
}

void TestClientLeaves::inMidHeadNobodyIsAsked() {
    QFETCH(const How, how);
    FaultRig rig;
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send("GET /x HTTP/1.1\r\nHo");
    for (int i = 0; i < 10; ++i)
        QCoreApplication::processEvents();
    leave(client, how);
    LoopbackPeer next = rig.client();
    next.send(QByteArray("GET /healthz HTTP/1.1\r\nHost: " + rig.authority() + "\r\n\r\n"));
    QByteArray response;
    QVERIFY(receives(next, response, "\r\n\r\n"));
    QCOMPARE(rig.origin.accept().descriptor(), -1);
    QCOMPARE(rig.engine->status().active, 0);
}

void TestClientLeaves::whileATunnelIsMade() {
    QFETCH(const How, how);
    const BlackHole hole;
    FaultRig rig;
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(QByteArray("CONNECT " + hole.authority() +
                           " HTTP/1.1\r\nHost: " + hole.authority() + "\r\n\r\n"));
    QTRY_VERIFY(rig.hasRecords()); // it is under way
    leave(client, how);
    const ExchangeRecord record = rig.endedRecord();
    QCOMPARE(wordOf(record.end).toByteArray(), wordOf(ExchangeEnd::ClientGone).toByteArray());
    QCOMPARE(record.status, 0);
}

void TestClientLeaves::whoLeavesDisturbsNobodyElse() {
    FaultRig rig;
    QVERIFY(rig.engine->open());
    std::vector<std::pair<LoopbackPeer, LoopbackPeer>> streams; // client and its origin
    for (int i = 0; i < 20; ++i) {
        LoopbackPeer client = rig.client();
        LoopbackPeer origin;
        QVERIFY(reach(Phase::MidStream, rig, client, origin, rig.origin));
        streams.emplace_back(std::move(client), std::move(origin));
    }
    for (std::size_t i = 0; i < streams.size(); i += 2)
        leave(streams[i].first, i % 4 == 0 ? How::Close : How::Reset);
    for (std::size_t i = 0; i < streams.size(); ++i) {
        auto& [client, origin] = streams[i];
        QByteArray got;
        if (i % 2 == 0) {
            QVERIFY(ends(origin, got));
            continue;
        }
        origin.send("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
        QVERIFY(receives(client, got, "data: 2\n\n\r\n0\r\n\r\n"));
    }
}

QTEST_GUILESS_MAIN(TestClientLeaves)
#include "tests/observe/recordnames.h"
#include "tst_clientleaves.moc"
