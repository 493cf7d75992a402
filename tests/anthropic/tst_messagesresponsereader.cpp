// SPDX-License-Identifier: MIT
#include "core/anthropic/messagesresponsereader.h"

#include "core/support/jsonlimits.h"

#include <QTest>

using namespace sallyport;

class TestMessagesResponseReader : public QObject {
    Q_OBJECT
private slots:
    void aStreamTellsItsUsageAsItPasses();
    void whatIsWrittenIsToldAsItPasses_data();
    void whatIsWrittenIsToldAsItPasses();
    void everyCutOfAStreamGivesTheSame();
    void endings_data();
    void endings();
    void nothingCountsAfterAnError();
    void eventsWithoutALineForTheirType_data();
    void eventsWithoutALineForTheirType();
    void whatClientsReadIsRead_data();
    void whatClientsReadIsRead();
    void jsonResponses_data();
    void jsonResponses();
    void jsonErrors_data();
    void jsonErrors();
    void aLongResponseIsReadAsItPasses();
    void eventsAsDeepAsOneLikesAreSurvived();
};

static QByteArray sseEvent(const char* type, const char* data) {
    return QByteArray("event: ") + type + "\ndata: " + data + "\n\n";
}

static QByteArray wholeStream() {
    return sseEvent("message_start",
                    R"({"type":"message_start","message":{"model":"claude-x","content":[],"usage":)"
                    R"({"input_tokens":12,"cache_creation_input_tokens":3,)"
                    R"("cache_read_input_tokens":4000,"output_tokens":1}}})") +
           sseEvent("content_block_start", R"({"type":"content_block_start","index":0})") +
           sseEvent("ping", R"({"type": "ping"})") + ": a comment\n\n" +
           sseEvent("content_block_delta",
                    R"({"type":"content_block_delta","delta":{"text":"é"}})") +
           sseEvent("content_block_stop", R"({"type":"content_block_stop","index":0})") +
           sseEvent("message_delta",
                    R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},)"
                    R"("usage":{"output_tokens":42}})") +
           sseEvent("message_stop", R"({"type":"message_stop"})");
}

static void compareWhole(const MessagesResponseReader& reader) {
    QCOMPARE(reader.usage(), (Usage{12, 42, 4000, 3}));
    QCOMPARE(reader.events(), 7U);
    QVERIFY(reader.sawEnd());
    QVERIFY(reader.errorMessage().isEmpty());
}

void TestMessagesResponseReader::aStreamTellsItsUsageAsItPasses() {
    const QByteArray stream = wholeStream();
    const qsizetype second = stream.indexOf("event: content_block_start");
    MessagesResponseReader reader(true);
    reader.feed(QByteArrayView(stream).first(second));
    QCOMPARE(reader.usage(), (Usage{12, 1, 4000, 3}));
    QCOMPARE(reader.events(), 1U);
    QVERIFY(!reader.sawEnd());
    reader.feed(QByteArrayView(stream).sliced(second));
    reader.finish();
    compareWhole(reader);
}

void TestMessagesResponseReader::whatIsWrittenIsToldAsItPasses_data() {
    using Block = StreamProgress::Block;
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("delta");
    QTest::addColumn<StreamProgress>("progress");
    const auto row = [](const char* tag, const char* type, const char* delta, StreamProgress is) {
        QTest::newRow(tag) << QByteArray("{\"type\":\"content_block_start\",\"index\":0,"
                                         "\"content_block\":{\"type\":\"") +
                                  type + "\"}}"
                           << QByteArray("{\"type\":\"content_block_delta\",\"index\":0,"
                                         "\"delta\":{") +
                                  delta + "}}"
                           << is;
    };
    row("a text", "text", R"("type":"text_delta","text":"12345678")", {Block::Text, 2});
    row("a text with quotes and a brace", "text", R"("type":"text_delta","text":"\"a\",\"b\"}}")",
        {Block::Text, 3});
    row("a text before its type", "text", R"("text":"12345678","type":"text_delta")",
        {Block::Text, 2});
    row("a text after blanks", "text", R"("type" : "text_delta" , "text" : "12345678" )",
        {Block::Text, 2});
    row("thinking", "thinking", R"("type":"thinking_delta","thinking":"12345678")",
        {Block::Thinking, 2});
    row("thinking that is hidden", "redacted_thinking", "", {Block::Thinking, 0});
    row("a tool call", "tool_use", R"("type":"input_json_delta","partial_json":"{\"a\": 1")",
        {Block::ToolCall, 2});
    row("a tool of the server", "server_tool_use", "", {Block::ToolCall, 0});
    row("a signature is no text", "thinking", R"("type":"signature_delta","signature":"AAAABBBB")",
        {Block::Thinking, 0});
    row("a block of a new type", "hologram", "", {Block::None, 0});
}

void TestMessagesResponseReader::whatIsWrittenIsToldAsItPasses() {
    QFETCH(const QByteArray, start);
    QFETCH(const QByteArray, delta);
    MessagesResponseReader named(true);
    named.feed(sseEvent("content_block_start", start.constData()));
    named.feed(sseEvent("content_block_delta", delta.constData()));
    QTEST(named.progress(), "progress");
    MessagesResponseReader unnamed(true);
    unnamed.feed(QByteArray("data: " + start + "\n\ndata: " + delta + "\n\n"));
    QTEST(unnamed.progress(), "progress");
}

void TestMessagesResponseReader::everyCutOfAStreamGivesTheSame() {
    const QByteArray stream = wholeStream();
    for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
        MessagesResponseReader reader(true);
        reader.feed(QByteArrayView(stream).first(cut));
        reader.feed(QByteArrayView(stream).sliced(cut));
        reader.finish();
        compareWhole(reader);
    }
}

void TestMessagesResponseReader::endings_data() {
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<bool>("sawEnd");
    QTest::addColumn<bool>("hasError");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* tag, const QByteArray& stream, bool sawEnd) {
        QTest::newRow(tag) << stream << sawEnd << false << QByteArray();
    };
    row("message_stop", sseEvent("message_stop", "{}"), true);
    row("message_stop without a line for its type", "data: {\"type\": \"message_stop\"}\n\n", true);
    row("message_stop as a message of that type", sseEvent("message", R"({"type":"message_stop"})"),
        true);
    row("a type after whitespace", "data: { \"type\" : \"message_stop\" }\n\n", true);
    row("a type that is not the first member",
        "data: {\"index\":0,\"a\":{\"type\":\"x\"},\"type\":\"message_stop\"}\n\n", true);
    row("a message_stop that is cut", "event: message_stop\ndata: {}\n", false);
    row("text that speaks of message_stop", "data: {\"text\":\"message_stop\"}\n\n", false);
    row("a type inside of another member", "data: {\"a\":{\"type\":\"message_stop\"}}\n\n", false);
    row("nothing", "", false);
    const auto errorRow = [](const char* tag, const QByteArray& stream, const char* message) {
        QTest::newRow(tag) << stream << true << true << QByteArray(message);
    };
    errorRow("an error event",
             sseEvent("error",
                      R"({"type":"error","error":{"type":"overloaded_error","message":"Over"}})"),
             "Over");
    errorRow("an error event without a line for its type",
             "data: {\"type\":\"error\",\"error\":{\"message\":\"Over\"}}\n\n", "Over");
    errorRow("an error event whose type stands last",
             "data: { \"error\":{\"message\":\"Over\"}, \"type\":\"error\"}\n\n", "Over");
    errorRow("an error event whose data is not JSON", sseEvent("error", "oops"), "oops");
    errorRow("an error event whose data is a JSON string", sseEvent("error", "\"oops\""),
             "\"oops\"");
    errorRow("an error event with an empty message",
             sseEvent("error", R"({"type":"error","error":{"message":""}})"), "");
    errorRow("an error event with a type and no message",
             sseEvent("error", R"({"type":"error","error":{"type":"api_error"}})"), "api_error");
    errorRow("an error event with a message that is no string",
             sseEvent("error", R"({"error":{"message":{"a":1}}})"), "");
    errorRow("an error event with an empty object", sseEvent("error", "{}"), "");
    errorRow("an error event without data", sseEvent("error", ""), "");
    errorRow("an error event with half a surrogate pair",
             sseEvent("error", R"({"error":{"message":"a\ud83d"}})"), "a\xef\xbf\xbd");
}

void TestMessagesResponseReader::endings() {
    QFETCH(QByteArray, stream);
    QFETCH(bool, sawEnd);
    QFETCH(bool, hasError);
    QFETCH(QByteArray, message);
    MessagesResponseReader reader(true);
    reader.feed(stream);
    reader.finish();
    QCOMPARE(reader.sawEnd(), sawEnd);
    QCOMPARE(reader.hasErrorEvent(), hasError);
    QCOMPARE(reader.errorMessage(), message);
}

void TestMessagesResponseReader::nothingCountsAfterAnError() {
    MessagesResponseReader reader(true);
    reader.feed(sseEvent("message_delta", R"({"usage":{"output_tokens":4}})"));
    reader.feed(sseEvent("error", R"({"error":{"message":"Over"}})"));
    reader.feed(sseEvent("message_delta", R"({"usage":{"output_tokens":5}})"));
    QCOMPARE(reader.usage(), (Usage{{}, 4, {}, {}}));
    QCOMPARE(reader.events(), 3U);
}

void TestMessagesResponseReader::eventsWithoutALineForTheirType_data() {
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("delta");
    QTest::newRow("the type comes first")
        << QByteArray(R"({"type":"message_start","message":{"usage":{"input_tokens":12}}})")
        << QByteArray(R"({"type":"message_delta","usage":{"output_tokens":42}})");
    QTest::newRow("the type comes last")
        << QByteArray(R"({"message":{"usage":{"input_tokens":12}},"type":"message_start"})")
        << QByteArray(R"({"usage":{"output_tokens":42},"type":"message_delta"})");
    QTest::newRow("whitespace before the type")
        << QByteArray(R"({ "type": "message_start", "message": {"usage": {"input_tokens": 12}}})")
        << QByteArray(R"({ "type" : "message_delta", "usage":{"output_tokens":42}})");
}

void TestMessagesResponseReader::eventsWithoutALineForTheirType() {
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, delta);
    MessagesResponseReader reader(true);
    reader.feed(QByteArray("data: " + start + "\n\ndata: " + delta + "\n\n"));
    QCOMPARE(reader.usage(), (Usage{12, 42, {}, {}}));
}

void TestMessagesResponseReader::whatClientsReadIsRead_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("half a surrogate pair") << QByteArray(R"("a\ud83d")");
    QTest::newRow("the second half of a pair") << QByteArray(R"("\udeaa!")");
    QTest::newRow("a byte that is not UTF-8") << QByteArray("\"\xff\"");
    QTest::newRow("UTF-8 that is cut") << QByteArray("\"\xf0\x9f\"");
    QTest::newRow("a surrogate in UTF-8") << QByteArray("\"\xed\xa0\x80\"");
    QTest::newRow("a number beyond a double") << QByteArray("1e999");
}

void TestMessagesResponseReader::whatClientsReadIsRead() {
    QFETCH(QByteArray, text);
    const QByteArray usage = R"("usage":{"input_tokens":5,"output_tokens":6})";
    for (const QByteArray& json :
         {QByteArray(R"({"content":[{"text":)" + text + "}]," + usage + '}'),
          QByteArray(R"({"a":)" + text + ',' + usage + '}'),
          QByteArray('{' + usage + R"(,"a":)" + text + '}')}) {
        MessagesResponseReader body(false);
        body.feed(json);
        body.finish();
        QCOMPARE(body.usage(), (Usage{5, 6, {}, {}}));
        MessagesResponseReader stream(true);
        stream.feed(sseEvent("message_delta", json.constData()));
        QCOMPARE(stream.usage(), (Usage{5, 6, {}, {}}));
    }
}

void TestMessagesResponseReader::jsonResponses_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<qint64>("input");
    QTest::addColumn<qint64>("output");
    const auto row = [](const char* tag, const QByteArray& json, qint64 input, qint64 output) {
        QTest::newRow(tag) << json << input << output;
    };
    row("a message",
        R"({"type":"message","model":"m","content":[{"type":"text","text":"error"}],)"
        R"("usage":{"input_tokens":5,"output_tokens":6}})",
        5, 6);
    row("a count", R"({"input_tokens":77})", 77, -1);
    row("usage null", R"({"type":"message","usage":null})", -1, -1);
    row("counts that are no counts", R"({"usage":{"input_tokens":-5,"output_tokens":1.5}})", -1,
        -1);
    row("a count beyond all bounds", R"({"usage":{"input_tokens":18446744073709551615}})", -1, -1);
    row("counts written as reals", R"({"usage":{"input_tokens":5.0,"output_tokens":1.2e1}})", 5,
        12);
    row("a usage inside the content is not the response's",
        R"({"content":{"usage":{"input_tokens":1}},"usage":{"input_tokens":2}})", 2, -1);
    row("of two usages the last one counts, whole",
        R"({"usage":{"input_tokens":1},"usage":{"output_tokens":2}})", -1, 2);
    row("names joined by dots are not paths", R"({"usage.input_tokens":1})", -1, -1);
    row("not JSON", "<html>", -1, -1);
    row("not JSON after the usage", R"({"usage":{"input_tokens":5}]})", -1, -1);
    row("JSON that is cut tells what came", R"({"usage":{"input_tokens":5,"output_tok)", 5, -1);
    row("a number that is cut is none", R"({"usage":{"input_tokens":5)", -1, -1);
    row("an array", "[1]", -1, -1);
    row("nothing", "", -1, -1);
    row("a hundred thousand levels",
        R"({"usage":{"input_tokens":5},"content":)" + QByteArray(100000, '[') +
            QByteArray(100000, ']') + '}',
        -1, -1);
    row("as many levels as are read",
        R"({"usage":{"input_tokens":5},"content":)" + QByteArray(kMaxJsonDepth - 1, '[') +
            QByteArray(kMaxJsonDepth - 1, ']') + '}',
        5, -1);
    row("one level more",
        R"({"usage":{"input_tokens":5},"content":)" + QByteArray(kMaxJsonDepth, '[') +
            QByteArray(kMaxJsonDepth, ']') + '}',
        -1, -1);
}

void TestMessagesResponseReader::jsonResponses() {
    QFETCH(QByteArray, json);
    QFETCH(qint64, input);
    QFETCH(qint64, output);
    MessagesResponseReader reader(false);
    reader.feed(QByteArrayView(json).first(json.size() / 2));
    reader.feed(QByteArrayView(json).sliced(json.size() / 2));
    reader.finish();
    QCOMPARE(reader.usage().input.value_or(-1), input);
    QCOMPARE(reader.usage().output.value_or(-1), output);
    QVERIFY(reader.errorMessage().isEmpty());
}

void TestMessagesResponseReader::jsonErrors_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* tag, const char* json) {
        QTest::newRow(tag) << QByteArray(json) << QByteArray("No");
    };
    row("the API's own form", R"({"type":"error","error":{"type":"api_error","message":"No"}})");
    row("an error that is a text", R"({"error":"No"})");
    row("a message alone", R"({"message":"No"})");
    row("a detail alone", R"({"detail":"No"})");
    row("an error with a code only, and a message", R"({"error":{"code":7},"message":"No"})");
    row("a type without a message", R"({"type":"error","error":{"type":"No"}})");
}

void TestMessagesResponseReader::jsonErrors() {
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, message);
    MessagesResponseReader reader(false);
    reader.feed(json);
    reader.finish();
    QCOMPARE(reader.errorMessage(), message);
}

void TestMessagesResponseReader::aLongResponseIsReadAsItPasses() {
    const QByteArray piece(1024 * 1024, 'x');
    MessagesResponseReader reader(false);
    reader.feed(R"({"content":")");
    for (int i = 0; i < 40; ++i)
        reader.feed(piece);
    reader.feed(R"(","usage":{"input_tokens":5,"output_tokens":6}})");
    reader.finish();
    QCOMPARE(reader.usage(), (Usage{5, 6, {}, {}}));
}

void TestMessagesResponseReader::eventsAsDeepAsOneLikesAreSurvived() {
    const QByteArray deep = QByteArray(100000, '[') + QByteArray(100000, ']');
    const QByteArray delta = R"({"usage":{"output_tokens":6},"a":)" + deep + '}';
    const QByteArray error = R"({"error":)" + deep + '}';
    MessagesResponseReader reader(true);
    reader.feed(sseEvent("message_delta", delta.constData()));
    reader.feed(sseEvent("error", error.constData()));
    QCOMPARE(reader.usage(), Usage{});
    QVERIFY(reader.hasErrorEvent());
}

QTEST_APPLESS_MAIN(TestMessagesResponseReader)
#include "tst_messagesresponsereader.moc"
