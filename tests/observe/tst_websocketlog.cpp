// SPDX-License-Identifier: MIT
#include "core/observe/exchangeline.h"
#include "core/observe/exchangelog.h"

#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

class TestWebSocketLog : public QObject {
    Q_OBJECT
private slots:
    void countsAndKeepsBothDirections();
    void keepsTheLatest_data();
    void keepsTheLatest();
    void theBudgetOfTheLogHolds();
    void withoutContentsItOnlyCounts();
    void secretsDoNotStayInPreviews_data();
    void secretsDoNotStayInPreviews();
    void theLineTellsHowItEnded_data();
    void theLineTellsHowItEnded();
    void noneStaysOpenInTheLog();
    void nothingIsTakenBeforeItBeganOrAfterItEnded();

private:
    ManualClock m_clock;
};

namespace {

WebSocketMessage text(const QByteArray& preview) {
    WebSocketMessage message;
    message.bytes = static_cast<quint64>(preview.size());
    message.preview = preview;
    return message;
}

WebSocketMessage control(WebSocketKind kind, std::optional<quint16> code = {},
                         const QByteArray& reason = {}) {
    WebSocketMessage message = text(reason);
    message.kind = kind;
    message.closeCode = code;
    return message;
}

std::unique_ptr<ExchangeRecorder> begun(ExchangeLog& log) {
    auto recorder = log.begin({});
    recorder->requestHead(RequestRole::Gateway, {"GET", "h", "/ws"}, {});
    recorder->upgraded();
    recorder->webSocketBegan({});
    return recorder;
}

} // namespace

void TestWebSocketLog::countsAndKeepsBothDirections() {
    ExchangeLog log(m_clock);
    const auto recorder = begun(log);
    m_clock.advance(3ms);
    recorder->webSocketMessage(WebSocketSender::Client, text("hello"));
    m_clock.advance(4ms);
    recorder->webSocketMessage(WebSocketSender::Server, control(WebSocketKind::Ping));
    recorder->webSocketMessage(WebSocketSender::Server,
                               control(WebSocketKind::Close, 1001, "away"));
    recorder->webSocketUnreadable(WebSocketSender::Client, "a reserved opcode");
    const ExchangeDetail detail = *log.detail(recorder->id());
    const WebSocketSummary& facts = *detail.record.webSocket;
    QCOMPARE(facts.fromClient.messages, 1u);
    QCOMPARE(facts.fromClient.controls, 0u);
    QCOMPARE(facts.fromClient.hasClosed, false);
    QCOMPARE(facts.fromClient.unreadable, QByteArray("a reserved opcode"));
    QCOMPARE(facts.fromServer.messages, 0u);
    QCOMPARE(facts.fromServer.controls, 2u);
    QCOMPARE(facts.fromServer.closeCode, std::optional<quint16>(1001));
    QCOMPARE(facts.fromServer.closeReason, QStringLiteral("away"));
    QCOMPARE(facts.end, WebSocketEnd::Open);
    QCOMPARE(detail.webSocket.size(), 3);
    QCOMPARE(detail.webSocket[0].number, 1u);
    QCOMPARE(detail.webSocket[0].atMicros, 3000);
    QCOMPARE(detail.webSocket[0].from, WebSocketSender::Client);
    QCOMPARE(detail.webSocket[0].message, text("hello"));
    QCOMPARE(detail.webSocket[2].number, 3u);
    QCOMPARE(detail.webSocket[2].atMicros, 7000);
    QCOMPARE(detail.webSocket[2].from, WebSocketSender::Server);
}

void TestWebSocketLog::keepsTheLatest_data() {
    QTest::addColumn<std::size_t>("messages");
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<quint64>("firstKept");
    QTest::newRow("by count") << std::size_t{10} << qint64{1'000'000} << quint64{91};
    QTest::newRow("by bytes") << std::size_t{1000} << qint64{25} << quint64{96};
    QTest::newRow("all, where there is room") << std::size_t{100} << qint64{500} << quint64{1};
}

void TestWebSocketLog::keepsTheLatest() {
    QFETCH(std::size_t, messages);
    QFETCH(qint64, bytes);
    QFETCH(quint64, firstKept);
    ExchangeLogLimits limits;
    limits.webSocketMessages = messages;
    limits.webSocketBytes = bytes;
    ExchangeLog log(m_clock, limits);
    const auto recorder = begun(log);
    for (int i = 0; i < 100; ++i)
        recorder->webSocketMessage(WebSocketSender::Server, text("12345"));
    const ExchangeDetail detail = *log.detail(recorder->id());
    QCOMPARE(detail.record.webSocket->fromServer.messages, 100u);
    QCOMPARE(detail.webSocket.first().number, firstKept);
    QCOMPARE(detail.webSocket.last().number, 100u);
    QCOMPARE(log.keptBodyBytes(), detail.webSocket.size() * 5);
    recorder->ended(ExchangeEnd::Complete);
    log.clear();
    QCOMPARE(log.keptBodyBytes(), 0);
}

void TestWebSocketLog::theBudgetOfTheLogHolds() {
    ExchangeLogLimits limits;
    limits.bodyBytes = 4096;
    ExchangeLog log(m_clock, limits);
    const auto older = begun(log);
    older->webSocketMessage(WebSocketSender::Server, text(QByteArray(3000, 'x')));
    older->ended(ExchangeEnd::Complete);
    const auto recorder = begun(log);
    for (int i = 0; i < 50; ++i) {
        recorder->webSocketMessage(WebSocketSender::Server, text(QByteArray(700, 'y')));
        QVERIFY(log.keptBodyBytes() <= limits.bodyBytes);
    }
    // What has ended makes room for what runs.
    QVERIFY(log.detail(older->id())->webSocket.isEmpty());
    QCOMPARE(log.detail(recorder->id())->webSocket.last().number, 50u);
    QVERIFY(log.detail(recorder->id())->webSocket.size() >= 3);
    recorder->webSocketMessage(WebSocketSender::Server, text(QByteArray(5000, 'z')));
    QVERIFY(log.detail(recorder->id())->webSocket.isEmpty());
    QCOMPARE(recorder->record().webSocket->fromServer.messages, 51u);
}

void TestWebSocketLog::withoutContentsItOnlyCounts() {
    ExchangeLogLimits limits;
    limits.keepsBodies = false;
    ExchangeLog log(m_clock, limits);
    const auto recorder = begun(log);
    QVERIFY(!recorder->keepsContents());
    recorder->webSocketMessage(WebSocketSender::Client, control(WebSocketKind::Close, 1000, "bye"));
    QVERIFY(log.detail(recorder->id())->webSocket.isEmpty());
    QCOMPARE(recorder->record().webSocket->fromClient.closeReason, QStringLiteral("bye"));
}

void TestWebSocketLog::secretsDoNotStayInPreviews_data() {
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* tag, const char* message) {
        QTest::newRow(tag) << QByteArray(message);
    };
    row("a key by its shape", "use sk-ant-PLANTED-0123456789 now");
    row("behind Bearer", "Authorization: Bearer PLANTED-0123456789");
    row("in a URL", "wss://h/?api_key=PLANTED-0123456789");
    row("as user information", "https://u:PLANTED-0123456789@h/");
    row("a member of JSON", R"({"a":1,"api_key":"PLANTED-0123456789"})");
    row("a member in camel case", R"({"accessToken" : "PLANTED-0123456789"})");
    row("an authorization member", R"({"headers":{"Authorization":"Basic PLANTED-0123456789"}})");
    row("with an escaped quote in it", R"({"password":"ab\"PLANTED-0123456789"})");
    row("a member that the preview cuts", R"({"session_token":"PLANTED-0123456789)");
}

void TestWebSocketLog::secretsDoNotStayInPreviews() {
    QFETCH(QByteArray, message);
    for (const WebSocketKind kind :
         {WebSocketKind::Text, WebSocketKind::Binary, WebSocketKind::Ping, WebSocketKind::Close}) {
        ExchangeLog log(m_clock);
        const auto recorder = begun(log);
        recorder->webSocketMessage(WebSocketSender::Client, control(kind, 4000, message));
        const ExchangeDetail detail = *log.detail(recorder->id());
        QVERIFY(!detail.webSocket.first().message.preview.contains("PLANTED"));
        QVERIFY(detail.webSocket.first().message.preview.contains("redacted"));
        QVERIFY(
            !detail.record.webSocket->fromClient.closeReason.contains(QStringLiteral("PLANTED")));
        QCOMPARE(detail.webSocket.first().message.bytes, static_cast<quint64>(message.size()));
    }
}

void TestWebSocketLog::theLineTellsHowItEnded_data() {
    QTest::addColumn<WebSocketSummary>("facts");
    QTest::addColumn<QByteArray>("pairs");
    WebSocketSummary facts;
    facts.fromClient.messages = 12;
    facts.fromServer.messages = 40;
    facts.fromClient.hasClosed = facts.fromServer.hasClosed = true;
    facts.fromClient.closeCode = 1000;
    facts.fromServer.closeCode = 1001;
    facts.end = WebSocketEnd::Closed;
    QTest::newRow("closed by both")
        << facts
        << QByteArray("ws_sent=12 ws_received=40 ws_close_sent=1000 ws_close_received=1001 "
                      "ws_end=closed");
    facts.fromClient = {};
    facts.fromServer.closeCode.reset();
    facts.path = "/chat";
    QTest::newRow("closed by the upstream, without a code")
        << facts
        << QByteArray("ws_path=/chat ws_sent=0 ws_received=40 ws_close_received=none "
                      "ws_end=closed");
    facts = {};
    facts.end = WebSocketEnd::ClientReset;
    facts.fromServer.unreadable = "a reserved opcode";
    QTest::newRow("reset, and not readable to the end")
        << facts
        << QByteArray("ws_sent=0 ws_received=0 ws_unreadable_received=\"a reserved opcode\" "
                      "ws_end=client_reset");
}

void TestWebSocketLog::theLineTellsHowItEnded() {
    QFETCH(WebSocketSummary, facts);
    QFETCH(QByteArray, pairs);
    ExchangeRecord record;
    record.webSocket = facts;
    QByteArray line;
    appendExchangePairs(line, record);
    QVERIFY2(line.contains(pairs), line.constData());
    record.webSocket = {};
    line.clear();
    appendExchangePairs(line, record);
    QVERIFY(!line.contains("ws_"));
}

void TestWebSocketLog::noneStaysOpenInTheLog() {
    ExchangeLog log(m_clock);
    auto recorder = begun(log);
    const quint64 id = recorder->id();
    recorder.reset();
    QCOMPARE(log.detail(id)->record.end, ExchangeEnd::ClientGone);
    QCOMPARE(log.detail(id)->record.webSocket->end, WebSocketEnd::CutHere);
}

void TestWebSocketLog::nothingIsTakenBeforeItBeganOrAfterItEnded() {
    ExchangeLog log(m_clock);
    const auto recorder = log.begin({});
    recorder->webSocketMessage(WebSocketSender::Client, text("early"));
    recorder->webSocketEnded(WebSocketEnd::Closed);
    QVERIFY(!recorder->record().webSocket);
    recorder->webSocketBegan({});
    recorder->webSocketEnded(WebSocketEnd::Closed);
    recorder->ended(ExchangeEnd::Complete);
    recorder->webSocketMessage(WebSocketSender::Client, text("late"));
    recorder->webSocketEnded(WebSocketEnd::ClientReset);
    QCOMPARE(recorder->record().webSocket->total(), 0u);
    QCOMPARE(recorder->record().webSocket->end, WebSocketEnd::Closed);
    QVERIFY(log.detail(recorder->id())->webSocket.isEmpty());
}

QTEST_APPLESS_MAIN(TestWebSocketLog)
#include "tests/observe/recordnames.h"
#include "tst_websocketlog.moc"
