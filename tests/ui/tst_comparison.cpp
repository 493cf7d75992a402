// SPDX-License-Identifier: MIT
#include "ui/resend/comparison.h"

#include "tests/ui/demofeed.h"
#include "ui/resend/comparisonwindow.h"

#include <QTest>

using namespace sallyport;

using Kind = ComparedLine::Kind;

Q_DECLARE_METATYPE(QVector<ComparedLine>)

class ComparisonTest : public QObject {
    Q_OBJECT
private slots:
    void linesStandBesideEachOther_data();
    void linesStandBesideEachOther();
    void longTextsAreComparedInTheirOrder();
    void figuresAndHeadersAreCompared();
    void aMessageIsComparedAsItsText();
    void aStreamWithoutABlockIsComparedByItsEvents();
    void aResponseOfFourMebibytesIsBounded();
    void theWindowMarksWhatDiffers();
};

namespace {

ExchangeDetail json(quint64 id, int status, const QByteArray& body) {
    ExchangeDetail detail;
    detail.record.id = id;
    detail.record.method = "GET";
    detail.record.path = "/x";
    detail.record.status = status;
    detail.record.end = ExchangeEnd::Complete;
    detail.responseFields.append("Content-Type", "application/json");
    detail.responseBody = {{0, body}};
    return detail;
}

QString nameOf(const ComparedValue& value) { return value.name; }

} // namespace

void ComparisonTest::linesStandBesideEachOther_data() {
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::addColumn<QVector<ComparedLine>>("lines");
    const auto row = [](const char* tag, const char* left, const char* right,
                        const QVector<ComparedLine>& lines) {
        QTest::newRow(tag) << QString::fromLatin1(left) << QString::fromLatin1(right) << lines;
    };
    const auto s = [](const char* text) { return QString::fromLatin1(text); };
    row("nothing", "", "", {});
    row("the same", "a\nb", "a\nb", {{Kind::Same, s("a"), s("a")}, {Kind::Same, s("b"), s("b")}});
    row("one line is another", "a\nb\nc", "a\nx\nc",
        {{Kind::Same, s("a"), s("a")},
         {Kind::Changed, s("b"), s("x")},
         {Kind::Same, s("c"), s("c")}});
    row("one more on the right", "a\nc", "a\nb\nc",
        {{Kind::Same, s("a"), s("a")},
         {Kind::RightOnly, {}, s("b")},
         {Kind::Same, s("c"), s("c")}});
    row("one more on the left, amid others that differ", "a\nb\nc\nd", "x\nc\ny",
        {{Kind::Changed, s("a"), s("x")},
         {Kind::LeftOnly, s("b"), {}},
         {Kind::Same, s("c"), s("c")},
         {Kind::Changed, s("d"), s("y")}});
    row("no response on the left", "", "a", {{Kind::RightOnly, {}, s("a")}});
}

void ComparisonTest::linesStandBesideEachOther() {
    QFETCH(const QString, left);
    QFETCH(const QString, right);
    QFETCH(const QVector<ComparedLine>, lines);
    const auto compared = comparedLines(left, right);
    QStringList both[2];
    for (const ComparedLine& line : compared) {
        if (line.kind != Kind::RightOnly) both[0] += line.left;
        if (line.kind != Kind::LeftOnly) both[1] += line.right;
    }
    // No line is lost, whatever stands beside it.
    QCOMPARE(both[0].join(u'\n'), left);
    QCOMPARE(both[1].join(u'\n'), right);
    QCOMPARE(compared.size(), lines.size());
    const auto count = [](const QVector<ComparedLine>& all, Kind kind) {
        return std::count_if(all.begin(), all.end(),
                             [kind](const ComparedLine& line) { return line.kind == kind; });
    };
    for (const Kind kind : {Kind::Same, Kind::Changed, Kind::LeftOnly, Kind::RightOnly})
        QCOMPARE(count(compared, kind), count(lines, kind));
}

void ComparisonTest::longTextsAreComparedInTheirOrder() {
    QStringList left;
    QStringList right;
    for (int i = 0; i < 30000; ++i) {
        left += QString::number(i);
        right += QString::number(i + 1);
    }
    const auto lines = comparedLines(left.join(u'\n'), right.join(u'\n'));
    QCOMPARE(lines.size(), 30000);
    QCOMPARE(lines.first().kind, Kind::Changed);
}

void ComparisonTest::figuresAndHeadersAreCompared() {
    ExchangeDetail left = json(1, 200, "{}");
    ExchangeDetail right = json(2, 529, "{}");
    left.responseFields.append("X-A", "1");
    right.responseFields.append("X-B", "2");
    right.record.usage.output = 7;
    QStringList differing;
    for (const ComparedValue& value : comparedValues(left, right, {}, {}))
        if (value.differs()) differing += nameOf(value);
    const QStringList expected{QStringLiteral("State"), QStringLiteral("Tokens out"),
                               QStringLiteral("x-a"), QStringLiteral("x-b")};
    QCOMPARE(differing, expected);
}

void ComparisonTest::aMessageIsComparedAsItsText() {
    ExchangeDetail detail = json(1, 200,
                                 R"({"type":"message","role":"assistant","content":[)"
                                 R"({"type":"thinking","thinking":"hm"},)"
                                 R"({"type":"text","text":"two\nlines"}]})");
    detail.record.path = "/v1/messages";
    const QString text = responseText(detail);
    QVERIFY2(text.contains(QStringLiteral("hm\n")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("two\nlines\n")), qPrintable(text));
    QVERIFY2(!text.contains(QStringLiteral("content")), qPrintable(text));
    detail.record.path = "/other";
    QVERIFY(responseText(detail).contains(QStringLiteral("content")));
}

void ComparisonTest::aStreamWithoutABlockIsComparedByItsEvents() {
    ExchangeDetail detail = json(1, 200,
                                 "event: message_start\ndata: {\"type\":\"message_start\","
                                 "\"message\":{\"id\":\"m\",\"content\":[]}}\n\n"
                                 "event: error\ndata: {\"type\":\"error\"}\n\n");
    detail.record.path = "/v1/messages";
    detail.record.isEventStream = true;
    detail.responseFields.set("Content-Type", "text/event-stream");
    QVERIFY(responseText(detail).contains(QStringLiteral("event: error")));
}

void ComparisonTest::aResponseOfFourMebibytesIsBounded() {
    const ExchangeDetail detail =
        json(1, 200, "\"" + QByteArray(4 * 1024 * 1024, ' ').replace(' ', "x y ") + "\"");
    const QString text = responseText(detail);
    QVERIFY(text.size() < 300 * 1024);
    for (const QString& line : text.split(u'\n'))
        QVERIFY(line.size() <= 2100);
}

void ComparisonTest::theWindowMarksWhatDiffers() {
    const SystemClock clock;
    ComparisonWindow window(clock);
    window.setPair(QStringLiteral("1"), QStringLiteral("2"));
    window.setLeft(json(1, 200, "{\"a\":1}"));
    window.setRight(json(2, 200, "{\"a\":2}"));
    auto* right = window.findChild<QPlainTextEdit*>(QStringLiteral("comparisonRight"));
    QTRY_VERIFY(right->toPlainText().contains(u'≠'));
    const auto* values = window.findChild<QTableWidget*>(QStringLiteral("comparisonValues"));
    int marked = 0;
    for (int row = 0; row < values->rowCount(); ++row)
        marked += values->item(row, 0)->text().startsWith(u'≠');
    QCOMPARE(marked, 0);
    window.setRight(json(2, 404, "{\"a\":2}"));
    QVERIFY(values->item(0, 0)->text().startsWith(u'≠'));
    QVERIFY(values->item(0, 2)->text().contains(QStringLiteral("404")));
}

QTEST_MAIN(ComparisonTest)
#include "tst_comparison.moc"
