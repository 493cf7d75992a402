// SPDX-License-Identifier: MIT
#include "play.h"

using namespace sallyport;
using namespace sallyport::test;

/// Requests that two parsers could read in two ways, over a whole gateway, in both modes: refused,
/// the connection closed, nothing of them at the origin. And those that are passed on in one
/// reading.
class TestRequests : public QObject {
    Q_OBJECT

private slots:
    void init() { skipUnfit(); }
    void refusedLines_data();
    void refusedLines() { checkRefusal(); }
    void refusedFields_data();
    void refusedFields() { checkRefusal(); }
    void refusedFraming_data();
    void refusedFraming() { checkRefusal(); }
    void refusedChunks_data();
    void refusedChunks() { checkRefusal(); }
    void refusedSizes_data();
    void refusedSizes() { checkRefusal(); }
    void oneReading_data();
    void oneReading();
    void aHeadRequestIsRefusedWithoutContent();
    void aRefusalAfterAHeadIsWhole();

private:
    void checkRefusal();
    Play m_play;
    bool m_isOpen = m_play.rig.engine->open();
};

namespace {

const QByteArray kSmuggled = "GET @T@/smuggled HTTP/1.1\r\nHost: @H@\r\n\r\n";

void addColumns() {
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
}

/// The row for both modes, with a request behind it that must never be run.
void row(const char* tag, const QByteArray& bytes, int status = 400) {
    QTest::newRow(QByteArray("gateway: ").append(tag).constData())
        << Mode::Gateway << QByteArray(bytes + kSmuggled) << status;
    QTest::newRow(QByteArray("forward: ").append(tag).constData())
        << Mode::Forward << QByteArray(bytes + kSmuggled) << status;
}
void line(const char* tag, const char* text, int status = 400) {
    row(tag, QByteArray(text) + "\r\nHost: @H@\r\n\r\n", status);
}
void field(const char* tag, const char* lines, int status = 400) {
    row(tag, QByteArray("GET @T@/x HTTP/1.1\r\nHost: @H@\r\n") + lines + "\r\n\r\n", status);
}
/// A POST with `fields`, and `content` behind its head.
void post(const char* tag, const char* fields, const QByteArray& content = "0\r\n\r\n",
          int status = 400) {
    row(tag, QByteArray("POST @T@/x HTTP/1.1\r\nHost: @H@\r\n") + fields + "\r\n\r\n" + content,
        status);
}
void chunks(const char* tag, const QByteArray& content) {
    post(tag, "Transfer-Encoding: chunked", content);
}

} // namespace

void TestRequests::checkRefusal() {
    QFETCH(const Mode, mode);
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);
    QVERIFY(m_isOpen);
    m_play.origin.expect({});
    Client client = m_play.connect();
    client.methods = {"GET"};
    client.peer.send(m_play.placed(bytes, mode));
    QVERIFY(m_play.waitForEnd(client));
    const Reader read = client.read();
    QVERIFY2(!read.isBad && read.responses.size() == 1, client.bytes.constData());
    QCOMPARE(read.responses[0].head.status, status);
    QVERIFY(read.responses[0].isWhole);
    QCOMPARE(read.surplus, QByteArray());
    QCOMPARE(read.responses[0].all("Connection"), QByteArray("close"));
    for (const Seen& seen : m_play.origin.seen())
        QVERIFY2(!seen.line().contains("/smuggled"), "a hidden request was run");
    QVERIFY(m_play.origin.seen().empty());
    QVERIFY(m_play.isNextResponseItsOwn(client, mode));
}

void TestRequests::refusedLines_data() {
    addColumns();
    line("no version, as in HTTP/0.9", "GET @T@/x");
    line("HTTP/0.9 by name", "GET @T@/x HTTP/0.9", 505);
    line("HTTP/2.0", "GET @T@/x HTTP/2.0", 505);
    line("HTTP/1", "GET @T@/x HTTP/1");
    line("a minor version of two digits", "GET @T@/x HTTP/1.01");
    line("a lower-case version", "GET @T@/x http/1.1");
    line("a version behind a prefix", "GET @T@/x XHTTP/1.1");
    line("a blank behind the version", "GET @T@/x HTTP/1.1 ");
    line("two versions", "GET @T@/x HTTP/1.1 HTTP/1.1");
    row("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
    line("two blanks behind the method", "GET  @T@/x HTTP/1.1");
    line("a blank before the method", " GET @T@/x HTTP/1.1");
    line("tabs for blanks", "GET\t@T@/x\tHTTP/1.1");
    line("a colon in the method", "GET: @T@/x HTTP/1.1");
    line("a NUL in the method", "G@@ET @T@/x HTTP/1.1");
    line("a NUL in the target", "GET @T@/x@@y HTTP/1.1");
    line("a blank in the target", "GET @T@/x y HTTP/1.1");
    line("a carriage return in the target", "GET @T@/x\ry HTTP/1.1");
    line("a carriage return behind the version", "GET @T@/x HTTP/1.1\r");
    line("a fragment in the target", "GET @T@/x#y HTTP/1.1");
    line("a byte above 127 before the target", "GET \xc3\xa9@T@/x HTTP/1.1");
    line("a blank beside a byte above 127 in the target", "GET @T@/\xc3\xa9 x HTTP/1.1");
    line("a known method in lower case", "get @T@/x HTTP/1.1");
    line("a known method in mixed case", "DElete @T@/x HTTP/1.1");
    line("a request line in the target", "GET @T@/x HTTP/1.1\r\n GET /smuggled HTTP/1.1");
    line("a user in an absolute target", "GET http://a@127.0.0.1/x HTTP/1.1");
    line("another scheme", "GET gopher://127.0.0.1/x HTTP/1.1");
    line("a file URI", "GET file:///etc/passwd HTTP/1.1");
    line("a port above 65535 in the target", "GET http://127.0.0.1:65537/x HTTP/1.1");
    line("an encoded host in the target", "GET http://127%2e0.0.1/x HTTP/1.1");
    line("a backslash for the path's slash", "GET http://127.0.0.1\\@evil/x HTTP/1.1");
    line("an asterisk with another method than OPTIONS", "GET * HTTP/1.1");
    line("an asterisk in lower-case options", "options * HTTP/1.1");
    line("an authority with another method than CONNECT", "GET 127.0.0.1:80 HTTP/1.1");
    line("CONNECT with a path", "CONNECT 127.0.0.1:80/x HTTP/1.1");
    line("CONNECT without a port", "CONNECT 127.0.0.1 HTTP/1.1");
    line("CONNECT with an URI", "CONNECT http://127.0.0.1:80 HTTP/1.1");
    row("bare line feeds throughout", "GET @T@/x HTTP/1.1\nHost: @H@\n\n");
    row("a bare line feed behind the request line", "GET @T@/x HTTP/1.1\nHost: @H@\r\n\r\n");
    row("a bare carriage return for line ends", "GET @T@/x HTTP/1.1\rHost: @H@\r\r");
    row("line ends the wrong way round", "GET @T@/x HTTP/1.1\n\rHost: @H@\n\r\n\r");
}

void TestRequests::refusedFields_data() {
    addColumns();
    field("a blank before the colon", "X-A : b");
    field("a tab before the colon of a length", "Content-Length\t: 5");
    field("a blank before the colon of a coding", "Transfer-Encoding : chunked");
    field("a folded line", "X-A: b\r\n c");
    field("a folded coding", "Transfer-Encoding:\r\n chunked");
    field("a NUL in a name", "X@@A: b");
    field("a NUL in a value", "X-A: b@@c");
    field("a NUL behind a length", "Content-Length: 0@@");
    field("a byte above 127 in a name", "Transfer-Encoding\xa0: chunked");
    field("a no-break blank before a name", "\xc2\xa0Transfer-Encoding: chunked");
    field("a bare carriage return before a name", "X-A: b\r\n\rTransfer-Encoding: chunked");
    field("a bare carriage return in a value", "X-A: b\rTransfer-Encoding: chunked");
    field("a bare line feed in a value", "X-A: b\nTransfer-Encoding: chunked");
    field("a field without a colon", "Transfer-Encoding chunked");
    field("an empty name", ": b");
    field("a quoted name", "\"Content-Length\": 5");
    field("a second request line among the fields", "GET /smuggled HTTP/1.1");
    field("a second Host", "Host: @H@");
    field("a second Host of another value", "Host: evil.example");
    row("no Host", "GET @T@/x HTTP/1.1\r\nX-A: b\r\n\r\n");
    row("an empty Host", "GET @T@/x HTTP/1.1\r\nHost:\r\n\r\n");
    row("a list of hosts", "GET @T@/x HTTP/1.1\r\nHost: @H@, evil.example\r\n\r\n");
    row("a user in Host", "GET @T@/x HTTP/1.1\r\nHost: evil@@H@\r\n\r\n");
    row("a path in Host", "GET @T@/x HTTP/1.1\r\nHost: @H@/x\r\n\r\n");
    row("a blank in Host", "GET @T@/x HTTP/1.1\r\nHost: @H@ evil.example\r\n\r\n");
    row("a blank before the first field", "GET @T@/x HTTP/1.1\r\n X-A: b\r\nHost: @H@\r\n\r\n");
    row("a blank before Host", "GET @T@/x HTTP/1.1\r\n Host: @H@\r\n\r\n");
}

void TestRequests::refusedFraming_data() {
    addColumns();
    const QByteArray hidden = "0\r\n\r\n";
    post("CL.TE", "Content-Length: 6\r\nTransfer-Encoding: chunked", hidden + "G");
    post("TE.CL", "Transfer-Encoding: chunked\r\nContent-Length: 4", "5\r\nhello\r\n0\r\n\r\n");
    post("a length of none and chunked", "Content-Length: 0\r\nTransfer-Encoding: chunked");
    post("two lengths", "Content-Length: 5\r\nContent-Length: 0", "hello");
    post("two equal lengths", "Content-Length: 5\r\nContent-Length: 5", "hello");
    post("a list of lengths", "Content-Length: 5, 5", "hello");
    post("a length with a plus sign", "Content-Length: +5", "hello");
    post("a negative length", "Content-Length: -5", "hello");
    post("a hexadecimal length", "Content-Length: 0x5", "hello");
    post("an underscore in a length", "Content-Length: 1_0", "0123456789");
    post("a length with an exponent", "Content-Length: 5e0", "hello");
    post("a blank in a length", "Content-Length: 5 0", "hello");
    post("an empty length", "Content-Length:", "hello");
    post("a length of 2^64 and 5", "Content-Length: 18446744073709551621", "hello");
    post("a length that wraps to 0", "Content-Length: 18446744073709551616", hidden);
    post("a quoted length", "Content-Length: \"5\"", "hello");
    post("a fullwidth digit for a length", "Content-Length: \xef\xbc\x95", "hello");
    post("TE.TE: chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked");
    post("TE.TE: an unknown one behind", "Transfer-Encoding: chunked\r\nTransfer-encoding: x");
    post("TE.TE: an unknown one before", "Transfer-Encoding: x\r\nTransfer-Encoding: chunked",
         hidden, 501);
    post("TE.TE: a list", "Transfer-Encoding: chunked, chunked");
    post("TE.TE: identity behind", "Transfer-Encoding: chunked, identity");
    post("gzip and chunked", "Transfer-Encoding: gzip, chunked", hidden, 501);
    post("identity", "Transfer-Encoding: identity");
    post("a byte before chunked", "Transfer-Encoding: xchunked");
    post("a byte behind chunked", "Transfer-Encoding: chunkedx");
    post("chunked with a parameter", "Transfer-Encoding: chunked;q=0");
    post("chunked in quotes", "Transfer-Encoding: \"chunked\"");
    post("chunked behind a comma", "Transfer-Encoding: ,chunked");
    post("chunked before a comma", "Transfer-Encoding: chunked,");
    post("an empty coding", "Transfer-Encoding:");
    post("a vertical tab before chunked", "Transfer-Encoding: \x0b"
                                          "chunked");
    post("a form feed behind chunked", "Transfer-Encoding: chunked\x0c");
    post("a coding of another alphabet", "Transfer-Encoding: \xe1\xb4\x84hunked");
    post("a coding behind a bare carriage return", "X: y\rTransfer-Encoding: chunked");
    row("chunked in HTTP/1.0",
        "POST @T@/x HTTP/1.0\r\nHost: @H@\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    row("CONNECT with a length",
        "CONNECT 127.0.0.1:9 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"
        "hello");
    row("CONNECT with chunked content",
        "CONNECT 127.0.0.1:9 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
}

void TestRequests::refusedChunks_data() {
    addColumns();
    chunks("a size with 0x", "0x5\r\nhello\r\n0\r\n\r\n");
    chunks("a size with a plus sign", "+5\r\nhello\r\n0\r\n\r\n");
    chunks("a negative size", "-5\r\nhello\r\n0\r\n\r\n");
    chunks("an underscore in a size", "0_5\r\nhello\r\n0\r\n\r\n");
    chunks("a blank before a size", " 5\r\nhello\r\n0\r\n\r\n");
    chunks("a blank behind a size", "5 \r\nhello\r\n0\r\n\r\n");
    chunks("a size of 2^64 and 5", "10000000000000005\r\nhello\r\n0\r\n\r\n");
    chunks("a size of 2^64 less 1", "FFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n");
    chunks("a size of 2^32 in a negative's shape", "8000000000000000\r\nhello\r\n0\r\n\r\n");
    chunks("forty leading zeros", "0000000000000000000000000000000000000005\r\nhello\r\n0\r\n\r\n");
    chunks("no line end behind a chunk", "5\r\nhello0\r\n\r\n");
    chunks("two bytes for a line end behind a chunk", "5\r\nhelloXX0\r\n\r\n");
    chunks("a chunk that is longer than its size", "4\r\nhello\r\n0\r\n\r\n");
    chunks("a bare line feed behind a size", "5\nhello\r\n0\r\n\r\n");
    chunks("a bare carriage return behind a size", "5\rhello\r\n0\r\n\r\n");
    chunks("TERM.EXT: a bare line feed ends an extension", "2;\nxx\r\n4c\r\n0\r\n\r\n");
    chunks("EXT.TERM: a bare line feed in an extension's value", "2;a=b\nxx\r\n4c\r\n0\r\n\r\n");
    chunks("a carriage return in an extension", "2;a\rb\r\nxx\r\n0\r\n\r\n");
    chunks("a line end in a quoted extension", "2;a=\"\r\nxx\r\n0\r\n\r\n");
    chunks("a NUL in an extension", "2;a@@\r\nxx\r\n0\r\n\r\n");
    chunks("a semicolon without an extension", "2;\r\nxx\r\n0\r\n\r\n");
    chunks("a bare line feed behind the last chunk", "0\n\n");
    chunks("a bare line feed behind the trailers", "0\r\nX: y\r\n\n");
    chunks("a folded trailer", "0\r\nX: y\r\n z\r\n\r\n");
    chunks("a trailer that is no field", "0\r\nGET /smuggled HTTP/1.1\r\n\r\n");
    chunks("a carriage return in a trailer", "0\r\nX: y\rz\r\n\r\n");
    chunks("an extension of 5000 bytes", "1;" + QByteArray(5000, 'a') + "\r\nx\r\n0\r\n\r\n");
    chunks("extensions that outweigh the content",
           QByteArray("1;" + QByteArray(3000, 'a') + "\r\nx\r\n").repeated(30) + "0\r\n\r\n");
    chunks("trailers of 20 KiB", "0\r\nX: " + QByteArray(20 * 1024, 'v') + "\r\n\r\n");
    chunks("300 trailers", "0\r\n" + QByteArray("X: v\r\n").repeated(300) + "\r\n");
}

void TestRequests::refusedSizes_data() {
    addColumns();
    row("a target of 20 KiB", "GET @T@/" + QByteArray(20 * 1024, 'a') + " HTTP/1.1\r\n", 414);
    row("a head of 70 KiB", "GET @T@/x HTTP/1.1\r\nHost: @H@\r\nX: " + QByteArray(70 * 1024, 'v'),
        431);
    row("300 fields",
        "GET @T@/x HTTP/1.1\r\nHost: @H@\r\n" + QByteArray("X: v\r\n").repeated(300) + "\r\n", 431);
    row("nine bytes of empty lines", QByteArray("\r\n").repeated(5));
}

void TestRequests::oneReading_data() {
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("framing");
    const auto passes = [](const char* tag, const QByteArray& bytes, const QByteArray& content,
                           const QByteArray& framing) {
        QTest::newRow(QByteArray("gateway: ").append(tag).constData())
            << Mode::Gateway << bytes << content << framing;
        QTest::newRow(QByteArray("forward: ").append(tag).constData())
            << Mode::Forward << bytes << content << framing;
    };
    const QByteArray start = "POST @T@/x HTTP/1.1\r\nHost: @H@\r\n";
    const QByteArray hidden = "GET /smuggled HTTP/1.1\r\nX: y";
    const QByteArray length = QByteArray::number(hidden.size());
    passes("CL.0: content that looks like a request stays content",
           start + "Content-Length: " + length + "\r\n\r\n" + hidden, hidden, "CL " + length);
    passes("GET with content keeps it",
           "GET @T@/x HTTP/1.1\r\nHost: @H@\r\nContent-Length: 5\r\n\r\nhello", "hello", "CL 5");
    passes("OPTIONS with chunked content keeps it",
           "OPTIONS @T@/x HTTP/1.1\r\nHost: @H@\r\nTransfer-Encoding: chunked\r\n\r\n"
           "5\r\nhello\r\n0\r\n\r\n",
           "hello", "TE chunked");
    passes("an odd case of chunked is written anew",
           start + "tRANSFER-eNCODING:\t ChunkeD \r\n\r\n5\r\nhello\r\n0\r\n\r\n", "hello",
           "TE chunked");
    passes("extensions are dropped and sizes written anew",
           start + "Transfer-Encoding: chunked\r\n\r\n0005;a=\"b\"\r\nhello\r\n000;x\r\n\r\n",
           "hello", "TE chunked");
    passes("leading zeros of a length are dropped", start + "Content-Length: 005\r\n\r\nhello",
           "hello", "CL 5");
    passes("Connection cannot take the length away",
           start + "Connection: Content-Length\r\nContent-Length: 5\r\n\r\nhello", "hello", "CL 5");
    passes("Connection cannot take chunked away",
           start + "Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "5\r\nhello\r\n0\r\n\r\n",
           "hello", "TE chunked");
    passes("Connection cannot take Host away", start + "Connection: Host\r\n\r\n", "", "CL ");
    passes("a name with underscores is another field",
           start + "Content_Length: 9\r\nTransfer_Encoding: chunked\r\nContent-Length: 5\r\n\r\n"
                   "hello",
           "hello", "CL 5");
    passes("framing in trailers is dropped",
           start + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nContent-Length: 9\r\n"
                   "Transfer-Encoding: x\r\nHost: evil\r\n\r\n",
           "hello", "TE chunked");
    passes("an empty line before the request line is skipped",
           "\r\n" + start + "Content-Length: 5\r\n\r\nhello", "hello", "CL 5");
    passes("a length in HTTP/1.0",
           "POST @T@/x HTTP/1.0\r\nHost: @H@\r\nContent-Length: 5\r\n\r\nhello", "hello", "CL 5");
    passes("a higher minor version",
           "POST @T@/x HTTP/1.2\r\nHost: @H@\r\nContent-Length: 5\r\n\r\n"
           "hello",
           "hello", "CL 5");
    passes("a method in lower case that is not registered",
           "brew @T@/x HTTP/1.1\r\nHost: @H@\r\nContent-Length: 5\r\n\r\nhello", "hello", "CL 5");
    passes("a request line of 8000 bytes",
           "POST @T@/" + QByteArray(8000, 'a') +
               " HTTP/1.1\r\nHost: @H@\r\nContent-Length: 5\r\n"
               "\r\nhello",
           "hello", "CL 5");
}

void TestRequests::oneReading() {
    QFETCH(const Mode, mode);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, content);
    QFETCH(const QByteArray, framing);
    m_play.origin.expect({{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"}});
    Client client = m_play.connect();
    QVERIFY(m_play.tell(client, m_play.placed(bytes, mode)));
    const Reader read = client.read();
    QCOMPARE(read.responses.at(0).content, QByteArray("ok"));
    QCOMPARE(read.surplus, QByteArray());
    QCOMPARE(m_play.origin.seen().size(), std::size_t{1});
    const Seen& seen = m_play.origin.seen().front();
    QCOMPARE(seen.content, content);
    QCOMPARE(seen.trailers.size(), std::size_t{0});
    QCOMPARE(seen.head.fields.count("Host"), std::size_t{1});
    const QByteArray coding = seen.all("Transfer-Encoding");
    QCOMPARE(coding.isEmpty() ? "CL " + seen.all("Content-Length") : "TE " + coding, framing);
    QVERIFY(m_play.isNextResponseItsOwn(client, mode));
}

void TestRequests::aHeadRequestIsRefusedWithoutContent() {
    Client client = m_play.connect();
    m_play.tell(
        client,
        m_play.placed("HEAD @T@/nowhere HTTP/1.1\r\nHost: evil.example\r\n\r\n", Mode::Gateway),
        {"HEAD"});
    QVERIFY(client.bytes.startsWith("HTTP/1.1 403 "));
    QVERIFY(client.bytes.endsWith("\r\n\r\n"));
    QCOMPARE(client.bytes.count("\r\n\r\n"), 1);
}

void TestRequests::aRefusalAfterAHeadIsWhole() {
    Client client = m_play.connect();
    QVERIFY(m_play.tell(client,
                        m_play.placed("HEAD /healthz HTTP/1.1\r\nHost: @H@\r\n\r\n", Mode::Gateway),
                        {"HEAD"}));
    m_play.tell(client, "GET / HTTP/1.1\r\nBroken\r\n\r\n");
    QVERIFY(m_play.waitForEnd(client));
    const Reader read = client.read();
    QCOMPARE(read.responses.size(), std::size_t{2});
    QCOMPARE(read.responses[1].head.status, 400);
    QVERIFY(read.responses[1].isWhole);
    QVERIFY(!read.responses[1].content.isEmpty());
}

QTEST_GUILESS_MAIN(TestRequests)
#include "tst_requests.moc"
