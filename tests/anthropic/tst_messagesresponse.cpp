// SPDX-License-Identifier: MIT
#include "core/anthropic/usage.h"

#include <QTest>

using namespace sallyport;

class TestMessagesResponse : public QObject {
    Q_OBJECT
private slots:
    void aStreamTellsItsUsageAsItPasses();
    void everyCutOfAStreamGivesTheSame();
    void endings_data();
    void endings();
    void jsonResponses_data();
    void jsonResponses();
    void jsonErrors_data();
    void jsonErrors();
    void aResponseThatIsTooLargeIsNotRead();
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
    QCOMPARE(reader.model(), "claude-x");
    QCOMPARE(reader.usage(), (Usage{12, 42, 4000, 3}));
    QCOMPARE(reader.stopReason(), "end_turn");
    QCOMPARE(reader.events(), 7U);
    QVERIFY(reader.sawEnd());
    QVERIFY(reader.errorMessage().isEmpty());
}

void TestMessagesResponse::aStreamTellsItsUsageAsItPasses() {
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

void TestMessagesResponse::everyCutOfAStreamGivesTheSame() {
    const QByteArray stream = wholeStream();
    for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
        MessagesResponseReader reader(true);
        reader.feed(QByteArrayView(stream).first(cut));
        reader.feed(QByteArrayView(stream).sliced(cut));
        reader.finish();
        compareWhole(reader);
    }
}

void TestMessagesResponse::endings_data() {
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<bool>("sawEnd");
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("message_stop") << sseEvent("message_stop", "{}") << true << QByteArray();
    QTest::newRow("an error event")
        << sseEvent("error",
                    R"({"type":"error","error":{"type":"overloaded_error","message":"Over"}})")
        << true << QByteArray("Over");
    QTest::newRow("an error event whose data is no JSON")
        << sseEvent("error", "oops") << true << QByteArray();
    QTest::newRow("an error event without a line for its type")
        << QByteArray("data: {\"type\":\"error\",\"error\":{\"message\":\"Over\"}}\n\n") << true
        << QByteArray("Over");
    QTest::newRow("message_stop without a line for its type")
        << QByteArray("data: {\"type\": \"message_stop\"}\n\n") << true << QByteArray();
    QTest::newRow("a message_stop that is cut")
        << QByteArray("event: message_stop\ndata: {}\n") << false << QByteArray();
    QTest::newRow("text that speaks of message_stop")
        << QByteArray("data: {\"text\":\"message_stop\"}\n\n") << false << QByteArray();
    QTest::newRow("nothing") << QByteArray() << false << QByteArray();
}

void TestMessagesResponse::endings() {
    QFETCH(QByteArray, stream);
    QFETCH(bool, sawEnd);
    QFETCH(QByteArray, error);
    MessagesResponseReader reader(true);
    reader.feed(stream);
    reader.finish();
    QCOMPARE(reader.sawEnd(), sawEnd);
    QCOMPARE(reader.errorMessage(), error);
}

void TestMessagesResponse::jsonResponses_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<qint64>("input");
    QTest::addColumn<qint64>("output");
    const auto row = [](const char* tag, const char* json, qint64 input, qint64 output) {
        QTest::newRow(tag) << QByteArray(json) << input << output;
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
    row("a usage inside the content is not the response's",
        R"({"content":{"usage":{"input_tokens":1}},"usage":{"input_tokens":2}})", 2, -1);
    row("no JSON", "<html>", -1, -1);
    row("cut JSON", R"({"usage":{"input_tokens":5)", -1, -1);
    row("an array", "[1]", -1, -1);
    row("nothing", "", -1, -1);
}

void TestMessagesResponse::jsonResponses() {
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

void TestMessagesResponse::jsonErrors_data() {
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
}

void TestMessagesResponse::jsonErrors() {
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, message);
    MessagesResponseReader reader(false);
    reader.feed(json);
    reader.finish();
    QCOMPARE(reader.errorMessage(), message);
}

void TestMessagesResponse::aResponseThatIsTooLargeIsNotRead() {
    MessagesResponseReader reader(false);
    reader.feed(R"({"usage":{"input_tokens":5},"content":")");
    reader.feed(QByteArray(MessagesResponseReader::kMaxJson, 'x'));
    reader.feed(R"("})");
    reader.finish();
    QCOMPARE(reader.usage(), Usage{});
}

QTEST_APPLESS_MAIN(TestMessagesResponse)
#include "tst_messagesresponse.moc"
