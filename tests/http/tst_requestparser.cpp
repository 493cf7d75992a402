// SPDX-License-Identifier: MIT
#include "tests/http/replay.h"

#include <QtTest>

using namespace sallyport;
using namespace sallyport::test;

Q_DECLARE_METATYPE(sallyport::ParseErrorKind)
Q_DECLARE_METATYPE(std::optional<sallyport::ParseErrorKind>)

namespace {

/// A request line and a Host field, with `rest` behind them.
QByteArray post(const char* rest) {
    return QByteArray("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\n").append(rest);
}
QByteArray get(const char* fields) {
    return QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n").append(fields).append("\r\n");
}
QByteArray chunked(const QByteArray& body) {
    return post("Transfer-Encoding: chunked\r\n\r\n").append(body);
}

} // namespace

class TestRequestParser : public QObject {
    Q_OBJECT

private slots:
    void accepts_data();
    void accepts();
    void limits_data();
    void limits();
    void givesBodyAsViewsIntoTheInput();
    void leavesWhatFollowsToTheNextMessage();
    void staysInErrorUntilReset();
    void knowsWhenItIsBetweenMessages();
    void handsItsHeadOver();
};

void TestRequestParser::accepts_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char* tag, const QByteArray& message, const char* head,
                        const char* body = "") {
        QTest::newRow(tag) << message << QByteArray(head) << QByteArray(body);
    };
    constexpr const char* kHost = "GET / 1.1\nHost=localhost\n";
    row("a request with a Host field", get(""), kHost);
    row("an empty line before the request line", "\r\n" + get(""), kHost);
    row("four empty lines before the request line", "\r\n\r\n\r\n\r\n" + get(""), kHost);
    row("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", "GET / 1.0\n");
    row("a higher minor version is read as 1.1", "GET / HTTP/1.7\r\nHost: a\r\n\r\n",
        "GET / 1.1\nHost=a\n");
    row("a method that we do not know", "FROB /x HTTP/1.1\r\nHost: a\r\n\r\n",
        "FROB /x 1.1\nHost=a\n");
    row("the case of a method that is not registered is kept",
        "bReW /x HTTP/1.1\r\nHost: a\r\n\r\n", "bReW /x 1.1\nHost=a\n");
    row("an absolute target", "GET http://a:80/x?y HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a:80/x?y 1.1\nHost=a\n");
    row("CONNECT to a host and port", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n",
        "CONNECT a:443 1.1\nHost=a:443\n");
    row("CONNECT with a length of none",
        "CONNECT a:443 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
        "CONNECT a:443 1.1\nHost=a\nContent-Length=0\n");
    row("OPTIONS of the whole server", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "OPTIONS * 1.1\nHost=a\n");
    row("an empty field value", get("X-A:\r\nX-B: \t \r\n"),
        "GET / 1.1\nHost=localhost\nX-A=\nX-B=\n");
    row("blanks around a value are not of it", get("X-A: \t b c\t \r\n"),
        "GET / 1.1\nHost=localhost\nX-A=b c\n");
    row("no blank behind the colon", get("X-A:b:c\r\n"), "GET / 1.1\nHost=localhost\nX-A=b:c\n");
    row("every tchar in a name", get("!#$%&'*+-.^_`|~09azAZ: v\r\n"),
        "GET / 1.1\nHost=localhost\n!#$%&'*+-.^_`|~09azAZ=v\n");
    row("bytes above 127 in a value", get("X-A: \xe9\xff\r\n"),
        "GET / 1.1\nHost=localhost\nX-A=\xe9\xff\n");
    row("same-name fields stay apart and in order", get("a: 1\r\nB: 2\r\nA: 3\r\n"),
        "GET / 1.1\nHost=localhost\na=1\nB=2\nA=3\n");
    row("an underscore makes another name", get("Content_Length: 5\r\n"),
        "GET / 1.1\nHost=localhost\nContent_Length=5\n");
    row("a Host that is an IPv6 address", "GET / HTTP/1.1\r\nHost: [::1]:8899\r\n\r\n",
        "GET / 1.1\nHost=[::1]:8899\n");
    constexpr const char* kLength = "POST /v1/messages 1.1\nHost=localhost\nContent-Length=5\n";
    row("content of a length", post("Content-Length: 5\r\n\r\nhello"), kLength, "hello");
    row("blanks around a length", post("Content-Length: \t5 \t\r\n\r\nhello"), kLength, "hello");
    row("a length with leading zeros", post("Content-Length: 0005\r\n\r\nhello"),
        "POST /v1/messages 1.1\nHost=localhost\nContent-Length=0005\n", "hello");
    row("a length of none", post("Content-Length: 0\r\n\r\n"),
        "POST /v1/messages 1.1\nHost=localhost\nContent-Length=0\n");
    row("content of a GET", get("Content-Length: 2\r\n") + "ab",
        "GET / 1.1\nHost=localhost\nContent-Length=2\n", "ab");
    constexpr const char* kChunked =
        "POST /v1/messages 1.1\nHost=localhost\nTransfer-Encoding=chunked\n";
    row("chunked content", chunked("5\r\nhello\r\n0\r\n\r\n"), kChunked, "hello");
    row("chunked in another case",
        post("Transfer-Encoding: \t ChunkeD \t\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
        "POST /v1/messages 1.1\nHost=localhost\nTransfer-Encoding=ChunkeD\n", "hello");
    row("an upper-case chunk size", chunked("A\r\n0123456789\r\n0\r\n\r\n"), kChunked,
        "0123456789");
    row("chunk extensions", chunked("5;a=b;c\r\nhello\r\n0;last\r\n\r\n"), kChunked, "hello");
    row("a quoted chunk extension",
        chunked("5;a=\"b;c\\\"\r\nhello\r\n0\r\n\r\n").replace("\\\"\r", "\\\"\"\r"), kChunked,
        "hello");
    row("blanks where an extension may have them",
        chunked("5 ; a = b\t;\tc = \"d\" ;e\r\nhello\r\n0\r\n\r\n"), kChunked, "hello");
    row("a long last chunk size", chunked("5\r\nhello\r\n00000\r\n\r\n"), kChunked, "hello");
    row("a trailer", chunked("5\r\nhello\r\n0\r\nX-T: 1\r\n\r\n"), kChunked, "hello");
    row("many small chunks", chunked("1\r\na\r\n1\r\nb\r\n2\r\ncd\r\n0\r\n\r\n"), kChunked, "abcd");
}

void TestRequestParser::accepts() {
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, body);
    const QByteArray sent = message + "GET /next";
    const Reading whole = readRequest({sent});
    QCOMPARE(whole.reason, QByteArray());
    QVERIFY(whole.isWhole);
    QCOMPARE(whole.head, head);
    QCOMPARE(whole.body, body);
    QCOMPARE(whole.consumed, message.size());
    for (qsizetype at = 0; at <= sent.size(); ++at)
        QCOMPARE(readRequest(cutAt(sent, at)), whole);
    QCOMPARE(readRequest(cutEverywhere(sent)), whole);
    // A start of a message is never an error, and never a whole message.
    for (qsizetype at = 0; at < message.size(); ++at) {
        const Reading part = readRequest({message.first(at)});
        QVERIFY(!part.error && !part.isWhole);
    }
}

void TestRequestParser::limits_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<std::optional<ParseErrorKind>>("kind");
    using enum ParseErrorKind;
    using Kind = std::optional<ParseErrorKind>;
    const ParseLimits limits;
    const auto row = [](const char* tag, const QByteArray& message, Kind kind) {
        QTest::newRow(tag) << message << kind;
    };
    const auto target = [](qsizetype size) -> QByteArray {
        return "GET /" + QByteArray(size - 1, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n";
    };
    row("a target of 8000 bytes", target(8000), {});
    row("a target as long as allowed", target(limits.target), {});
    row("a target one byte too long", target(limits.target + 1), TargetTooLong);
    row("a target beyond the head's limit", target(limits.head + 1), TargetTooLong);
    row("a target without an end", "GET /" + QByteArray(limits.head, 'a'), TargetTooLong);
    const auto head = [](qsizetype size) -> QByteArray {
        const QByteArray start = "GET / HTTP/1.1\r\nHost: a\r\nX-Big: ";
        return start + QByteArray(size - start.size() - 4, 'v') + "\r\n\r\n";
    };
    row("a head as large as allowed", head(limits.head), {});
    row("a head one byte too large", head(limits.head + 1), HeadTooLarge);
    row("a field without an end", QByteArray(head(limits.head * 2)).chopped(4), HeadTooLarge);
    const auto fields = [](std::size_t count) -> QByteArray {
        QByteArray message = "GET / HTTP/1.1\r\nHost: a\r\n";
        for (std::size_t i = 1; i < count; ++i)
            message.append("X: v\r\n");
        return message + "\r\n";
    };
    row("as many fields as allowed", fields(limits.fields), {});
    row("one field too many", fields(limits.fields + 1), HeadTooLarge);
    const auto chunkLine = [](qsizetype size) {
        return chunked("5;" + QByteArray(size - 4, 'a') + "\r\nhello\r\n0\r\n\r\n");
    };
    row("an extension as long as allowed", chunkLine(limits.chunkLine), {});
    row("an extension one byte too long", chunkLine(limits.chunkLine + 1), BadChunk);
    const auto extended = [&limits](qsizetype extra, const QByteArray& piece) {
        // Each chunk's ';' stands for the size line, what is behind it for the extensions.
        const qsizetype perLine = 4000;
        QByteArray body;
        for (qsizetype left = limits.chunkExtensions + extra; left > 0; left -= perLine)
            body.append(QByteArray::number(piece.size(), 16) + ';')
                .append(QByteArray(std::min(left, perLine), 'a') + "\r\n" + piece + "\r\n");
        return chunked(body + "0\r\n\r\n");
    };
    // Each line's CR counts, each chunk's byte is taken off: they cancel out.
    row("extensions that add up to what is allowed", extended(-1, "x"), {});
    row("extensions that add up to more", extended(2, "x"), BadChunk);
    row("extensions that come with as much content", extended(64 * 1024, QByteArray(4001, 'x')),
        {});
    const auto trailer = [](qsizetype size) {
        return chunked("0\r\nX: " + QByteArray(size - 7, 'v') + "\r\n\r\n");
    };
    row("trailers as large as allowed", trailer(limits.trailers), {});
    row("trailers one byte too large", trailer(limits.trailers + 1), BadTrailer);
    QByteArray many = "0\r\n";
    for (std::size_t i = 0; i <= limits.fields; ++i)
        many.append("X: v\r\n");
    row("one trailer too many", chunked(many + "\r\n"), BadTrailer);
}

void TestRequestParser::limits() {
    QFETCH(QByteArray, message);
    QFETCH(std::optional<ParseErrorKind>, kind);
    const Reading whole = readRequest({message});
    QCOMPARE(whole.error, kind);
    QCOMPARE(whole.isWhole, !kind.has_value());
    QCOMPARE(readRequest(cutEverywhere(message)), whole);
    for (const qsizetype at : {message.size() / 2, message.size() - 1})
        QCOMPARE(readRequest(cutAt(message, at)), whole);
}

void TestRequestParser::givesBodyAsViewsIntoTheInput() {
    const QByteArray message = chunked("3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n");
    RequestParser parser;
    QByteArrayView input = message;
    const char* const end = message.constData() + message.size();
    int pieces = 0;
    while (true) {
        const ParseOutcome outcome = parser.next(input);
        input = input.sliced(outcome.consumed);
        if (outcome.step == ParseStep::End) break;
        QVERIFY(outcome.step == ParseStep::Head || outcome.step == ParseStep::Body);
        if (outcome.step != ParseStep::Body) continue;
        ++pieces;
        QVERIFY(outcome.body.data() > message.constData() && outcome.body.data() < end);
    }
    QCOMPARE(pieces, 2);
    QVERIFY(input.isEmpty());
}

void TestRequestParser::leavesWhatFollowsToTheNextMessage() {
    const QByteArray first = post("Content-Length: 5\r\n\r\nhello");
    const QByteArray second = chunked("1\r\nx\r\n0\r\nT: 1\r\n\r\n");
    const QByteArray third = get("");
    const QByteArray all = first + second + "\r\n" + third;
    RequestParser parser;
    QByteArrayView input = all;
    std::vector<QByteArray> bodies;
    for (int i = 0; i < 3; ++i) {
        Reading reading;
        QVERIFY(!feed(parser, input, reading));
        QVERIFY(reading.isWhole);
        input = input.sliced(reading.consumed);
        bodies.push_back(reading.body);
        QCOMPARE(reading.trailers.size(), i == 1 ? std::size_t{1} : std::size_t{0});
        QCOMPARE(parser.next(input).step, ParseStep::End);
        parser.reset();
    }
    QVERIFY(input.isEmpty());
    QCOMPARE(bodies, (std::vector<QByteArray>{"hello", "x", ""}));
}

void TestRequestParser::staysInErrorUntilReset() {
    RequestParser parser;
    QCOMPARE(parser.next("GET / HTTP/9.9\r\n").step, ParseStep::Error);
    QCOMPARE(parser.error().kind, ParseErrorKind::BadVersion);
    const ParseOutcome again = parser.next(get(""));
    QCOMPARE(again.step, ParseStep::Error);
    QCOMPARE(again.consumed, 0);
    QCOMPARE(parser.error().kind, ParseErrorKind::BadVersion);
}

void TestRequestParser::knowsWhenItIsBetweenMessages() {
    RequestParser parser;
    QVERIFY(parser.isBetweenMessages());
    QCOMPARE(parser.next("\r\n").step, ParseStep::NeedMore);
    QVERIFY(parser.isBetweenMessages());
    QCOMPARE(parser.next("G").step, ParseStep::NeedMore);
    QVERIFY(!parser.isBetweenMessages());
    QCOMPARE(parser.next("ET / HTTP/1.0\r\n\r\n").step, ParseStep::Head);
    QVERIFY(!parser.isBetweenMessages());
    QCOMPARE(parser.next({}).step, ParseStep::End);
    QVERIFY(!parser.isBetweenMessages());
    parser.reset();
    QVERIFY(parser.isBetweenMessages());
}

void TestRequestParser::handsItsHeadOver() {
    RequestParser parser;
    QCOMPARE(parser.next(get("X-A: b\r\n")).step, ParseStep::Head);
    const RequestHead head = parser.takeHead();
    QCOMPARE(head.method, QByteArray("GET"));
    QCOMPARE(head.fields.first("x-a").value(), QByteArrayView("b"));
    QVERIFY(parser.head().fields.isEmpty());
    QCOMPARE(parser.next({}).step, ParseStep::End);
    parser.reset();
    QCOMPARE(parser.next(get("X-C: d\r\n")).step, ParseStep::Head);
    QCOMPARE(parser.head().fields.first("x-c").value(), QByteArrayView("d"));
}

QTEST_GUILESS_MAIN(TestRequestParser)
#include "tst_requestparser.moc"
