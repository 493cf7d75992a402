// SPDX-License-Identifier: MIT
#include "core/observe/exchangelog.h"

#include <QTest>

#include <numeric>

using namespace sallyport;

class TestExchangeLog : public QObject {
    Q_OBJECT
private slots:
    void aWholeStoryIsRecorded();
    void whatWasSentOnceMoreIsMarked_data();
    void whatWasSentOnceMoreIsMarked();
    void sessionAndAgentAreKept();
    void phasesOnlyMoveForward();
    void aRecorderThatIsLetGoEndsAsClientGone();
    void callsAfterTheEndAreIgnored();
    void paths_data();
    void paths();
    void whatCameIsKeptBesideWhatGoesOn();
    void whatCameIsNotKeptBesideASecret();
    void changesComeOnceAndInOrder();
    void theCallbackIsCalledOncePerBatch();
    void oldestEndedRecordsGoFirst();
    void forgottenChangesAreNotTold();
    void clearLeavesWhatRuns();
    void aBodyIsCutAtItsLimit();
    void bodiesOfTheOldestGoFirst();
    void bodiesOfRunningExchangesStayWithinTheBudget();
    void withoutBodiesUsageIsReadAllTheSame();
    void contentsAreLeftOutOnRequest_data();
    void contentsAreLeftOutOnRequest();
    void piecesKeepTheirMoments();
    void aTunnelCountsItsBytes();

private:
    ManualClock m_clock;
};

using std::chrono::milliseconds;

static FieldList fieldsOf(std::initializer_list<std::pair<const char*, const char*>> lines) {
    FieldList fields;
    for (const auto& [name, value] : lines)
        fields.append(name, value);
    return fields;
}

static void startMessages(ExchangeRecorder& recorder) {
    recorder.requestHead(RequestRole::Gateway, {"POST", "127.0.0.1:8899", "/v1/messages?beta=true"},
                         fieldsOf({{"user-agent", "claude-cli/2"}}));
}

static QByteArray bytesOf(const QVector<BodyPiece>& pieces) {
    return std::accumulate(pieces.begin(), pieces.end(), QByteArray(),
                           [](QByteArray all, const BodyPiece& p) { return all += p.bytes; });
}

static QVector<quint64> idsOf(const std::vector<ExchangeRecord>& records) {
    QVector<quint64> ids;
    for (const ExchangeRecord& record : records)
        ids.append(record.id);
    return ids;
}

static void compareWithStory(const ExchangeDetail& detail) {
    const ExchangeRecord& record = detail.record;
    QCOMPARE(record.id, 1U);
    QCOMPARE(record.phase, ExchangePhase::Ended);
    QCOMPARE(record.end, ExchangeEnd::Complete);
    QCOMPARE(record.method, "POST");
    QCOMPARE(record.host, "127.0.0.1:8899");
    QCOMPARE(record.path, "/v1/messages?beta=true");
    QCOMPARE(record.route, QStringLiteral("claude"));
    QCOMPARE(record.upstream, QStringLiteral("corp"));
    QCOMPARE(record.target, QStringLiteral("gw:443"));
    QVERIFY(record.isConnectionReused && record.isEventStream);
    QCOMPARE(record.way, QStringLiteral("proxy-a:8080, Basic"));
    QCOMPARE(record.status, 200);
    QCOMPARE(record.modelAsked, "claude-x");
    QCOMPARE(record.events, 2U);
    QCOMPARE(record.requestBytes, 34);
    QCOMPARE(record.userAgent, "claude-cli/2");
    QCOMPARE(record.times.connected, 2000);
    QCOMPARE(record.times.requestSent, 3000);
    QCOMPARE(record.times.firstByte, 103000);
    QCOMPARE(record.times.ended, 153000);
    QCOMPARE(detail.sentFields, fieldsOf({{"host", "gw"}}));
    QCOMPARE(detail.responseTrailers, fieldsOf({{"x-t", "1"}}));
    QCOMPARE(detail.responseReason, "OK");
    QCOMPARE(bytesOf(detail.requestBody), R"({"model":"claude-x","stream":true})");
    QCOMPARE(bytesOf(detail.responseBody).size(), record.responseBytes);
}

void TestExchangeLog::aWholeStoryIsRecorded() {
    ExchangeLog log(m_clock);
    const auto recorder = log.begin(QStringLiteral("127.0.0.1"));
    QCOMPARE(recorder->record().phase, ExchangePhase::Accepted);
    startMessages(*recorder);
    recorder->routed(QStringLiteral("claude"), QStringLiteral("corp"));
    recorder->sentFields(fieldsOf({{"host", "gw"}}));
    m_clock.advance(milliseconds(2));
    recorder->connected(QStringLiteral("gw:443"), true);
    recorder->wentBy(QStringLiteral("proxy-a:8080, Basic"));
    recorder->requestBody(R"({"model":"claude-x","stream":true})");
    recorder->requestBodyEnded();
    m_clock.advance(milliseconds(1));
    recorder->requestSent();
    m_clock.advance(milliseconds(100));
    recorder->responseHead(200, "OK", fieldsOf({{"content-type", "text/event-stream; x=y"}}));
    recorder->responseBody("event: message_start\ndata: {\"message\":{\"usage\":"
                           "{\"input_tokens\":9}}}\n\n");
    QCOMPARE(recorder->record().usage.input, 9);
    QCOMPARE(recorder->record().phase, ExchangePhase::Streaming);
    recorder->responseBody("event: message_stop\ndata: {}\n\n");
    recorder->responseTrailers(fieldsOf({{"x-t", "1"}}));
    m_clock.advance(milliseconds(50));
    recorder->ended(ExchangeEnd::Complete);

    const auto detail = log.detail(recorder->id());
    QVERIFY(detail);
    compareWithStory(*detail);
    QCOMPARE(log.running(), 0U);
    QCOMPARE(log.kept(), 1U);
}

void TestExchangeLog::whatWasSentOnceMoreIsMarked_data() {
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("kept");
    const auto row = [](const char* tag, const char* field, const char* kept) {
        QTest::newRow(tag) << QByteArray(field) << QByteArray(kept);
    };
    row("a number of the window", "12", "12");
    row("a number of the history", "H700", "H700");
    row("a word is no number", "twelve", "");
    row("more digits than a number has", "123456789012345678901", "");
    row("an H alone", "H", "");
}

void TestExchangeLog::whatWasSentOnceMoreIsMarked() {
    QFETCH(const QByteArray, field);
    ExchangeLog log(m_clock);
    const auto recorder = log.begin(QStringLiteral("127.0.0.1"));
    recorder->requestHead(RequestRole::Gateway, {"POST", "127.0.0.1:8899", "/v1/messages"},
                          fieldsOf({{"X-Sallyport-Resent-From", field.constData()}}));
    QTEST(recorder->record().resentFrom, "kept");
}

void TestExchangeLog::sessionAndAgentAreKept() {
    ExchangeLog log(m_clock);
    const auto recorder = log.begin(QStringLiteral("127.0.0.1"));
    recorder->requestHead(RequestRole::Gateway, {"POST", "127.0.0.1:8899", "/v1/messages"},
                          fieldsOf({{"X-Claude-Code-Session-Id", "s-1"},
                                    {"X-Claude-Code-Agent-Id", "a-2"},
                                    {"X-Claude-Code-Parent-Agent-Id", "a-1"}}));
    QCOMPARE(recorder->record().session, QByteArray("s-1"));
    QCOMPARE(recorder->record().agent, QByteArray("a-2"));
    QCOMPARE(recorder->record().parentAgent, QByteArray("a-1"));
    const auto other = log.begin(QStringLiteral("127.0.0.1"));
    other->requestHead(RequestRole::Gateway, {"POST", "127.0.0.1:8899", "/v1/messages"},
                       fieldsOf({{"X-Claude-Code-Session-Id", QByteArray(129, 's').constData()}}));
    QVERIFY(other->record().session.isEmpty());
}

void TestExchangeLog::phasesOnlyMoveForward() {
    ExchangeLog log(m_clock);
    const auto recorder = log.begin({});
    startMessages(*recorder);
    recorder->responseHead(413, "", {});
    recorder->requestSent();
    QCOMPARE(recorder->record().phase, ExchangePhase::ResponseHead);
    recorder->responseBody("x");
    recorder->requestBody("late");
    QCOMPARE(recorder->record().phase, ExchangePhase::Streaming);
}

void TestExchangeLog::aRecorderThatIsLetGoEndsAsClientGone() {
    ExchangeLog log(m_clock);
    log.begin({}).reset();
    QCOMPARE(log.detail(1)->record.end, ExchangeEnd::ClientGone);
    QCOMPARE(log.running(), 0U);
}

void TestExchangeLog::callsAfterTheEndAreIgnored() {
    ExchangeLog log(m_clock);
    auto recorder = log.begin({});
    startMessages(*recorder);
    recorder->ended(ExchangeEnd::Refused, QStringLiteral("no route"));
    recorder->ended(ExchangeEnd::Complete);
    recorder->responseHead(200, "OK", {});
    recorder->responseBody("x");
    recorder.reset();
    const auto detail = log.detail(1);
    QCOMPARE(detail->record.end, ExchangeEnd::Refused);
    QCOMPARE(detail->record.error, QStringLiteral("no route"));
    QCOMPARE(detail->record.status, 0);
    QVERIFY(detail->responseBody.isEmpty());
    QCOMPARE(log.kept(), 1U);
}

void TestExchangeLog::paths_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("path");
    const auto row = [](const char* tag, const char* method, const char* target, const char* path) {
        QTest::newRow(tag) << QByteArray(method) << QByteArray(target) << QByteArray(path);
    };
    row("origin-form", "GET", "/a?b=c", "/a?b=c");
    row("absolute-form", "GET", "http://h:80/a?b", "/a?b");
    row("absolute-form without a path", "GET", "http://h", "/");
    row("absolute-form with a query alone", "GET", "http://h?b", "?b");
    row("authority-form", "CONNECT", "h:443", "");
    row("asterisk-form", "OPTIONS", "*", "*");
}

void TestExchangeLog::paths() {
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, path);
    ExchangeLog log(m_clock);
    const auto recorder = log.begin({});
    recorder->requestHead(RequestRole::Forward, {method, "h", target}, {});
    QCOMPARE(recorder->record().path, path);
}

void TestExchangeLog::whatCameIsKeptBesideWhatGoesOn() {
    ExchangeLog log(m_clock);
    const auto recorder = log.begin({});
    recorder->requestHead(RequestRole::Gateway, {"GET", "h", "/a?q=%C3%A9%22"}, {});
    QCOMPARE(recorder->record().receivedPath, QByteArray());
    recorder->receivedTarget("/a?q=\xc3\xa9\"", "/a?q=%C3%A9%22");
    QCOMPARE(recorder->record().receivedPath, QByteArray("/a?q=\xc3\xa9\""));
    QCOMPARE(recorder->record().path, QByteArray("/a?q=%C3%A9%22"));
}

void TestExchangeLog::whatCameIsNotKeptBesideASecret() {
    ExchangeLog log(m_clock);
    const auto recorder = log.begin({});
    recorder->receivedTarget("/a?token=\"s3cret-s3cret", "/a?token=%22s3cret-s3cret");
    QCOMPARE(recorder->record().receivedPath, QByteArray());
}

void TestExchangeLog::changesComeOnceAndInOrder() {
    ExchangeLog log(m_clock);
    const auto first = log.begin({});
    const auto second = log.begin({});
    const auto third = log.begin({});
    QCOMPARE(idsOf(log.takeChanges()), (QVector<quint64>{1, 2, 3}));
    QVERIFY(log.takeChanges().empty());
    third->routed(QStringLiteral("a"), {});
    first->routed(QStringLiteral("a"), {});
    first->ended(ExchangeEnd::Complete);
    const auto changes = log.takeChanges();
    QCOMPARE(idsOf(changes), (QVector<quint64>{1, 3}));
    QCOMPARE(changes.front().end, ExchangeEnd::Complete);
    QVERIFY(log.takeChanges().empty());
}

void TestExchangeLog::theCallbackIsCalledOncePerBatch() {
    ExchangeLog log(m_clock);
    int calls = 0;
    log.setChangedCallback([&calls] { ++calls; });
    const auto recorder = log.begin({});
    startMessages(*recorder);
    QCOMPARE(calls, 1);
    QCOMPARE(log.takeChanges().size(), 1U);
    recorder->requestBody("x");
    recorder->ended(ExchangeEnd::Complete);
    QCOMPARE(calls, 2);
}

void TestExchangeLog::oldestEndedRecordsGoFirst() {
    ExchangeLogLimits limits;
    limits.records = 2;
    ExchangeLog log(m_clock, limits);
    const auto running = log.begin({});
    for (int i = 0; i < 3; ++i)
        log.begin({})->ended(ExchangeEnd::Complete);
    QCOMPARE(log.kept(), 2U);
    QVERIFY(log.detail(1));
    QVERIFY(!log.detail(2));
    QVERIFY(log.detail(3) && log.detail(4));
    QVERIFY(!log.detail(99));
}

void TestExchangeLog::forgottenChangesAreNotTold() {
    ExchangeLogLimits limits;
    limits.records = 1;
    ExchangeLog log(m_clock, limits);
    for (int i = 0; i < 4; ++i)
        log.begin({})->ended(ExchangeEnd::Complete);
    QCOMPARE(idsOf(log.takeChanges()), (QVector<quint64>{4}));
}

void TestExchangeLog::clearLeavesWhatRuns() {
    ExchangeLog log(m_clock);
    const auto running = log.begin({});
    running->requestBody("abc");
    const auto other = log.begin({});
    other->requestBody("defg");
    other->ended(ExchangeEnd::Complete);
    QCOMPARE(log.keptBodyBytes(), 7);
    log.clear();
    QCOMPARE(log.kept(), 0U);
    QCOMPARE(log.running(), 1U);
    QCOMPARE(log.keptBodyBytes(), 3);
    QCOMPARE(other->record().requestBytes, 4);
    QCOMPARE(idsOf(log.takeChanges()), (QVector<quint64>{1}));
}

void TestExchangeLog::aBodyIsCutAtItsLimit() {
    ExchangeLogLimits limits;
    limits.bodyPerMessage = 5;
    ExchangeLog log(m_clock, limits);
    const auto recorder = log.begin({});
    recorder->requestBody("abc");
    recorder->requestBody("de");
    QVERIFY(!log.detail(1)->isRequestBodyCut);
    recorder->requestBody("f");
    recorder->responseBody("0123456789");
    const auto detail = log.detail(1);
    QVERIFY(detail->isRequestBodyCut && detail->isResponseBodyCut);
    QCOMPARE(bytesOf(detail->requestBody), "abcde");
    QCOMPARE(bytesOf(detail->responseBody), "01234");
    QCOMPARE(detail->record.requestBytes, 6);
    QCOMPARE(log.keptBodyBytes(), 10);
}

void TestExchangeLog::bodiesOfTheOldestGoFirst() {
    ExchangeLogLimits limits;
    limits.bodyBytes = 2500;
    ExchangeLog log(m_clock, limits);
    for (int i = 0; i < 3; ++i) {
        const auto recorder = log.begin({});
        recorder->responseBody(QByteArray(1000, 'x'));
        recorder->ended(ExchangeEnd::Complete);
    }
    QCOMPARE(log.keptBodyBytes(), 2000);
    QVERIFY(log.detail(1)->responseBody.isEmpty());
    QVERIFY(log.detail(1)->isResponseBodyCut);
    QVERIFY(!log.detail(1)->isRequestBodyCut);
    QCOMPARE(bytesOf(log.detail(2)->responseBody).size(), 1000);
    QCOMPARE(bytesOf(log.detail(3)->responseBody).size(), 1000);
}

void TestExchangeLog::bodiesOfRunningExchangesStayWithinTheBudget() {
    ExchangeLogLimits limits;
    limits.bodyBytes = 1500;
    ExchangeLog log(m_clock, limits);
    const auto first = log.begin({});
    const auto second = log.begin({});
    first->responseBody(QByteArray(1000, 'x'));
    second->responseBody(QByteArray(1000, 'y'));
    second->responseBody(QByteArray(1000, 'z'));
    QVERIFY(log.keptBodyBytes() <= 1500);
    QVERIFY(!log.detail(1)->isResponseBodyCut);
    QVERIFY(log.detail(2)->isResponseBodyCut);
    QVERIFY(!bytesOf(log.detail(2)->responseBody).contains('z'));
}

void TestExchangeLog::withoutBodiesUsageIsReadAllTheSame() {
    ExchangeLogLimits limits;
    limits.keepsBodies = false;
    ExchangeLog log(m_clock, limits);
    const auto recorder = log.begin({});
    startMessages(*recorder);
    recorder->requestBody(R"({"messages":[{"content":"x"}],"mod)");
    recorder->requestBody(R"(el":"m"})");
    recorder->requestBodyEnded();
    recorder->responseHead(200, "OK", fieldsOf({{"Content-Type", "application/json"}}));
    recorder->responseBody(R"({"usage":{"input_tokens":1,)");
    recorder->responseBody(R"("output_tokens":2}})");
    recorder->ended(ExchangeEnd::Complete);
    const auto detail = log.detail(1);
    QCOMPARE(detail->record.modelAsked, "m");
    QCOMPARE(detail->record.modelSent, "m");
    QCOMPARE(detail->record.usage, (Usage{1, 2, {}, {}}));
    QVERIFY(detail->requestBody.isEmpty() && detail->responseBody.isEmpty());
    QVERIFY(detail->isRequestBodyCut && detail->isResponseBodyCut);
    QCOMPARE(log.keptBodyBytes(), 0);
}

void TestExchangeLog::contentsAreLeftOutOnRequest_data() {
    QTest::addColumn<bool>("isAsked");
    QTest::addColumn<bool>("wantsContents");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("asked, and wanted") << true << true << true;
    QTest::newRow("asked, and not wanted") << true << false << false;
    QTest::newRow("not asked") << false << false << true;
}

void TestExchangeLog::contentsAreLeftOutOnRequest() {
    QFETCH(bool, isAsked);
    QFETCH(bool, wantsContents);
    QFETCH(bool, isKept);
    ExchangeLogLimits limits;
    limits.isAsked = isAsked;
    ExchangeLog log(m_clock, limits);
    log.setContentsCallback([wantsContents] { return wantsContents; });
    const auto recorder = log.begin({});
    startMessages(*recorder);
    recorder->requestBody(R"({"model":"m"})");
    recorder->requestBodyEnded();
    recorder->sentFields(fieldsOf({{"A", "1"}}));
    recorder->responseHead(200, "OK", fieldsOf({{"B", "2"}}));
    recorder->responseBody("x");
    recorder->responseTrailers(fieldsOf({{"C", "3"}}));
    recorder->ended(ExchangeEnd::Complete);
    const auto detail = log.detail(1);
    QCOMPARE(detail->record.modelAsked, "m");
    QCOMPARE(detail->record.responseBytes, 1);
    QCOMPARE(!detail->requestFields.isEmpty(), isKept);
    QCOMPARE(!detail->sentFields.isEmpty(), isKept);
    QCOMPARE(!detail->responseFields.isEmpty(), isKept);
    QCOMPARE(!detail->responseTrailers.isEmpty(), isKept);
    QCOMPARE(!detail->requestBody.isEmpty(), isKept);
    QCOMPARE(!detail->responseBody.isEmpty(), isKept);
    QCOMPARE(detail->isResponseBodyCut, !isKept);
}

void TestExchangeLog::piecesKeepTheirMoments() {
    ExchangeLog log(m_clock);
    const auto recorder = log.begin({});
    m_clock.advance(milliseconds(1));
    recorder->responseBody("a");
    recorder->responseBody("b");
    m_clock.advance(milliseconds(15));
    recorder->responseBody("c");
    const auto pieces = log.detail(1)->responseBody;
    QCOMPARE(pieces.size(), 2);
    QCOMPARE(pieces[0].atMicros, 1000);
    QCOMPARE(pieces[0].bytes, "ab");
    QCOMPARE(pieces[1].atMicros, 16000);
}

void TestExchangeLog::aTunnelCountsItsBytes() {
    ExchangeLog log(m_clock);
    const auto recorder = log.begin({});
    recorder->requestHead(RequestRole::Tunnel, {"CONNECT", "h:443", "h:443"}, {});
    recorder->responseHead(200, "OK", {});
    recorder->upgraded();
    recorder->tunnelled(10, 0);
    recorder->tunnelled(5, 1000);
    QVERIFY(recorder->record().isUpgraded);
    QCOMPARE(recorder->record().requestBytes, 15);
    QCOMPARE(recorder->record().responseBytes, 1000);
    QCOMPARE(log.keptBodyBytes(), 0);
}

QTEST_APPLESS_MAIN(TestExchangeLog)
#include "tests/observe/recordnames.h"
#include "tst_exchangelog.moc"
