// SPDX-License-Identifier: MIT
#include "core/proxy/replayresponse.h"
#include "core/proxy/replaytransport.h"
#include "tests/proxy/cacherig.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;

namespace {

/// A stream of three pieces: head after 100 ms, then one each second; and a GET that came at once.
const QByteArray kRecording =
    R"({"method":"POST","path":"/v1/messages","status":200,"times_us":{"first_byte":100000},)"
    R"("response":{"headers":[["Content-Type","text/event-stream"],["Transfer-Encoding","chunked"]],)"
    R"("pieces":[{"at_us":100000,"text":"one "},{"at_us":1100000,"text":"two "},)"
    R"({"at_us":2100000,"text":"three"}]}})"
    "\n"
    R"({"method":"GET","path":"/v1/models","status":200,"response":{"headers":[],)"
    R"("pieces":[{"at_us":0,"text":"{}"}]}})"
    "\n"
    R"({"method":"GET","path":"/broken","status":200,"end":"stalled","response":{"headers":[],)"
    R"("pieces":[{"at_us":0,"text":"half"}]}})"
    "\n";

class ReplayRig {
public:
    explicit ReplayRig(int factor = 1, const QByteArray& recording = kRecording) {
        QFile out(path());
        if (out.open(QIODevice::WriteOnly)) out.write(recording);
        out.close();
        file = std::make_shared<RecordingFile>(path(), clock);
        transport = makeReplayTransport(file, {factor}, deadlines);
    }
    void ask(const char* method, const char* target) {
        UpstreamRequest request;
        request.method = method;
        request.target = target;
        exchange = transport->start(std::move(request), seen);
        pass(1ms);
    }
    void pass(std::chrono::milliseconds time) {
        for (auto left = time; left > 0ms; left -= 1ms) {
            clock.advance(1ms);
            deadlines.expireDue();
        }
    }
    [[nodiscard]] QString path() const { return m_dir.filePath(QStringLiteral("bug 1.jsonl")); }

    ManualClock clock;
    DeadlineQueue deadlines{clock};
    std::shared_ptr<RecordingFile> file;
    std::unique_ptr<UpstreamTransport> transport;
    NotingObserver seen;
    std::unique_ptr<UpstreamExchange> exchange;

private:
    QTemporaryDir m_dir;
};

} // namespace

class TestReplayTransport : public QObject {
    Q_OBJECT
private slots:
    void aStreamComesInItsTime_data() {
        QTest::addColumn<int>("factor");
        QTest::addColumn<int>("headAfter");
        QTest::addColumn<int>("between");
        QTest::newRow("as recorded") << 1 << 100 << 1000;
        QTest::newRow("ten times as fast") << 10 << 10 << 100;
        QTest::newRow("without pauses") << 0 << 2 << 3;
    }
    void aStreamComesInItsTime() {
        QFETCH(const int, factor);
        QFETCH(const int, headAfter);
        QFETCH(const int, between);
        ReplayRig rig(factor);
        rig.ask("POST", "/v1/messages");
        QCOMPARE(rig.seen.lines, QByteArrayList{"connected replay:bug 1.jsonl"});
        rig.pass(std::chrono::milliseconds(headAfter));
        QVERIFY(rig.seen.lines.contains("200"));
        QCOMPARE(rig.seen.head.fields.combined("X-Sallyport-Replay"),
                 QByteArray("bug 1.jsonl, line 1"));
        QCOMPARE(rig.seen.head.fields.combined("Transfer-Encoding"), QByteArray("chunked"));
        if (factor > 0) {
            QCOMPARE(rig.seen.content, QByteArray("one "));
            rig.pass(std::chrono::milliseconds(between - 5));
            QCOMPARE(rig.seen.content, QByteArray("one "));
            rig.pass(10ms);
            QCOMPARE(rig.seen.content, QByteArray("one two "));
        }
        rig.pass(std::chrono::milliseconds(between));
        QCOMPARE(rig.seen.content, QByteArray("one two three"));
        QCOMPARE(rig.seen.lines.last(), QByteArray("complete"));
    }
    void aContentThatCameAtOnceHasALength() {
        ReplayRig rig;
        rig.ask("GET", "/v1/models");
        rig.pass(5ms);
        QCOMPARE(rig.seen.head.fields.combined("Content-Length"), QByteArray("2"));
        QCOMPARE(rig.seen.content, QByteArray("{}"));
        QCOMPARE(rig.seen.lines.last(), QByteArray("complete"));
    }
    void aReasonWithALineBreakIsNotPassedOn_data() {
        QTest::addColumn<QByteArray>("recording");
        QTest::newRow("of ours") << QByteArray(
            R"({"method":"GET","path":"/a","status":200,"response":)"
            R"({"reason":"OK\r\nX-Evil: 1","headers":[],"pieces":[{"at_us":0,"text":"{}"}]}})");
        QTest::newRow("of a browser") << QByteArray(
            R"({"log":{"entries":[{"request":{"method":"GET","url":"http://h/a"},"response":)"
            R"({"status":200,"statusText":"OK\r\nX-Evil: 1","headers":[],"content":{"text":"{}"}}}]}})");
    }
    void aReasonWithALineBreakIsNotPassedOn() {
        QFETCH(const QByteArray, recording);
        ReplayRig rig(1, recording);
        rig.ask("GET", "/a");
        rig.pass(5ms);
        QCOMPARE(rig.seen.head.status, 200);
        QCOMPARE(rig.seen.head.reason, QByteArray("OK"));
    }
    void headHasNoContent() {
        ReplayRig rig;
        rig.ask("HEAD", "/v1/models");
        rig.pass(5ms);
        QCOMPARE(rig.seen.content, QByteArray());
        QCOMPARE(rig.seen.lines.last(), QByteArray("complete"));
    }
    void oneThatBrokeBreaksAgain() {
        ReplayRig rig;
        rig.ask("GET", "/broken");
        rig.pass(5ms);
        QCOMPARE(rig.seen.content, QByteArray("half"));
        QCOMPARE(rig.seen.lines.last(), QByteArray("failed"));
    }
    void whatWasNotRecordedIsTold_data() {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::newRow("a path") << QByteArray("/other") << 404;
        QTest::newRow("a Messages request") << QByteArray("/v1/messages?beta=true") << 503;
    }
    void whatWasNotRecordedIsTold() {
        QFETCH(const QByteArray, target);
        QFETCH(const int, status);
        ReplayRig rig(1, R"({"method":"GET","path":"/a","status":200,"response":{}})");
        rig.ask("POST", target.constData());
        rig.pass(5ms);
        QCOMPARE(rig.seen.head.status, status);
        QCOMPARE(rig.seen.head.fields.combined("X-Sallyport-Error"),
                 QByteArray("replay_not_recorded"));
        QVERIFY2(rig.seen.content.contains("it has those to: GET /a"),
                 rig.seen.content.constData());
    }
    void aFileThatCannotBeReadIsTold() {
        ReplayRig rig(1, "{\"method\":\n");
        rig.ask("GET", "/v1/models");
        rig.pass(5ms);
        QCOMPARE(rig.seen.head.status, 502);
        QCOMPARE(rig.seen.head.fields.combined("X-Sallyport-Error"),
                 QByteArray("replay_unreadable"));
        QVERIFY2(rig.seen.content.contains("bug 1.jsonl: no JSON at line "),
                 rig.seen.content.constData());
    }
    void aClientThatIsSlowHoldsItBack() {
        ReplayRig rig;
        rig.ask("POST", "/v1/messages");
        rig.pass(100ms);
        rig.exchange->setReading(false);
        rig.pass(3000ms);
        QCOMPARE(rig.seen.content, QByteArray("one "));
        rig.exchange->setReading(true);
        rig.pass(5ms);
        QCOMPARE(rig.seen.content, QByteArray("one two three"));
    }
    void aLargeContentComesInSlices() {
        const QByteArray text(200'000, 'x');
        ReplayRig rig(
            0, R"({"method":"GET","path":"/a","status":200,"response":{"pieces":[{"text":")" +
                   text + R"("}]}})");
        rig.ask("GET", "/a");
        rig.pass(10ms);
        QCOMPARE(rig.seen.content.size(), text.size());
        QCOMPARE(rig.seen.pieces, 4);
    }
    void mayBeLetGoInAnyCall() {
        ReplayRig rig;
        rig.ask("POST", "/v1/messages");
        rig.pass(100ms);
        rig.exchange.reset();
        rig.pass(3000ms);
        QCOMPARE(rig.seen.content, QByteArray("one "));
    }
};

QTEST_GUILESS_MAIN(TestReplayTransport)
#include "tst_replaytransport.moc"
