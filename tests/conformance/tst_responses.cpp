// SPDX-License-Identifier: MIT
#include "play.h"

using namespace sallyport;
using namespace sallyport::test;

/// What an origin says wrongly, over a whole gateway, in both modes: a 502 or a cut that shows,
/// never something that looks whole, and never a part of the next response.
class TestResponses : public QObject {
    Q_OBJECT

private slots:
    void init() { skipUnfit(); }
    void badHeads_data();
    void badHeads() { check(); }
    void badFraming_data();
    void badFraming() { check(); }
    void badContent_data();
    void badContent() { check(); }
    void earlyEnds_data();
    void earlyEnds() { check(); }
    void floods_data();
    void floods() { check(); }
    void surplus_data();
    void surplus() { check(); }
    void fine_data();
    void fine() { check(); }
    void aPostGetsTheSame_data();
    void aPostGetsTheSame();

private:
    void check();
    Play m_play;
    bool m_isOpen = m_play.rig.engine->open();
};

namespace {

const QByteArray kBad = "502";
const QByteArray kCut = "cut";

void addColumns() {
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Then>("then");
    QTest::addColumn<QByteArray>("outcome");
}

/// `outcome`: "502", "cut", or the content of a whole 200.
void row(const char* tag, const QByteArray& bytes, const QByteArray& outcome = kBad,
         Then then = Then::Keep) {
    QTest::newRow(QByteArray("gateway: ").append(tag).constData())
        << Mode::Gateway << bytes << then << outcome;
    QTest::newRow(QByteArray("forward: ").append(tag).constData())
        << Mode::Forward << bytes << then << outcome;
}
void line(const char* tag, const char* text) {
    row(tag, QByteArray(text) + "\r\nContent-Length: 5\r\n\r\nhello");
}
void field(const char* tag, const char* lines) {
    row(tag, QByteArray("HTTP/1.1 200 OK\r\n") + lines + "\r\nContent-Length: 5\r\n\r\nhello");
}
QByteArray ok(const QByteArray& fields, const QByteArray& content) {
    return "HTTP/1.1 200 OK\r\n" + fields + "\r\n\r\n" + content;
}
QByteArray chunked(const QByteArray& content) { return ok("Transfer-Encoding: chunked", content); }

} // namespace

void TestResponses::check() {
    QFETCH(const Mode, mode);
    QFETCH(const QByteArray, bytes);
    QFETCH(const Then, then);
    QFETCH(const QByteArray, outcome);
    QVERIFY(m_isOpen);
    // Twice: a GET that nobody has taken is sent again.
    const Response response{m_play.placed(bytes, mode), then};
    m_play.origin.expect({response, response});
    Client client = m_play.connect();
    m_play.tell(client, m_play.placed("GET @T@/x HTTP/1.1\r\nHost: @H@\r\n\r\n", mode));
    const Reader read = client.read();
    QVERIFY2(!read.isBad, client.bytes.constData());
    QCOMPARE(read.responses.size(), std::size_t{1});
    QCOMPARE(read.surplus, QByteArray());
    const Got& got = read.responses.front();
    if (outcome == kCut) {
        QVERIFY(client.hasEnded());
        QVERIFY2(!got.isWhole, client.bytes.constData());
    } else if (outcome == kBad) {
        QCOMPARE(got.head.status, 502);
        QVERIFY(got.isWhole);
        QVERIFY(got.all("X-Sallyport-Error").startsWith("upstream_"));
    } else {
        QCOMPARE(got.head.status, 200);
        QVERIFY(got.isWhole);
        QCOMPARE(got.content, outcome);
    }
    QVERIFY(m_play.isNextResponseItsOwn(client, mode));
}

void TestResponses::badHeads_data() {
    addColumns();
    row("no status line, as in HTTP/0.9", "<html>hello</html>", kBad, Then::Close);
    line("a word for a status line", "hello");
    line("another protocol", "ICY 200 OK");
    line("HTTP/2.0", "HTTP/2.0 200 OK");
    line("HTTP/0.9 by name", "HTTP/0.9 200 OK");
    line("a version without a dot", "HTTP/11 200 OK");
    line("a version of two digits", "HTTP/1.10 200 OK");
    line("a lower-case version", "http/1.1 200 OK");
    line("a blank before the version", " HTTP/1.1 200 OK");
    line("no status", "HTTP/1.1");
    line("no status but a phrase", "HTTP/1.1 OK");
    line("status 0", "HTTP/1.1 0 X");
    line("status 000", "HTTP/1.1 000 X");
    line("status 099", "HTTP/1.1 099 X");
    line("status 99", "HTTP/1.1 99 X");
    line("status 1000", "HTTP/1.1 1000 X");
    line("status 2000", "HTTP/1.1 2000 X");
    line("a negative status", "HTTP/1.1 -200 X");
    line("a status with a plus sign", "HTTP/1.1 +200 X");
    line("a status with a point", "HTTP/1.1 200.1 OK");
    line("two blanks before the status", "HTTP/1.1  200 OK");
    line("a tab before the status", "HTTP/1.1\t200 OK");
    line("a NUL in the phrase", "HTTP/1.1 200 O@@K");
    line("a carriage return in the phrase", "HTTP/1.1 200 OK\rX: y");
    line("an escape in the phrase", "HTTP/1.1 200 \x1b[31mOK");
    row("an empty line before the status line", "\r\n" + ok("Content-Length: 2", "ok"));
    row("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello");
    row("TLS for a response", QByteArray("\x15\x03\x01\x00\x02\x02\x28", 7));
    field("a folded field", "X: a\r\n b");
    field("a folded coding", "Transfer-Encoding:\r\n chunked");
    field("a blank before the first field", " X: a");
    field("a field without a colon", "hello");
    field("an empty name", ": a");
    field("a blank in a name", "Content Length: 3");
    field("a NUL in a name", "X@@: a");
    field("a NUL in a value", "X: a@@b");
    field("a carriage return in a value", "X: a\rSet-Cookie: b");
    field("a bare line feed in a value", "X: a\nSet-Cookie: b");
    field("a byte above 127 in a name", "X\xe9: a");
    field("a control byte in a value", "X: a\x01");
    field("a second status line among the fields", "HTTP/1.1 200 OK");
}

void TestResponses::badFraming_data() {
    addColumns();
    row("two lengths", ok("Content-Length: 5\r\nContent-Length: 2", "hello"));
    row("two lengths in one line", ok("Content-Length: 5, 2", "hello"));
    row("a length and chunked",
        ok("Content-Length: 5\r\nTransfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n"));
    row("chunked and a length of none",
        ok("Transfer-Encoding: chunked\r\nContent-Length: 0", "5\r\nhello\r\n0\r\n\r\n"));
    row("a negative length", ok("Content-Length: -1", "hello"));
    row("a length with a plus sign", ok("Content-Length: +5", "hello"));
    row("a hexadecimal length", ok("Content-Length: 0x5", "hello"));
    row("a length of letters", ok("Content-Length: five", "hello"));
    row("an empty length", ok("Content-Length:", "hello"));
    row("a length of 2^64 and 5", ok("Content-Length: 18446744073709551621", "hello"));
    row("a length with a fraction", ok("Content-Length: 5.0", "hello"));
    row("gzip for a transfer coding", ok("Transfer-Encoding: gzip", "hello"));
    row("gzip and chunked", ok("Transfer-Encoding: gzip, chunked", "5\r\nhello\r\n0\r\n\r\n"));
    row("chunked and gzip", ok("Transfer-Encoding: chunked, gzip", "5\r\nhello\r\n0\r\n\r\n"));
    row("chunked twice",
        ok("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n"));
    row("identity", ok("Transfer-Encoding: identity", "hello"));
    row("a byte before chunked", ok("Transfer-Encoding: xchunked", "hello"));
    row("an empty coding", ok("Transfer-Encoding:", "hello"));
    row("chunked in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                               "5\r\nhello\r\n0\r\n\r\n");
    row("a 101 that nobody asked for",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");
    row("a 101 that nobody asked for, with a length",
        "HTTP/1.1 101 Switching Protocols\r\nContent-Length: 5\r\n\r\nhello");
}

void TestResponses::badContent_data() {
    addColumns();
    row("a chunk size that is no number", chunked("5\r\nhello\r\nzz\r\n0\r\n\r\n"), kCut);
    row("a chunk size with 0x", chunked("5\r\nhello\r\n0x1\r\nx\r\n0\r\n\r\n"), kCut);
    row("a negative chunk size", chunked("5\r\nhello\r\n-1\r\n0\r\n\r\n"), kCut);
    row("a chunk size of 2^64 and 1", chunked("5\r\nhello\r\n10000000000000001\r\nx\r\n0\r\n\r\n"),
        kCut);
    row("a blank before a chunk size", chunked("5\r\nhello\r\n 1\r\nx\r\n0\r\n\r\n"), kCut);
    row("no line end behind a chunk", chunked("5\r\nhello0\r\n\r\n"), kCut);
    row("a chunk that is longer than its size", chunked("4\r\nhello\r\n0\r\n\r\n"), kCut);
    row("bare line feeds between chunks", chunked("5\nhello\n0\n\n"), kCut);
    row("an empty size line", chunked("5\r\nhello\r\n\r\n0\r\n\r\n"), kCut);
    row("a trailer that is no field", chunked("5\r\nhello\r\n0\r\nbad\r\n\r\n"), kCut);
    row("a trailer with a NUL", chunked("5\r\nhello\r\n0\r\nX: @@\r\n\r\n"), kCut);
    row("an extension of 5000 bytes",
        chunked("5\r\nhello\r\n1;" + QByteArray(5000, 'a') + "\r\nx\r\n0\r\n\r\n"), kCut);
}

void TestResponses::earlyEnds_data() {
    addColumns();
    for (const Then then : {Then::Close, Then::Reset}) {
        const QByteArray how = then == Then::Close ? " (close)" : " (reset)";
        // A reset may overtake what was sent before it, head and all.
        const auto ends = [&](const char* where, const QByteArray& bytes, const QByteArray& is) {
            if (then == Then::Close || is == kBad)
                row(QByteArray(where + how).constData(), bytes, is, then);
        };
        ends("before the status line", "", kBad);
        ends("in the status line", "HTTP/1.1 20", kBad);
        ends("behind the status line", "HTTP/1.1 200 OK\r\n", kBad);
        ends("in a field", "HTTP/1.1 200 OK\r\nContent-Le", kBad);
        ends("before the empty line", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n", kBad);
        ends("behind an interim response", "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n", kBad);
        ends("before content of a length", ok("Content-Length: 5", ""), kCut);
        ends("in content of a length", ok("Content-Length: 5", "hell"), kCut);
        ends("before the first chunk", chunked(""), kCut);
        ends("in a chunk size", chunked("5\r\nhello\r\n1"), kCut);
        ends("in a chunk", chunked("5\r\nhel"), kCut);
        ends("behind a chunk", chunked("5\r\nhello\r\n"), kCut);
        ends("behind the last chunk's size", chunked("5\r\nhello\r\n0\r\n"), kCut);
        ends("in a trailer", chunked("5\r\nhello\r\n0\r\nX: y"), kCut);
        ends("before the last line feed", chunked("5\r\nhello\r\n0\r\n\r"), kCut);
    }
}

void TestResponses::floods_data() {
    addColumns();
    row("300 fields", ok(QByteArray("X: v\r\n").repeated(300) + "Y: v", ""));
    row("a head of 70 KiB", ok("X: " + QByteArray(70 * 1024, 'v'), ""));
    row("a status line of 70 KiB", "HTTP/1.1 200 " + QByteArray(70 * 1024, 'v') + "\r\n\r\n");
    row("100 interim responses",
        QByteArray("HTTP/1.1 103 Early Hints\r\n\r\n").repeated(100) + ok("Content-Length: 0", ""));
    row("trailers of 20 KiB",
        chunked("5\r\nhello\r\n0\r\nX: " + QByteArray(20 * 1024, 'v') + "\r\n\r\n"), kCut);
    row("300 trailers",
        chunked("5\r\nhello\r\n0\r\n" + QByteArray("X: v\r\n").repeated(300) + "\r\n"), kCut);
}

void TestResponses::surplus_data() {
    addColumns();
    const QByteArray hidden = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison";
    row("a second response behind a length", ok("Content-Length: 5", "hello" + hidden), "hello");
    row("content behind a length of none", ok("Content-Length: 0", "hello"), "");
    row("a second response behind chunks", chunked("5\r\nhello\r\n0\r\n\r\n" + hidden), "hello");
    row("line ends behind a length", ok("Content-Length: 5", "hello\r\n\r\n"), "hello");
    row("the start of a response behind a length", ok("Content-Length: 5", "helloHTTP/1.1 200"),
        "hello");
}

void TestResponses::fine_data() {
    addColumns();
    row("no reason phrase", "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok", "ok");
    row("no blank behind the status", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", "ok");
    row("a blank before the colon", ok("Content-Length : 2", "ok"), "ok");
    row("two equal lengths", ok("Content-Length: 2\r\ncontent-length: 2", "ok"), "ok");
    row("a list of equal lengths", ok("Content-Length: 2, 2", "ok"), "ok");
    row("HTTP/1.0 until the end", "HTTP/1.0 200 OK\r\n\r\nhello", "hello", Then::Close);
    row("no length until the end", ok("X: y", "hello"), "hello", Then::Close);
    row("HTTP/1.0 with a length and keep-alive",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok", "ok");
    row("a higher minor version", "HTTP/1.9 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok");
    row("one byte of content at a time in chunks",
        chunked(QByteArray("1\r\nx\r\n").repeated(50) + "0\r\n\r\n"), QByteArray(50, 'x'));
    row("as many interim responses as allowed",
        QByteArray("HTTP/1.1 103 Early Hints\r\n\r\n").repeated(32) + ok("Content-Length: 2", "ok"),
        "ok");
}

void TestResponses::aPostGetsTheSame_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("then");
    QTest::newRow("the connection ends before a response") << QByteArray() << int(Then::Close);
    QTest::newRow("the connection is reset before a response") << QByteArray() << int(Then::Reset);
    QTest::newRow("the answer is no HTTP") << QByteArray("hello\r\n\r\n") << int(Then::Keep);
}

/// RFC 9110 9.2.2: what is not idempotent is sent once, whatever becomes of it.
void TestResponses::aPostGetsTheSame() {
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, then);
    Client client = m_play.connect();
    QVERIFY(m_play.isNextResponseItsOwn(client, Mode::Gateway)); // there is a connection to reuse
    const Response response{bytes, static_cast<Then>(then)};
    m_play.origin.expect({response, response});
    QVERIFY(m_play.tell(client, m_play.placed("POST /x HTTP/1.1\r\nHost: @H@\r\n"
                                              "Content-Length: 2\r\n\r\nhi",
                                              Mode::Gateway)));
    QCOMPARE(client.read().responses.back().head.status, 502);
    QCOMPARE(m_play.origin.seen().size(), std::size_t{1});
    QVERIFY(m_play.isNextResponseItsOwn(client, Mode::Gateway));
}

QTEST_GUILESS_MAIN(TestResponses)
#include "tst_responses.moc"
