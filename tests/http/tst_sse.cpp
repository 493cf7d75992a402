// SPDX-License-Identifier: MIT
#include "core/http/sse.h"

#include <QtTest>

using namespace sallyport;

namespace {

QByteArray described(const std::vector<SseEvent>& events) {
    QByteArray out;
    for (const SseEvent& event : events) {
        out.append('[').append(event.type).append('|').append(event.data).append('|');
        out.append(event.id).append(']');
    }
    return out;
}

} // namespace

class TestSse : public QObject {
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void givesAnEventWithItsEmptyLine();
    void knowsWhereACommentMayStand_data();
    void knowsWhereACommentMayStand();
    void cutsWhatIsTooLong();
    void cutsALineWithoutAnEnd();
};

void TestSse::reads_data() {
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("events");
    QTest::addColumn<quint64>("comments");
    const auto row = [](const char* tag, const QByteArray& stream, const char* events,
                        quint64 comments = 0) {
        QTest::newRow(tag) << stream << QByteArray(events) << comments;
    };
    row("an event", "event: ping\ndata: {}\n\n", "[ping|{}|]");
    row("an event of no type", "data: a\n\n", "[|a|]");
    row("CRLF line ends", "event: x\r\ndata: a\r\n\r\ndata: b\r\n\r\n", "[x|a|][|b|]");
    row("CR line ends", "event: x\rdata: a\r\rdata: b\r\r", "[x|a|][|b|]");
    row("line ends of all kinds", "data: a\r\ndata: b\rdata: c\n\r\n", "[|a\nb\nc|]");
    row("several data lines", "data: a\ndata:\ndata: b\n\n", "[|a\n\nb|]");
    row("one blank behind the colon is dropped", "data:  a\ndata:b\n\n", "[| a\nb|]");
    row("a colon in the value", "data: a:b\n\n", "[|a:b|]");
    row("a field without a colon", "data\n\n", "[||]");
    row("two empty data lines", "data\ndata\n\n", "[|\n|]");
    row("an event without data is none", "event: x\n\ndata: a\n\n", "[|a|]");
    row("an identifier stays", "id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n", "[|a|1][|b|1][|c|]");
    row("an identifier with a NUL is ignored", QByteArray("id: 1\nid: a\0b\ndata: a\n\n", 23),
        "[|a|1]");
    row("comments", ": hello\ndata: a\n:\n\n: x\n\n", "[|a|]", 3);
    row("unknown fields", "retry: 10\nfoo: bar\nDATA: no\ndata: a\n\n", "[|a|]");
    row("a byte order mark",
        "\xef\xbb\xbf"
        "data: a\n\n",
        "[|a|]");
    row("a byte order mark further on",
        "data: a\n\n\xef\xbb\xbf"
        "data: b\n\n",
        "[|a|]");
    row("a last event without its empty line", "data: a\n\ndata: b\n", "[|a|]");
    row("empty lines", "\n\n\r\n\r\rdata: a\n\n\n\n", "[|a|]");
    row("UTF-8", "data: h\xc3\xa9\xe4\xbd\xa0\n\n", "[|h\xc3\xa9\xe4\xbd\xa0|]");
}

void TestSse::reads() {
    QFETCH(QByteArray, stream);
    QFETCH(QByteArray, events);
    QFETCH(quint64, comments);
    SseParser whole;
    QCOMPARE(described(whole.feed(stream)), events);
    QCOMPARE(whole.comments(), comments);
    QVERIFY(!whole.wasCut());
    for (qsizetype at = 0; at <= stream.size(); ++at) {
        SseParser parser;
        QByteArray seen = described(parser.feed(QByteArrayView(stream).first(at)));
        seen.append(described(parser.feed(QByteArrayView(stream).sliced(at))));
        QCOMPARE(seen, events);
        QCOMPARE(parser.comments(), comments);
    }
    SseParser parser;
    QByteArray seen;
    for (qsizetype at = 0; at < stream.size(); ++at)
        seen.append(described(parser.feed(QByteArrayView(stream).sliced(at, 1))));
    QCOMPARE(seen, events);
}

void TestSse::givesAnEventWithItsEmptyLine() {
    SseParser parser;
    QVERIFY(parser.feed("data: a\n").empty());
    QCOMPARE(parser.feed("\n").size(), std::size_t{1});
    QVERIFY(parser.feed("data: a\r\n").empty());
    // The CR ends the line; nobody has to wait for its LF.
    QCOMPARE(parser.feed("\r").size(), std::size_t{1});
    QVERIFY(parser.feed("\n").empty());
}

void TestSse::knowsWhereACommentMayStand_data() {
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<bool>("isBetween");
    const auto row = [](const char* tag, const char* stream, bool isBetween) {
        QTest::newRow(tag) << QByteArray(stream) << isBetween;
    };
    row("at the start", "", true);
    row("behind an event", "data: a\n\n", true);
    row("behind an event with CRLF", "data: a\r\n\r\n", true);
    row("between CR and LF", "data: a\r\n\r", false);
    row("behind a data line", "data: a\n", false);
    row("in a data line", "data: a", false);
    row("behind a type", "event: a\n", false);
    row("behind a field that is unknown", "foo\n", false);
    row("behind a comment line", ": a\n", true);
    row("in a comment", ": a", false);
    row("behind a comment within an event", "data: a\n: b\n", false);
    row("in a byte order mark", "\xef\xbb", false);
}

void TestSse::knowsWhereACommentMayStand() {
    QFETCH(QByteArray, stream);
    QFETCH(bool, isBetween);
    SseParser parser;
    const auto events = parser.feed(stream);
    QVERIFY(events.size() <= 1);
    QCOMPARE(parser.isBetweenEvents(), isBetween);
}

void TestSse::cutsWhatIsTooLong() {
    SseParser parser(10);
    const auto exact = parser.feed("data: 0123456789\n\n");
    QCOMPARE(described(exact), QByteArray("[|0123456789|]"));
    QVERIFY(!parser.wasCut());
    const auto cut = parser.feed("data: 0123456789a\n\ndata: b\n\n");
    QCOMPARE(described(cut), QByteArray("[|0123456789|][|b|]"));
    QVERIFY(parser.wasCut());
    SseParser lines(10);
    QCOMPARE(described(lines.feed("data: 01234\ndata: 56789\n\n")), QByteArray("[|01234\n5678|]"));
    QVERIFY(lines.wasCut());
    SseParser empty(10);
    for (int i = 0; i < 1000; ++i)
        QVERIFY(empty.feed("data:\n").empty());
    QCOMPARE(described(empty.feed("\n")), QByteArray("[|\n\n\n\n\n\n\n\n\n\n|]"));
    QVERIFY(empty.wasCut());
}

void TestSse::cutsALineWithoutAnEnd() {
    SseParser parser(100);
    const QByteArray piece(64, 'x');
    QVERIFY(parser.feed("data: ").empty());
    for (int i = 0; i < 100; ++i)
        QVERIFY(parser.feed(piece).empty());
    const auto events = parser.feed("\n\n");
    QVERIFY(parser.wasCut());
    QCOMPARE(events.size(), std::size_t{1});
    QCOMPARE(events[0].data.size(), 94);
}

QTEST_GUILESS_MAIN(TestSse)
#include "tst_sse.moc"
