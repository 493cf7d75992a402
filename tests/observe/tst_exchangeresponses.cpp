// SPDX-License-Identifier: MIT
#include "core/observe/exchangelog.h"

#include "core/http/contentdecoder.h"

#include <QTest>

using namespace sallyport;

/// What contents of responses tell about an exchange: how it ended, and the error text of its row.
class TestExchangeResponses : public QObject {
    Q_OBJECT
private slots:
    void streamsEndAsTheyTell_data();
    void streamsEndAsTheyTell();
    void errorTextsOfUpstreams_data();
    void errorTextsOfUpstreams();
    void aCodedResponseIsReadDecoded();
    void aCodedStreamIsReadBeyondWhatIsShown();
    void ofABombOnlySoMuchIsRead();
    void aResponseInAnUnknownCodingIsNotRead();

private:
    ManualClock m_clock;
};

static FieldList fieldsOf(std::initializer_list<std::pair<const char*, const char*>> lines) {
    FieldList fields;
    for (const auto& [name, value] : lines)
        fields.append(name, value);
    return fields;
}

void TestExchangeResponses::streamsEndAsTheyTell_data() {
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<ExchangeEnd>("told");
    QTest::addColumn<ExchangeEnd>("recorded");
    QTest::addColumn<QString>("error");
    const QByteArray messages("/v1/messages");
    const QByteArray stop("event: message_stop\ndata: {}\n\n");
    const QByteArray error("event: error\ndata: {\"error\":{\"message\":\"Overloaded\"}}\n\n");
    const QByteArray delta("event: ping\ndata: {}\n\n");
    const QString overloaded = QStringLiteral("Overloaded");
    const QString noStop = QStringLiteral("the stream ended without message_stop");
    using End = ExchangeEnd;
    QTest::newRow("a stop is a whole stream")
        << messages << delta + stop << End::Complete << End::Complete << QString();
    QTest::newRow("an error event is an upstream error")
        << messages << delta + error << End::Complete << End::UpstreamError << overloaded;
    const auto errorRow = [&](const char* tag, const QByteArray& data, const QString& text) {
        QTest::newRow(tag) << messages << QByteArray(delta + "event: error\ndata: " + data + "\n\n")
                           << End::Complete << End::UpstreamError << text;
    };
    const QString noMessage = QStringLiteral("the upstream sent an error event without a message");
    errorRow("an error event with an empty message", R"({"error":{"message":""}})", noMessage);
    errorRow("an error event without a message", "{}", noMessage);
    errorRow("an error event without data", "", noMessage);
    errorRow("an error event with a type only", R"({"error":{"type":"overloaded_error"}})",
             QStringLiteral("overloaded_error"));
    errorRow("an error event that is not JSON", "oops", QStringLiteral("oops"));
    QTest::newRow("an error event after the stop is an upstream error")
        << messages << stop + error << End::Complete << End::UpstreamError << overloaded;
    QTest::newRow("no stop is a truncated stream")
        << messages << delta << End::Complete << End::Truncated << noStop;
    QTest::newRow("behind a prefix it is a Messages stream too")
        << QByteArray("/corp/v1/messages?beta=true") << delta << End::Complete << End::Truncated
        << noStop;
    QTest::newRow("other streams end as they like")
        << QByteArray("/events") << delta << End::Complete << End::Complete << QString();
    QTest::newRow("a client that went stays gone")
        << messages << delta << End::ClientGone << End::ClientGone << QString();
}

void TestExchangeResponses::streamsEndAsTheyTell() {
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, stream);
    QFETCH(ExchangeEnd, told);
    QFETCH(ExchangeEnd, recorded);
    QFETCH(QString, error);
    ExchangeLog log(m_clock);
    const auto recorder = log.begin({});
    recorder->requestHead(RequestRole::Gateway, {"POST", "h", target}, {});
    recorder->responseHead(200, "OK", fieldsOf({{"Content-Type", "text/event-stream"}}));
    recorder->responseBody(stream);
    recorder->ended(told);
    QCOMPARE(recorder->record().end, recorded);
    QCOMPARE(recorder->record().error, error);
}

void TestExchangeResponses::errorTextsOfUpstreams_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("error");
    const QByteArray json("application/json; charset=utf-8");
    QTest::newRow("the message of a JSON error")
        << 429 << json << QByteArray(R"({"error":{"message":"Slow down"}})")
        << QStringLiteral("Slow down");
    QTest::newRow("a long message is cut at 300 characters")
        << 500 << json << QByteArray(R"({"message":")") + QByteArray(1000, 'x') + "\"}"
        << QString(300, u'x');
    QTest::newRow("JSON that does not parse") << 500 << json << QByteArray("{") << QString();
    QTest::newRow("a good response has no error text")
        << 200 << json << QByteArray(R"({"message":"fine"})") << QString();
    QTest::newRow("HTML is not read")
        << 502 << QByteArray("text/html") << QByteArray("<title>x") << QString();
}

void TestExchangeResponses::errorTextsOfUpstreams() {
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QString, error);
    ExchangeLog log(m_clock);
    const auto recorder = log.begin({});
    recorder->requestHead(RequestRole::Gateway, {"GET", "h", "/any"}, {});
    FieldList fields;
    fields.append("content-type", type);
    recorder->responseHead(status, "", fields);
    recorder->responseBody(body);
    recorder->ended(ExchangeEnd::Complete);
    QCOMPARE(recorder->record().error, error);
    QCOMPARE(recorder->record().end, ExchangeEnd::Complete);
}

void TestExchangeResponses::aCodedResponseIsReadDecoded() {
    // gzip of {"usage":{"input_tokens":5,"output_tokens":6}}
    const QByteArray coded = QByteArray::fromBase64(
        "H4sIAAAAAAACA6tWKi1OTE9VsqpWyswrKC2JL8nPTs0rVrIy1VHKLy1BFjGrrQUAOH6SMC4AAAA=");
    ExchangeLog log(m_clock);
    const auto recorder = log.begin({});
    recorder->requestHead(RequestRole::Gateway, {"POST", "h", "/v1/messages"}, {});
    recorder->responseHead(
        200, "OK", fieldsOf({{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}}));
    for (const char& byte : coded)
        recorder->responseBody(QByteArrayView(&byte, 1));
    recorder->ended(ExchangeEnd::Complete);
    QCOMPARE(recorder->record().usage, (Usage{5, 6, {}, {}}));
    QCOMPARE(recorder->record().responseBytes, coded.size());
}

/// `text` in the coding `deflate` (RFC 1950), which qCompress() has after four bytes of its own.
static QByteArray deflated(const QByteArray& text) { return qCompress(text, 9).sliced(4); }

static QByteArray eventOf(const char* type, const QByteArray& data) {
    return QByteArray("event: ") + type + "\ndata: " + data + "\n\n";
}

void TestExchangeResponses::aCodedStreamIsReadBeyondWhatIsShown() {
    QByteArray stream =
        eventOf("message_start", R"({"message":{"usage":{"input_tokens":5,"output_tokens":1}}})");
    const QByteArray delta = eventOf("content_block_delta", '{' + QByteArray(1000, 'x') + '}');
    while (stream.size() <= ContentDecoder::Limit{}.bytes)
        stream += delta;
    stream += eventOf("message_delta", R"({"usage":{"output_tokens":6}})");
    stream += eventOf("message_stop", "{}");
    ExchangeLog log(m_clock);
    const auto recorder = log.begin({});
    recorder->requestHead(RequestRole::Gateway, {"POST", "h", "/v1/messages"}, {});
    recorder->responseHead(
        200, "OK",
        fieldsOf({{"Content-Type", "text/event-stream"}, {"Content-Encoding", "deflate"}}));
    recorder->responseBody(deflated(stream));
    recorder->ended(ExchangeEnd::Complete);
    QCOMPARE(recorder->record().end, ExchangeEnd::Complete);
    QCOMPARE(recorder->record().usage, (Usage{5, 6, {}, {}}));
}

void TestExchangeResponses::ofABombOnlySoMuchIsRead() {
    const QByteArray event = eventOf("ping", QByteArray(1024 * 1024 - 100, 'x'));
    const QByteArray coded = deflated(event.repeated(110));
    ExchangeLog log(m_clock);
    const auto recorder = log.begin({});
    recorder->requestHead(RequestRole::Gateway, {"POST", "h", "/v1/messages"}, {});
    recorder->responseHead(
        200, "OK",
        fieldsOf({{"Content-Type", "text/event-stream"}, {"Content-Encoding", "deflate"}}));
    recorder->responseBody(coded);
    recorder->ended(ExchangeEnd::Complete);
    QVERIFY(recorder->record().events < 100);
    // What was not read cannot be said to be missing.
    QCOMPARE(recorder->record().end, ExchangeEnd::Complete);
}

void TestExchangeResponses::aResponseInAnUnknownCodingIsNotRead() {
    ExchangeLog log(m_clock);
    const auto recorder = log.begin({});
    recorder->requestHead(RequestRole::Gateway, {"POST", "h", "/v1/messages"}, {});
    recorder->responseHead(
        200, "OK", fieldsOf({{"Content-Type", "text/event-stream"}, {"Content-Encoding", "exi"}}));
    recorder->responseBody("event: ping\ndata: {}\n\n");
    recorder->ended(ExchangeEnd::Complete);
    QCOMPARE(recorder->record().end, ExchangeEnd::Complete);
    QCOMPARE(recorder->record().events, 0U);
}

QTEST_APPLESS_MAIN(TestExchangeResponses)
#include "tests/observe/recordnames.h"
#include "tst_exchangeresponses.moc"
