// SPDX-License-Identifier: MIT
#include "tests/http/replay.h"

#include <QtTest>

using namespace sallyport;
using namespace sallyport::test;

Q_DECLARE_METATYPE(sallyport::ParseErrorKind)
Q_DECLARE_METATYPE(sallyport::BodyKind)

namespace {

QByteArray ok(const char* rest) { return QByteArray("HTTP/1.1 200 OK\r\n").append(rest); }
QByteArray chunked(const char* body) { return ok("Transfer-Encoding: chunked\r\n\r\n") + body; }
/// With a NUL in the place of every '@'.
QByteArray withNul(QByteArray message) { return message.replace('@', '\0'); }

} // namespace

class TestResponseParser : public QObject {
    Q_OBJECT

private slots:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void endsWithTheConnection_data();
    void endsWithTheConnection();
    void givesInterimResponsesOneByOne();
    void leavesAlienBytesBehindAnUpgrade();
    void leavesSurplusBytes();
    void knowsWhenItIsBetweenMessages();
    void usesItsBuffersAgain();
};

void TestResponseParser::accepts_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<BodyKind>("kind");
    const auto row = [](const char* tag, const char* method, const QByteArray& message,
                        const char* head, const QByteArray& body, BodyKind kind) {
        QTest::newRow(tag) << QByteArray(method) << message << QByteArray(head) << body << kind;
    };
    using enum BodyKind;
    row("content of a length", "GET", ok("Content-Length: 5\r\n\r\nhello"),
        "1.1 200 OK\nContent-Length=5\n", "hello", Length);
    row("a length of none", "GET", ok("Content-Length: 0\r\n\r\n"),
        "1.1 200 OK\nContent-Length=0\n", "", None);
    row("chunked content", "GET", chunked("5;x=y\r\nhello\r\n0\r\nT: 1\r\n\r\n"),
        "1.1 200 OK\nTransfer-Encoding=chunked\n", "hello", Chunked);
    row("content with NUL and bytes above 127", "GET",
        ok("Content-Length: 5\r\n\r\n") + QByteArray("\0\1\2\xff\xfe", 5),
        "1.1 200 OK\nContent-Length=5\n", QByteArray("\0\1\2\xff\xfe", 5), Length);
    row("no reason phrase", "GET", "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n",
        "1.1 200 \nContent-Length=0\n", "", None);
    row("no blank behind the status", "GET", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
        "1.1 200 \nContent-Length=0\n", "", None);
    row("a reason phrase in Latin-1", "GET",
        "HTTP/1.1 404 Kein\tSch\xfc \r\nContent-Length: 0\r\n\r\n",
        "1.1 404 Kein\tSch\xfc \nContent-Length=0\n", "", None);
    row("a higher minor version is read as 1.1", "GET",
        "HTTP/1.3 200 OK\r\nContent-Length: 0\r\n\r\n", "1.1 200 OK\nContent-Length=0\n", "", None);
    row("status 999", "GET", "HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n",
        "1.1 999 X\nContent-Length=0\n", "", None);
    row("a blank before the colon is removed", "GET",
        ok("X-A \t: b\r\nContent-Length : 2\r\n\r\nok"), "1.1 200 OK\nX-A=b\nContent-Length=2\n",
        "ok", Length);
    row("a length said twice is kept once", "GET",
        ok("Content-Length: 5\r\nX: y\r\ncontent-length: 5\r\n\r\nhello"),
        "1.1 200 OK\nContent-Length=5\nX=y\n", "hello", Length);
    row("a length said twice in one line is kept once", "GET",
        ok("Content-Length: 5 , 5\r\n\r\nhello"), "1.1 200 OK\nContent-Length=5\n", "hello",
        Length);
    row("Set-Cookie lines stay apart", "GET",
        ok("Set-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 0\r\n\r\n"),
        "1.1 200 OK\nSet-Cookie=a\nSet-Cookie=b\nContent-Length=0\n", "", None);
    row("HEAD has no content", "HEAD", ok("Content-Length: 5\r\n\r\n"),
        "1.1 200 OK\nContent-Length=5\n", "", None);
    row("HEAD has no content though it is chunked", "HEAD",
        ok("Transfer-Encoding: chunked\r\n\r\n"), "1.1 200 OK\nTransfer-Encoding=chunked\n", "",
        None);
    row("204 has no content", "GET", "HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\n",
        "1.1 204 No Content\nContent-Length=4\n", "", None);
    row("204 has no content though it is chunked", "GET",
        "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n",
        "1.1 204 No Content\nTransfer-Encoding=chunked\n", "", None);
    row("304 has no content", "GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\n",
        "1.1 304 Not Modified\nContent-Length=4\n", "", None);
    row("103 has no content", "GET", "HTTP/1.1 103 Early Hints\r\nContent-Length: 4\r\n\r\n",
        "1.1 103 Early Hints\nContent-Length=4\n", "", None);
    row("101 has no content", "GET", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        "1.1 101 Switching Protocols\nUpgrade=x\n", "", None);
    row("2xx to CONNECT has no content", "CONNECT", ok("Content-Length: 5\r\n\r\n"),
        "1.1 200 OK\nContent-Length=5\n", "", None);
    row("another response to CONNECT has content", "CONNECT",
        "HTTP/1.1 407 X\r\nContent-Length: 2\r\n\r\nno", "1.1 407 X\nContent-Length=2\n", "no",
        Length);
}

void TestResponseParser::accepts() {
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, body);
    QFETCH(BodyKind, kind);
    const QByteArray sent = message + "HTTP/1.1 ";
    const Reading whole = readResponse({sent}, method, false);
    QCOMPARE(whole.reason, QByteArray());
    QVERIFY(whole.isWhole);
    QCOMPARE(whole.head, head);
    QCOMPARE(whole.body, body);
    QCOMPARE(whole.framing.kind, kind);
    QCOMPARE(whole.consumed, message.size());
    for (qsizetype at = 0; at <= sent.size(); ++at)
        QCOMPARE(readResponse(cutAt(sent, at), method, false), whole);
    QCOMPARE(readResponse(cutEverywhere(sent), method, false), whole);
    // Cut short by the end of the connection, it is never taken for whole.
    for (qsizetype at = 0; at < message.size(); ++at)
        QCOMPARE(readResponse({message.first(at)}, method, true).error, ParseErrorKind::Truncated);
}

void TestResponseParser::refuses_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<ParseErrorKind>("kind");
    using enum ParseErrorKind;
    const auto row = [](const char* tag, const QByteArray& message, ParseErrorKind kind) {
        QTest::newRow(tag) << withNul(message) << kind;
    };
    row("HTML without a head", "<html>hello</html>", BadStartLine);
    row("a word", "garbage\r\n\r\n", BadStartLine);
    row("an empty line before the status line", "\r\n" + ok("\r\n"), BadStartLine);
    row("SSH", "SSH-2.0-OpenSSH_9\r\n", BadStartLine);
    row("a TLS alert", "\x15\x03\x01", BadStartLine);
    row("ICY", "ICY 200 OK\r\n\r\n", BadStartLine);
    row("HTTP/2.0", "HTTP/2.0 200 OK\r\n\r\n", BadVersion);
    row("a version of letters", "HTTP/x.y 200 OK\r\n\r\n", BadStartLine);
    row("a version of two digits", "HTTP/1.10 200 OK\r\n\r\n", BadStartLine);
    row("a lower-case version", "Http/1.1 200 OK\r\n\r\n", BadStartLine);
    row("no status", "HTTP/1.1\r\n\r\n", BadStartLine);
    row("no status behind a blank", "HTTP/1.1 \r\n\r\n", BadStartLine);
    row("a short line", "HTTP\r\n\r\n", BadStartLine);
    row("status 0", "HTTP/1.1 0 X\r\n\r\n", BadStartLine);
    row("status 99", "HTTP/1.1 99 X\r\n\r\n", BadStartLine);
    row("status 099", "HTTP/1.1 099 X\r\n\r\n", BadStartLine);
    row("status 1000", "HTTP/1.1 1000 X\r\n\r\n", BadStartLine);
    row("a negative status", "HTTP/1.1 -200 X\r\n\r\n", BadStartLine);
    row("a status with letters", "HTTP/1.1 2xx X\r\n\r\n", BadStartLine);
    row("two blanks before the status", "HTTP/1.1  200 OK\r\n\r\n", BadStartLine);
    row("a tab before the status", "HTTP/1.1\t200 OK\r\n\r\n", BadStartLine);
    row("a tab behind the status", "HTTP/1.1 200\tOK\r\n\r\n", BadStartLine);
    row("a control byte in the reason", "HTTP/1.1 200 O\x01K\r\n\r\n", BadStartLine);
    row("a NUL in the reason", "HTTP/1.1 200 O@K\r\n\r\n", BadStartLine);
    row("a carriage return in the reason", "HTTP/1.1 200 O\rK\r\n\r\n", BadLineEnd);
    row("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", BadLineEnd);
    row("a bare line feed in a field", ok("X-A: b\nContent-Length: 5\r\n\r\nhello"), BadLineEnd);
    row("a carriage return in a field", ok("X-A: b\rSet-Cookie: c\r\n\r\n"), BadLineEnd);
    row("a carriage return at a field's end", ok("X-A: b\r\r\n\r\n"), BadLineEnd);
    row("a NUL in a field", ok("X-A: b@c\r\n\r\n"), BadFieldValue);
    row("a field without a colon", ok("XA b\r\n\r\n"), BadFieldName);
    row("an empty name", ok(": b\r\n\r\n"), BadFieldName);
    row("blanks for a name", ok(" : b\r\n\r\n"), BadFieldName);
    row("a byte above 127 in a name", ok("X\xff: b\r\n\r\n"), BadFieldName);
    row("two words before the colon", ok("X A : b\r\n\r\n"), BadFieldName);
    row("a folded line", ok("X-A: b\r\n c\r\n\r\n"), BadFieldName);
    row("a blank before the first field", ok(" X-A: b\r\n\r\n"), BadFieldName);
    row("two lengths", ok("Content-Length: 5\r\nContent-Length: 9\r\n\r\nhello"), BadContentLength);
    row("two lengths in one line", ok("Content-Length: 5, 9\r\n\r\nhello"), BadContentLength);
    row("a negative length", ok("Content-Length: -5\r\n\r\nhello"), BadContentLength);
    row("a length with a plus sign", ok("Content-Length: +5\r\n\r\nhello"), BadContentLength);
    row("a byte behind a length", ok("Content-Length: 5x\r\n\r\nhello"), BadContentLength);
    row("an empty length", ok("Content-Length: \r\n\r\nhello"), BadContentLength);
    row("an empty member of a length", ok("Content-Length: 5,\r\n\r\nhello"), BadContentLength);
    row("a length of 2^64 and 5", ok("Content-Length: 18446744073709551621\r\n\r\nhello"),
        BadContentLength);
    row("two lengths in a 304", "HTTP/1.1 304 X\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n",
        BadContentLength);
    row("a length and chunked",
        ok("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), LengthAndEncoding);
    row("an unknown coding", ok("Transfer-Encoding: cow\r\n\r\nhello"), BadTransferEncoding);
    row("a coding besides chunked", ok("Transfer-Encoding: gzip, chunked\r\n\r\n"),
        UnsupportedCoding);
    row("chunked in two lines",
        ok("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        BadTransferEncoding);
    row("chunked in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        BadTransferEncoding);
    row("a chunk size with 0x", chunked("0x5\r\nhello\r\n0\r\n\r\n"), BadChunk);
    row("a chunk size that is no number", chunked("g\r\nhello\r\n0\r\n\r\n"), BadChunk);
    row("a chunk size of 17 digits", chunked("FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n"), BadChunk);
    row("a blank before a chunk size", chunked(" 5\r\nhello\r\n0\r\n\r\n"), BadChunk);
    row("an empty chunk size", chunked("\r\nhello\r\n0\r\n\r\n"), BadChunk);
    row("no line end behind a chunk", chunked("5\r\nhelloXX0\r\n\r\n"), BadChunk);
    row("bare line feeds between chunks", chunked("5\nhello\n0\n\n"), BadChunk);
    row("a bad trailer", chunked("0\r\nT\r\n\r\n"), BadTrailer);
    QByteArray big("HTTP/1.1 200 OK\r\nX-Big: ");
    row("a head that is too large", big + QByteArray(70000, 'v') + "\r\n\r\n", HeadTooLarge);
    row("a status line that is too long", "HTTP/1.1 200 " + QByteArray(70000, 'v') + "\r\n\r\n",
        HeadTooLarge);
}

void TestResponseParser::refuses() {
    QFETCH(QByteArray, message);
    QFETCH(ParseErrorKind, kind);
    const Reading whole = readResponse({message}, "GET", false);
    QVERIFY2(whole.error.has_value(), "the response was taken");
    QCOMPARE(*whole.error, kind);
    QVERIFY(!whole.isWhole);
    const qsizetype step = message.size() > 10000 ? 9973 : 1;
    for (qsizetype at = 0; at <= message.size(); at += step)
        QCOMPARE(readResponse(cutAt(message, at), "GET", true), whole);
    QCOMPARE(readResponse(cutEverywhere(message), "GET", true), whole);
}

void TestResponseParser::endsWithTheConnection_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isWhole");
    const auto row = [](const char* tag, const QByteArray& message, const char* body,
                        bool isWhole) {
        QTest::newRow(tag) << message << QByteArray(body) << isWhole;
    };
    row("content without a length", ok("\r\nhello"), "hello", true);
    row("no content without a length", ok("\r\n"), "", true);
    row("content of HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nhello", "hello", true);
    row("a whole content of a length", ok("Content-Length: 2\r\n\r\nok"), "ok", true);
    row("a whole chunked content", chunked("2\r\nok\r\n0\r\n\r\n"), "ok", true);
    row("nothing at all", "", "", false);
    row("a part of a head", ok("Content-Le"), "", false);
    row("a part of a length", ok("Content-Length: 50\r\n\r\nhello"), "hello", false);
    row("no last chunk", chunked("5\r\nhello\r\n"), "hello", false);
    row("a part of a chunk", chunked("50\r\nhello"), "hello", false);
    row("no line end behind the last chunk", chunked("5\r\nhello\r\n0\r\n"), "hello", false);
}

void TestResponseParser::endsWithTheConnection() {
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, body);
    QFETCH(bool, isWhole);
    const Reading whole = readResponse({message}, "GET", true);
    QCOMPARE(whole.isWhole, isWhole);
    QCOMPARE(whole.body, body);
    if (!isWhole) QCOMPARE(whole.error, ParseErrorKind::Truncated);
    QCOMPARE(readResponse(cutEverywhere(message), "GET", true), whole);
}

void TestResponseParser::givesInterimResponsesOneByOne() {
    const QByteArray all =
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" +
        ok("Content-Length: 2\r\n\r\nok");
    ResponseParser parser;
    parser.expectResponseTo("GET");
    QByteArrayView input = all;
    std::vector<int> seen;
    for (int i = 0; i < 3; ++i) {
        Reading reading;
        QVERIFY(!feed(parser, input, reading));
        QVERIFY(reading.isWhole);
        input = input.sliced(reading.consumed);
        seen.push_back(parser.head().status);
        QCOMPARE(parser.head().isInterim(), i < 2);
        parser.reset();
    }
    QCOMPARE(seen, (std::vector<int>{100, 103, 200}));
    QVERIFY(input.isEmpty());
}

void TestResponseParser::leavesAlienBytesBehindAnUpgrade() {
    const QByteArray all = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n\x81\x01z";
    ResponseParser parser;
    parser.expectResponseTo("GET");
    Reading reading;
    QVERIFY(!feed(parser, all, reading));
    QVERIFY(reading.isWhole);
    QVERIFY(!parser.head().isInterim());
    QCOMPARE(QByteArrayView(all).sliced(reading.consumed), QByteArrayView("\x81\x01z"));
}

void TestResponseParser::leavesSurplusBytes() {
    const QByteArray all = ok("Content-Length: 3\r\n\r\nhelloHTTP/1.1 200 OK\r\n\r\n");
    const Reading reading = readResponse({all}, "GET", false);
    QVERIFY(reading.isWhole);
    QCOMPARE(reading.body, QByteArray("hel"));
    QVERIFY(QByteArrayView(all).sliced(reading.consumed).startsWith("loHTTP"));
}

void TestResponseParser::knowsWhenItIsBetweenMessages() {
    ResponseParser parser;
    parser.expectResponseTo("GET");
    QVERIFY(parser.isBetweenMessages());
    QCOMPARE(parser.next({}).step, ParseStep::NeedMore);
    QVERIFY(parser.isBetweenMessages());
    QCOMPARE(parser.next("H").step, ParseStep::NeedMore);
    QVERIFY(!parser.isBetweenMessages());
    QCOMPARE(parser.finish().step, ParseStep::Error);
    QCOMPARE(parser.error().kind, ParseErrorKind::Truncated);
    QCOMPARE(parser.next("TTP/1.1 200 OK\r\n\r\n").step, ParseStep::Error);
    parser.expectResponseTo("HEAD");
    QVERIFY(parser.isBetweenMessages());
}

void TestResponseParser::usesItsBuffersAgain() {
    ResponseParser parser;
    parser.expectResponseTo("GET");
    const QByteArray message = ok("X-A: b\r\nContent-Length: 0\r\n\r\n");
    QCOMPARE(parser.next(message).step, ParseStep::Head);
    const char* const before = parser.head().fields.at(0).name.data();
    QCOMPARE(parser.next({}).step, ParseStep::End);
    parser.reset();
    QCOMPARE(parser.next(message).step, ParseStep::Head);
    QCOMPARE(static_cast<const void*>(parser.head().fields.at(0).name.data()),
             static_cast<const void*>(before));
}

QTEST_GUILESS_MAIN(TestResponseParser)
#include "tst_responseparser.moc"
