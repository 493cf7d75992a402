// SPDX-License-Identifier: MIT
#include "tests/http/replay.h"

#include <QtTest>

using namespace sallyport;
using namespace sallyport::test;

Q_DECLARE_METATYPE(sallyport::ParseErrorKind)

namespace {

QByteArray get(const char* fields) {
    return QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n").append(fields).append("\r\n");
}
QByteArray chunked(const QByteArray& body) {
    return QByteArray("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n") + body;
}
/// With a NUL in the place of every '@'.
QByteArray withNul(QByteArray message) { return message.replace('@', '\0'); }

} // namespace

/// Every row is a request that is refused, for the reason that it names.
class TestRequestRefusals : public QObject {
    Q_OBJECT

private slots:
    void startLines_data();
    void startLines() { checkRefusal(); }
    void fields_data();
    void fields() { checkRefusal(); }
    void codings_data();
    void codings() { checkRefusal(); }
    void hosts_data();
    void hosts() { checkRefusal(); }
    void chunks_data();
    void chunks() { checkRefusal(); }

private:
    void checkRefusal();
};

void TestRequestRefusals::startLines_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<ParseErrorKind>("kind");
    using enum ParseErrorKind;
    const auto row = [](const char* tag, const QByteArray& message, ParseErrorKind kind) {
        QTest::newRow(tag) << message << kind;
    };
    const auto line = [&row](const char* tag, const char* text, ParseErrorKind kind) {
        row(tag, QByteArray(text) + "\r\nHost: localhost\r\n\r\n", kind);
    };
    line("a request line without a method", " / HTTP/1.1", BadStartLine);
    line("a request line that starts with a tab", "\tGET / HTTP/1.1", BadStartLine);
    line("a control byte in the method", "GE\x01T / HTTP/1.1", BadStartLine);
    line("a parenthesis in the method", "GET() / HTTP/1.1", BadStartLine);
    line("a colon in the method", "GET: / HTTP/1.1", BadStartLine);
    line("two blanks behind the method", "GET  / HTTP/1.1", BadTarget);
    line("two blanks before the version", "GET /  HTTP/1.1", BadTarget);
    line("tabs between the parts", "GET\t/\tHTTP/1.1", BadStartLine);
    line("a vertical tab between the parts", "GET\x0b/\x0bHTTP/1.1", BadStartLine);
    line("a blank behind the version", "GET / HTTP/1.1 ", BadStartLine);
    line("a tab behind the version", "GET / HTTP/1.1\t", BadStartLine);
    line("no version", "GET /", BadStartLine);
    line("a method alone", "GET", BadStartLine);
    line("no target", "GET HTTP/1.1", BadStartLine);
    line("an empty target", "GET  HTTP/1.1", BadTarget);
    line("HTTP/2.0", "GET / HTTP/2.0", BadVersion);
    line("HTTP/3.0", "GET / HTTP/3.0", BadVersion);
    line("HTTP/0.9", "GET / HTTP/0.9", BadVersion);
    line("a minor version of two digits", "GET / HTTP/1.10", BadStartLine);
    line("a major version of two digits", "GET / HTTP/01.1", BadStartLine);
    line("a lower-case version", "GET / http/1.1", BadStartLine);
    line("a byte behind the version", "GET / HTTP/1.1x", BadStartLine);
    line("a version without a dot", "GET / HTTP/11", BadStartLine);
    line("a version with a comma", "GET / HTTP/1,1", BadStartLine);
    line("a blank in the version", "GET / HTTP/ 1.1", BadStartLine);
    line("a huge major version", "GET / HTTP/4294967297.1", BadStartLine);
    line("another protocol", "GET / ICE/1.0", BadStartLine);
    line("a protocol that ends alike", "GET / XHTTP/1.1", BadStartLine);
    line("a blank in the target", "GET /a b HTTP/1.1", BadTarget);
    line("a tab in the target", "GET /a\tb HTTP/1.1", BadTarget);
    row("a NUL in the target", withNul("GET /a@b HTTP/1.1\r\nHost: localhost\r\n\r\n"), BadTarget);
    line("a carriage return in the target", "GET /a\rb HTTP/1.1", BadLineEnd);
    line("a carriage return behind the version", "GET / HTTP/1.1\r", BadStartLine);
    line("a field behind a carriage return", "GET / HTTP/1.1\rX: y", BadStartLine);
    line("a line feed in the target", "GET /a\nb HTTP/1.1", BadLineEnd);
    line("a fragment", "GET /a#b HTTP/1.1", BadTarget);
    line("a byte above 127 before the path", "GET \xc3\xa9 HTTP/1.1", BadTarget);
    line("a known method in small letters", "get / HTTP/1.1", BadStartLine);
    line("a known method in part in small letters", "DELETe / HTTP/1.1", BadStartLine);
    line("a known method of WebDAV in small letters", "Version-Control / HTTP/1.1", BadStartLine);
    line("CONNECT in small letters", "connect localhost:443 HTTP/1.1", BadStartLine);
    line("a backslash in the path", "GET /a\\b HTTP/1.1", BadTarget);
    line("a target without a slash", "GET foo HTTP/1.1", BadTarget);
    line("a host and port with GET", "GET localhost:80 HTTP/1.1", BadTarget);
    line("an asterisk with GET", "GET * HTTP/1.1", BadTarget);
    line("a scheme that we do not know", "GET ftp://localhost/ HTTP/1.1", BadTarget);
    line("a user in an absolute target", "GET http://u@localhost/ HTTP/1.1", BadTarget);
    line("CONNECT with a path", "CONNECT / HTTP/1.1", BadTarget);
    line("CONNECT without a port", "CONNECT localhost HTTP/1.1", BadTarget);
    line("CONNECT with an empty port", "CONNECT localhost: HTTP/1.1", BadTarget);
    line("CONNECT with port 0", "CONNECT localhost:0 HTTP/1.1", BadTarget);
    row("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", BadVersion);
    row("a TLS handshake", QByteArray("\x16\x03\x01\x02", 4), BadStartLine);
    row("ten bytes of empty lines", "\r\n\r\n\r\n\r\n\r\n" + get(""), BadStartLine);
    row("a bare line feed first", "\n" + get(""), BadLineEnd);
    row("a bare carriage return first", "\r" + get(""), BadLineEnd);
    row("bare line feeds throughout", "GET / HTTP/1.1\nHost: localhost\n\n", BadLineEnd);
}

void TestRequestRefusals::fields_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<ParseErrorKind>("kind");
    using enum ParseErrorKind;
    const auto row = [](const char* tag, const char* fields, ParseErrorKind kind) {
        QTest::newRow(tag) << withNul(get(fields)) << kind;
    };
    row("a blank before the colon", "X-A : b\r\n", BadFieldName);
    row("a tab before the colon", "X-A\t: b\r\n", BadFieldName);
    row("a blank before the colon of a length", "Content-Length : 5\r\n", BadFieldName);
    row("a field without a colon", "XA\r\n", BadFieldName);
    row("a field with a blank for a colon", "Content-Length 5\r\n", BadFieldName);
    row("an empty name", ": b\r\n", BadFieldName);
    row("a colon alone", ":\r\n", BadFieldName);
    row("a blank in a name", "X A: b\r\n", BadFieldName);
    row("a NUL in a name", "X@A: b\r\n", BadFieldName);
    row("a NUL before a name", "@X: b\r\n", BadFieldName);
    row("a control byte in a name",
        "X\x01"
        "A: b\r\n",
        BadFieldName);
    row("DEL in a name",
        "X\x7f"
        "A: b\r\n",
        BadFieldName);
    row("a byte above 127 in a name", "Content-Length\x85: 5\r\n", BadFieldName);
    row("parentheses in a name", "X(A): b\r\n", BadFieldName);
    row("a brace in a name", "X{A}: b\r\n", BadFieldName);
    row("a quote in a name", "\"X\": b\r\n", BadFieldName);
    row("a comma in a name", "X,A: b\r\n", BadFieldName);
    row("a slash in a name", "X/A: b\r\n", BadFieldName);
    row("a folded line", "X-A: b\r\n c\r\n", BadFieldName);
    row("a line folded with a tab", "X-A: b\r\n\tc\r\n", BadFieldName);
    row("a folded line of blanks", "X-A:\r\n  \r\n", BadFieldName);
    row("a folded length", "Content-Length:\r\n 5\r\n", BadFieldName);
    row("a carriage return in a name", "X\rA: b\r\n", BadLineEnd);
    row("a carriage return before a name", "\rX: b\r\n", BadLineEnd);
    row("a carriage return in a value", "X-A: b\rc\r\n", BadLineEnd);
    row("two carriage returns at a line's end", "X-A: b\r\r\n", BadLineEnd);
    row("a carriage return in an empty value", "X-A: \r\r\n", BadLineEnd);
    row("a line feed in a value", "X-A: b\nX-B: c\r\n", BadLineEnd);
    row("an empty line that is a bare line feed", "X-A: b\r\n\n", BadLineEnd);
    row("a NUL in a value", "X-A: b@c\r\n", BadFieldValue);
    row("a control byte in a value",
        "X-A: b\x01"
        "c\r\n",
        BadFieldValue);
    row("an escape in a value", "X-A: \x1b[0m\r\n", BadFieldValue);
    row("DEL in a value",
        "X-A: b\x7f"
        "c\r\n",
        BadFieldValue);
    row("a second Host of the same value", "Host: localhost\r\n", BadHost);
    row("a second Host of another value", "hOST: evil\r\n", BadHost);
    row("a negative length", "Content-Length: -5\r\n", BadContentLength);
    row("a length with a plus sign", "Content-Length: +5\r\n", BadContentLength);
    row("a hexadecimal length", "Content-Length: 0x5\r\n", BadContentLength);
    row("an empty length", "Content-Length: \r\n", BadContentLength);
    row("a blank in a length", "Content-Length: 1 0\r\n", BadContentLength);
    row("a length said twice in one line", "Content-Length: 5, 5\r\n", BadContentLength);
    row("two lengths in one line", "Content-Length: 5, 6\r\n", BadContentLength);
    row("a byte behind a length", "Content-Length: 5x\r\n", BadContentLength);
    row("a fraction", "Content-Length: 5.0\r\n", BadContentLength);
    row("an underscore in a length", "Content-Length: 0_5\r\n", BadContentLength);
    row("an exponent", "Content-Length: 5e0\r\n", BadContentLength);
    row("a length of 2^63", "Content-Length: 9223372036854775808\r\n", BadContentLength);
    row("a length of 2^64 and 5", "Content-Length: 18446744073709551621\r\n", BadContentLength);
    row("a length of many digits", "Content-Length: 99999999999999999999999999999999999999\r\n",
        BadContentLength);
    row("a superscript digit", "Content-Length: \xb2\r\n", BadContentLength);
    row("a quoted length", "Content-Length: \"5\"\r\n", BadContentLength);
    row("a length with a parameter", "Content-Length: 5;a=b\r\n", BadContentLength);
    row("a comma before a length", "Content-Length: ,5\r\n", BadContentLength);
    row("a blank of Latin-1 before a length",
        "Content-Length: \xa0"
        "5\r\n",
        BadContentLength);
    row("a NUL behind a length", "Content-Length: 5@\r\n", BadFieldValue);
    row("a vertical tab before a length",
        "Content-Length: \x0b"
        "5\r\n",
        BadFieldValue);
    row("a form feed behind a length", "Content-Length: 5\f\r\n", BadFieldValue);
    row("a carriage return in a length", "Content-Length: 5\r6\r\n", BadLineEnd);
    row("two equal lengths", "Content-Length: 5\r\nContent-Length: 5\r\n", BadContentLength);
    row("two lengths", "Content-Length: 5\r\ncontent-length: 0\r\n", BadContentLength);
}

void TestRequestRefusals::codings_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<ParseErrorKind>("kind");
    using enum ParseErrorKind;
    const auto row = [](const char* tag, const char* fields, ParseErrorKind kind) {
        QTest::newRow(tag) << withNul(get(fields)) << kind;
    };
    const auto coding = [](const char* tag, const char* value, ParseErrorKind kind) {
        QTest::newRow(tag) << withNul("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: " +
                                      QByteArray(value) + "\r\n\r\n")
                           << kind;
    };
    row("a length behind chunked", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        LengthAndEncoding);
    row("a length before chunked", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        LengthAndEncoding);
    row("a length of none and chunked", "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
        LengthAndEncoding);
    row("a length and a coding that we do not know",
        "Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n", LengthAndEncoding);
    coding("identity", "identity", BadTransferEncoding);
    coding("chunked and identity", "chunked, identity", BadTransferEncoding);
    coding("identity and chunked", "identity, chunked", UnsupportedCoding);
    coding("gzip and chunked", "gzip, chunked", UnsupportedCoding);
    coding("chunked and gzip", "chunked, gzip", BadTransferEncoding);
    coding("chunked twice", "chunked, chunked", BadTransferEncoding);
    coding("chunked with a parameter", "chunked;q=1", BadTransferEncoding);
    coding("a byte before chunked", "xchunked", BadTransferEncoding);
    coding("a byte behind chunked", "chunkedx", BadTransferEncoding);
    coding("an empty coding", "", BadTransferEncoding);
    coding("a comma before chunked", ", chunked", BadTransferEncoding);
    coding("a comma behind chunked", "chunked,", BadTransferEncoding);
    coding("chunked in quotes", "\"chunked\"", BadTransferEncoding);
    coding("chunked in single quotes", "'chunked'", BadTransferEncoding);
    coding("a blank in chunked", "chun ked", BadTransferEncoding);
    coding("a blank of Latin-1 before chunked",
           "\xa0"
           "chunked",
           BadTransferEncoding);
    coding("a semicolon before chunked", ";chunked", BadTransferEncoding);
    coding("a NUL behind chunked", "chunked@", BadFieldValue);
    coding("a vertical tab before chunked",
           "\x0b"
           "chunked",
           BadFieldValue);
    coding("a carriage return before chunked", "\rchunked", BadLineEnd);
    row("chunked in two lines", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        BadTransferEncoding);
    row("chunked and identity in two lines",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", BadTransferEncoding);
    row("an unknown coding and chunked in two lines",
        "Transfer-Encoding: cow\r\nTransfer-Encoding: chunked\r\n", UnsupportedCoding);
    QTest::newRow("chunked in HTTP/1.0")
        << QByteArray("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")
        << BadTransferEncoding;
    QTest::newRow("chunked and a length in HTTP/1.0")
        << QByteArray("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n")
        << BadTransferEncoding;
    QTest::newRow("CONNECT with a length")
        << QByteArray("CONNECT a:1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n")
        << BadContentLength;
    QTest::newRow("CONNECT with chunked content")
        << QByteArray("CONNECT a:1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        << BadTransferEncoding;
}

void TestRequestRefusals::hosts_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<ParseErrorKind>("kind");
    const auto row = [](const char* tag, const char* host) {
        QTest::newRow(tag) << QByteArray("GET / HTTP/1.1\r\n" + QByteArray(host) + "\r\n\r\n")
                           << ParseErrorKind::BadHost;
    };
    QTest::newRow("no Host in HTTP/1.1")
        << QByteArray("GET / HTTP/1.1\r\n\r\n") << ParseErrorKind::BadHost;
    QTest::newRow("no Host with an absolute target")
        << QByteArray("GET http://a/ HTTP/1.1\r\n\r\n") << ParseErrorKind::BadHost;
    row("an empty Host", "Host: ");
    row("a blank in Host", "Host: a b");
    row("a slash in Host", "Host: localhost/x");
    row("a user in Host", "Host: user@localhost");
    row("a comma in Host", "Host: localhost,evil");
    row("two hosts in one line", "Host: localhost, evil");
    row("a port that is no number", "Host: localhost:99x");
    row("a port above 65535", "Host: localhost:65536");
    row("two ports", "Host: localhost:80:80");
    row("a byte above 127 in Host", "Host: \xff\xff");
    row("an open bracket", "Host: [::1");
    row("a name in brackets", "Host: [localhost]");
    row("bytes behind a bracket", "Host: [::1]a");
    row("an IPv6 address without brackets", "Host: ::1");
    row("a percent sign", "Host: local%68ost");
    row("a query in Host", "Host: localhost?x");
    row("a fragment in Host", "Host: localhost#x");
    row("a backslash in Host", "Host: localhost\\x");
    row("a semicolon in Host", "Host: localhost;x");
    row("a port without a host", "Host: :80");
}

void TestRequestRefusals::chunks_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<ParseErrorKind>("kind");
    const auto row = [](const char* tag, const char* body,
                        ParseErrorKind kind = ParseErrorKind::BadChunk) {
        QTest::newRow(tag) << withNul(chunked(body)) << kind;
    };
    row("a size with 0x", "0x5\r\nhello\r\n0\r\n\r\n");
    row("a size with a plus sign", "+5\r\nhello\r\n0\r\n\r\n");
    row("a negative size", "-5\r\nhello\r\n0\r\n\r\n");
    row("a negative zero", "-0\r\n\r\n");
    row("an underscore in a size", "0_5\r\nhello\r\n0\r\n\r\n");
    row("a blank behind a size", "5 \r\nhello\r\n0\r\n\r\n");
    row("a tab behind a size", "5\t\r\nhello\r\n0\r\n\r\n");
    row("a blank before a size", " 5\r\nhello\r\n0\r\n\r\n");
    row("an empty size", "\r\nhello\r\n0\r\n\r\n");
    row("a size that is not hexadecimal", "g\r\nhello\r\n0\r\n\r\n");
    row("bytes behind a size", "5 x\r\nhello\r\n0\r\n\r\n");
    row("a comma behind a size", "5,0\r\nhello\r\n0\r\n\r\n");
    row("a size of 2^64 and 5", "10000000000000005\r\nhello\r\n0\r\n\r\n");
    row("a size of 2^64 less 1", "FFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n");
    row("a size of 2^63", "8000000000000000\r\nhello\r\n0\r\n\r\n");
    row("forty leading zeros", "0000000000000000000000000000000000000005\r\nhello\r\n0\r\n\r\n");
    row("a NUL behind a size", "5@\r\nhello\r\n0\r\n\r\n");
    row("a size in quotes", "\"5\"\r\nhello\r\n0\r\n\r\n");
    row("a superscript digit in a size", "5\xb2\r\nhello\r\n0\r\n\r\n");
    row("no line end behind a chunk", "5\r\nhello0\r\n\r\n");
    row("a chunk longer than its size", "5\r\nhelloX\r\n0\r\n\r\n");
    row("a chunk shorter than its size", "5\r\nhell\r\n0\r\n\r\n");
    row("a bare line feed behind a chunk", "5\r\nhello\n0\r\n\r\n");
    row("a bare carriage return behind a chunk", "5\r\nhello\r0\r\n\r\n");
    row("a bare line feed behind a size", "5\nhello\r\n0\r\n\r\n");
    row("a bare carriage return behind a size", "5\rhello\r\n0\r\n\r\n");
    row("carriage returns before an extension", "5\r\r;ABCD\r\nhello\r\n0\r\n\r\n");
    row("two carriage returns behind the last size", "5\r\nhello\r\n0\r\r\n\r\n");
    row("a bare line feed behind an extension", "5;a\nhello\r\n0\r\n\r\n");
    row("a bare line feed behind a semicolon", "2;\nxx\r\n0\r\n\r\n");
    row("a bare line feed in a quoted extension", "2;a=\"\n\"\r\nxx\r\n0\r\n\r\n");
    row("a carriage return in an extension", "5;a\rb\r\nhello\r\n0\r\n\r\n");
    row("a NUL in an extension", "5;a@b\r\nhello\r\n0\r\n\r\n");
    row("a line end in a quoted extension", "5;a=\"x\r\ny\"\r\nhello\r\n0\r\n\r\n");
    row("a quote that does not end", "5;a=\"x\r\nhello\r\n0\r\n\r\n");
    row("bytes behind a quote", "5;a=\"x\"y\r\nhello\r\n0\r\n\r\n");
    row("a semicolon without an extension", "5;\r\nhello\r\n0\r\n\r\n");
    row("an extension without a name", "5;=a\r\nhello\r\n0\r\n\r\n");
    row("an extension without its value", "5;a=\r\nhello\r\n0\r\n\r\n");
    row("two equals signs in an extension", "5;a=b=c\r\nhello\r\n0\r\n\r\n");
    row("a blank at an extension's end", "5;a \r\nhello\r\n0\r\n\r\n");
    row("two words in an extension", "5;a b\r\nhello\r\n0\r\n\r\n");
    row("a trailer that is no field", "0\r\nbad trailer\r\n\r\n", ParseErrorKind::BadTrailer);
    row("a folded trailer", "0\r\nX: a\r\n b\r\n\r\n", ParseErrorKind::BadTrailer);
    row("a blank before a trailer's colon", "0\r\nX : a\r\n\r\n", ParseErrorKind::BadTrailer);
    row("a NUL in a trailer", "0\r\nX: a@\r\n\r\n", ParseErrorKind::BadTrailer);
    row("a bare line feed in a trailer", "0\r\nX: a\n\r\n", ParseErrorKind::BadTrailer);
    row("a bare line feed at the end", "0\r\n\n", ParseErrorKind::BadTrailer);
}

void TestRequestRefusals::checkRefusal() {
    QFETCH(QByteArray, message);
    QFETCH(ParseErrorKind, kind);
    const Reading whole = readRequest({message});
    QVERIFY2(whole.error.has_value(), "the message was taken");
    QCOMPARE(*whole.error, kind);
    QVERIFY(!whole.reason.isEmpty());
    QVERIFY(!whole.isWhole);
    for (qsizetype at = 0; at <= message.size(); ++at)
        QCOMPARE(readRequest(cutAt(message, at)), whole);
    QCOMPARE(readRequest(cutEverywhere(message)), whole);
}

QTEST_GUILESS_MAIN(TestRequestRefusals)
#include "tst_requestrefusals.moc"
