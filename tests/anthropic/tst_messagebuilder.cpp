// SPDX-License-Identifier: MIT
// What the vendor's SDK makes of generated streams is compared by tests/anthropic/sdk.
#include "core/anthropic/messagebuilder.h"
#include "core/support/jsontext.h"

#include <QTest>

using namespace sallyport;

class TestMessageBuilder : public QObject {
    Q_OBJECT
private slots:
    void blocks_data();
    void blocks();
    void everyCutHasAMessage();
    void ends_data();
    void ends();
    void jsonResponses_data();
    void jsonResponses();
    void noMoreIsReadThanTheLimit();
};

namespace {

QByteArray sse(const QByteArray& json) {
    const qsizetype from = json.indexOf("\"type\":\"") + 8;
    const QByteArray type = json.mid(from, json.indexOf('"', from) - from);
    return "event: " + type + "\ndata: " + json + "\n\n";
}

QByteArray start() {
    return sse(R"({"type":"message_start","message":{"id":"msg_1","type":"message","content":[],)"
               R"("stop_reason":null,"usage":{"input_tokens":3,"output_tokens":1}}})");
}

QByteArray blockStart(const QByteArray& block) {
    return sse(R"({"type":"content_block_start","index":0,"content_block":)" + block + '}');
}

QByteArray delta(const QByteArray& json) {
    return sse(R"({"type":"content_block_delta","index":0,"delta":)" + json + '}');
}

QByteArray stop() {
    return sse(R"({"type":"content_block_stop","index":0})") +
           sse(R"({"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},)"
               R"("usage":{"output_tokens":9,"cache_read_input_tokens":7}})") +
           sse(R"({"type":"message_stop"})");
}

MessageBuilder built(const QByteArray& stream, bool isEventStream = true) {
    MessageBuilder builder(isEventStream);
    builder.feed(stream);
    return builder;
}

} // namespace

void TestMessageBuilder::blocks_data() {
    QTest::addColumn<QByteArray>("events");
    QTest::addColumn<QByteArray>("block");
    const auto row = [](const char* tag, const QByteArray& events, const char* block) {
        QTest::newRow(tag) << events << QByteArray(block);
    };
    row("text",
        blockStart(R"({"type":"text","text":""})") + delta(R"({"type":"text_delta","text":"He"})") +
            delta(R"({"type":"text_delta","text":"llo"})"),
        R"({"text":"Hello","type":"text"})");
    row("half a pair in each of two deltas is a character",
        blockStart(R"({"type":"text","text":""})") +
            delta(R"({"type":"text_delta","text":"\ud83d"})") +
            delta(R"({"type":"text_delta","text":"\ude00"})"),
        "{\"text\":\"\xf0\x9f\x98\x80\",\"type\":\"text\"}");
    row("citations",
        blockStart(R"({"type":"text","text":"a","citations":[]})") +
            delta(R"({"type":"citations_delta","citation":{"url":"u"}})"),
        R"({"citations":[{"url":"u"}],"text":"a","type":"text"})");
    row("thinking with its signature",
        blockStart(R"({"type":"thinking","thinking":"","signature":""})") +
            delta(R"({"type":"thinking_delta","thinking":"Hm"})") +
            delta(R"({"type":"signature_delta","signature":"S="})"),
        R"({"signature":"S=","thinking":"Hm","type":"thinking"})");
    const QByteArray tool = blockStart(R"({"type":"tool_use","id":"t","name":"n","input":{}})");
    row("a tool with its input",
        tool + delta(R"({"type":"input_json_delta","partial_json":""})") +
            delta(R"({"type":"input_json_delta","partial_json":"{\"a"})") +
            delta(R"({"type":"input_json_delta","partial_json":"\":1}"})"),
        R"({"id":"t","input":{"a":1},"name":"n","type":"tool_use"})");
    row("a tool without input", tool, R"({"id":"t","input":{},"name":"n","type":"tool_use"})");
    row("a tool whose input is cut",
        tool + delta(R"({"type":"input_json_delta","partial_json":"{\"a\":1,\"b\":\"x"})"),
        R"({"id":"t","input":{"a":1},"name":"n","type":"tool_use"})");
    row("a tool whose input is no JSON",
        tool + delta(R"({"type":"input_json_delta","partial_json":"oops"})"),
        R"({"id":"t","input":{},"name":"n","type":"tool_use"})");
    row("a tool of the server",
        blockStart(R"({"type":"server_tool_use","id":"t","name":"web_search","input":{}})") +
            delta(R"({"type":"input_json_delta","partial_json":"{\"q\":\"x\"}"})"),
        R"({"id":"t","input":{"q":"x"},"name":"web_search","type":"server_tool_use"})");
    row("a result of the server, whole at its start",
        blockStart(R"({"type":"web_search_tool_result","content":[{"url":"u"}]})"),
        R"({"content":[{"url":"u"}],"type":"web_search_tool_result"})");
    row("a compaction",
        blockStart(R"({"type":"compaction","content":null})") +
            delta(R"({"type":"compaction_delta","content":"short"})"),
        R"({"content":"short","type":"compaction"})");
    row("a delta of another type is passed over",
        blockStart(R"({"type":"text","text":"a"})") +
            delta(R"({"type":"thinking_delta","thinking":"b"})") +
            delta(R"({"type":"input_json_delta","partial_json":"{}"})"),
        R"({"text":"a","type":"text"})");
    row("a delta of a block that is not there is passed over",
        blockStart(R"({"type":"text","text":"a"})") +
            sse(R"({"type":"content_block_delta","index":7,"delta":{"type":"text_delta"}})"),
        R"({"text":"a","type":"text"})");
}

void TestMessageBuilder::blocks() {
    QFETCH(QByteArray, events);
    QFETCH(QByteArray, block);
    const MessageBuilder builder = built(start() + events + stop());
    QVERIFY(builder.isWhole());
    const QJsonObject message = builder.message();
    QCOMPARE(jsonBytes(message.value(QLatin1String("content"))), QByteArray('[' + block + ']'));
    QCOMPARE(message.value(QLatin1String("stop_reason")), QJsonValue(QLatin1String("end_turn")));
    QCOMPARE(jsonBytes(message.value(QLatin1String("usage"))),
             QByteArray(R"({"cache_read_input_tokens":7,"input_tokens":3,"output_tokens":9})"));
    QVERIFY(builder.error().isEmpty());
}

void TestMessageBuilder::everyCutHasAMessage() {
    const QByteArray stream = start() + blockStart(R"({"type":"text","text":""})") +
                              delta(R"({"type":"text_delta","text":"Hello"})") + stop();
    MessageBuilder live(true);
    for (qsizetype i = 0; i < stream.size(); ++i) {
        live.feed(QByteArrayView(stream).sliced(i, 1));
        QCOMPARE(live.message(), built(stream.first(i + 1)).message());
    }
    QVERIFY(live.isWhole());
}

void TestMessageBuilder::ends_data() {
    QTest::addColumn<QByteArray>("events");
    QTest::addColumn<bool>("isWhole");
    QTest::addColumn<QByteArray>("error");
    const auto row = [](const char* tag, const QByteArray& events, bool isWhole,
                        const char* error) {
        QTest::newRow(tag) << events << isWhole << QByteArray(error);
    };
    row("cut", "", false, "{}");
    row("whole", stop(), true, "{}");
    row("an error in mid-stream",
        sse(R"({"type":"error","error":{"type":"overloaded_error","message":"Over"}})"), false,
        R"({"message":"Over","type":"overloaded_error"})");
    row("an error that is no JSON", "event: error\ndata: oops\n\n", false, R"({"message":"oops"})");
    row("an error without a line for its type",
        "data: {\"type\":\"error\",\"error\":{\"message\":\"Over\"}}\n\n", false,
        R"({"message":"Over"})");
    row("what is no JSON ends it", QByteArray("event: ping2\ndata: {\n\n" + stop()), false, "{}");
    row("nothing counts after an error",
        QByteArray(sse(R"({"type":"error","error":{"message":"Over"}})") + stop()), false,
        R"({"message":"Over"})");
    row("a ping tells nothing", QByteArray("event: ping\ndata: oops\n\n" + stop()), true, "{}");
}

void TestMessageBuilder::ends() {
    QFETCH(QByteArray, events);
    QFETCH(bool, isWhole);
    QFETCH(QByteArray, error);
    const MessageBuilder builder = built(start() + events);
    QCOMPARE(builder.isWhole(), isWhole);
    QCOMPARE(jsonBytes(builder.error()), error);
    QVERIFY(!builder.message().isEmpty());
}

void TestMessageBuilder::jsonResponses_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("error");
    const auto row = [](const char* tag, const char* body, const char* message, const char* error) {
        QTest::newRow(tag) << QByteArray(body) << QByteArray(message) << QByteArray(error);
    };
    row("a message", R"({"type":"message","content":[{"type":"text","text":"a\ud83d"}]})",
        R"({"content":[{"text":"a\ud83d","type":"text"}],"type":"message"})", "{}");
    row("a message that is cut", R"({"type":"message","id":"m","content":[{"type":"text","te)",
        R"({"content":[{"type":"text"}],"id":"m","type":"message"})", "{}");
    row("a count of tokens is no message", R"({"input_tokens":7})", "{}", "{}");
    row("an error", R"({"type":"error","error":{"type":"api_error","message":"No"}})", "{}",
        R"({"message":"No","type":"api_error"})");
    row("not JSON", "<html>", "{}", "{}");
}

void TestMessageBuilder::jsonResponses() {
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, error);
    const MessageBuilder builder = built(body, false);
    QCOMPARE(jsonBytes(builder.message()), message);
    QCOMPARE(jsonBytes(builder.error()), error);
}

void TestMessageBuilder::noMoreIsReadThanTheLimit() {
    MessageBuilder builder(true);
    builder.feed(start());
    const QByteArray comment = ": " + QByteArray(1024 * 1024 - 4, 'x') + "\n\n";
    for (int i = 0; i < 33; ++i)
        builder.feed(comment);
    builder.feed(stop());
    QVERIFY(!builder.isWhole());
    QVERIFY(!builder.message().isEmpty());
}

QTEST_APPLESS_MAIN(TestMessageBuilder)
#include "tst_messagebuilder.moc"
