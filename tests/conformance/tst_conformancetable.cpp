// SPDX-License-Identifier: MIT
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

/// One line of docs/conformance.md.
struct Row {
    int rfc = 0;
    QStringList cells; ///< section, level, requirement, how, test
    [[nodiscard]] QString tag() const {
        return u"RFC %1, %2: %3"_s.arg(rfc).arg(cells.value(0), cells.value(2));
    }
};

QString read(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

std::vector<Row> rowsOf(const QString& text) {
    static const QRegularExpression heading(u"^## RFC (\\d+)"_s);
    std::vector<Row> rows;
    int rfc = 0;
    for (const QString& line : text.split(u'\n')) {
        if (const auto found = heading.match(line); found.hasMatch())
            rfc = found.captured(1).toInt();
        const bool isRow = rfc != 0 && line.startsWith(u"| ") && !line.startsWith(u"| Section");
        if (!isRow) continue;
        QStringList cells = line.mid(1).chopped(line.endsWith(u'|') ? 1 : 0).split(u'|');
        for (QString& cell : cells)
            cell = cell.trimmed();
        rows.push_back({rfc, cells});
    }
    return rows;
}

/// The sources of every test executable, as its CMakeLists.txt names them, neighbouring string
/// literals joined.
QHash<QString, QString> sourcesOfTests(const QString& root) {
    static const QRegularExpression call(
        u"sallyport_test\\(\\s*(\\w+)\\s+SOURCES\\s+([^)]*?)(?:LINKS[^)]*)?\\)"_s);
    static const QRegularExpression seam(u"\"\\s*\""_s);
    QHash<QString, QString> sources;
    QDirIterator files(root, {u"CMakeLists.txt"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const QString folder = QFileInfo(path).path();
        auto calls = call.globalMatch(read(path));
        while (calls.hasNext()) {
            const auto found = calls.next();
            QString text;
            for (const QString& name : found.captured(2).simplified().split(u' '))
                if (name.endsWith(u".cpp")) text += read(QString(folder + u'/' + name));
            sources.insert(found.captured(1), text.replace(seam, QString()));
        }
    }
    return sources;
}

/// What stands between the head of `function` + "_data" and the next such head.
QString dataOf(const QString& source, const QString& function) {
    const QRegularExpression head(u"\\b%1_data\\(\\)\\s*\\{"_s.arg(function));
    const auto found = head.match(source);
    if (!found.hasMatch()) return {};
    static const QRegularExpression next(u"_data\\(\\)\\s*\\{"_s);
    const qsizetype end = source.indexOf(next, found.capturedEnd());
    return source.mid(found.capturedEnd(), end < 0 ? -1 : end - found.capturedEnd());
}

} // namespace

/// docs/conformance.md names tests; here it is held to what it says.
class TestConformanceTable : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void rows_data();
    void rows();
    void noRequirementIsThereTwice();
    void aWrongNameIsNoticed_data();
    void aWrongNameIsNoticed();

private:
    [[nodiscard]] QString faultOf(const Row& row) const;
    [[nodiscard]] QString faultOfTest(const QString& test) const;
    QHash<QString, QString> m_sources;
    std::vector<Row> m_rows;
};

void TestConformanceTable::initTestCase() {
    const QString root = QStringLiteral(SALLYPORT_SOURCE_DIR);
    m_sources = sourcesOfTests(QString(root + u"/tests"));
    m_rows = rowsOf(read(QString(root + u"/docs/conformance.md")));
    QVERIFY2(m_sources.size() > 30, qPrintable(QString::number(m_sources.size())));
    QVERIFY2(m_rows.size() >= 150, qPrintable(QString::number(m_rows.size())));
}

QString TestConformanceTable::faultOfTest(const QString& test) const {
    static const QRegularExpression form(u"^(\\w+)::(\\w+)(?: \\((.+)\\))?$"_s);
    const auto parts = form.match(test);
    if (!parts.hasMatch()) return u"not of the form executable::function (row): "_s + test;
    const auto source = m_sources.constFind(parts.captured(1));
    if (source == m_sources.constEnd()) return u"there is no test "_s + parts.captured(1);
    if (!source->contains(QString(u"void " + parts.captured(2) + u"()")))
        return u"there is no function "_s + test;
    const QString tag = parts.captured(3);
    if (tag.isEmpty()) return {};
    const bool isThere = dataOf(*source, parts.captured(2)).contains(QString(u'"' + tag + u'"'));
    return isThere ? QString() : QString(u"there is no row "_s + test);
}

QString TestConformanceTable::faultOf(const Row& row) const {
    static const QRegularExpression section(u"^[1-9]\\d?(\\.[1-9]\\d?){0,4}$"_s);
    static const QRegularExpression how(
        u"^(kept$|kept; .|by configuration: .|does not apply: .|deviates: .)"_s);
    static const QRegularExpression quoted(u"`([^`]+)`"_s);
    static const QStringList levels{u"MUST"_s, u"MUST NOT"_s, u"SHOULD"_s, u"SHOULD NOT"_s};
    if (row.cells.size() != 5) return u"not five cells"_s;
    if (!section.match(row.cells[0]).hasMatch()) return u"no section number: "_s + row.cells[0];
    if (!levels.contains(row.cells[1])) return u"no level: "_s + row.cells[1];
    if (!row.cells[2].endsWith(u'.')) return u"not a sentence: "_s + row.cells[2];
    if (!how.match(row.cells[3]).hasMatch()) return u"not said how: "_s + row.cells[3];
    auto tests = quoted.globalMatch(row.cells[4]);
    const bool needsNone = row.cells[3].startsWith(u"does not apply");
    if (!tests.hasNext() && !needsNone) return u"no test"_s;
    while (tests.hasNext())
        if (const QString fault = faultOfTest(tests.next().captured(1)); !fault.isEmpty())
            return fault;
    return {};
}

void TestConformanceTable::rows_data() {
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        QTest::newRow(qPrintable(m_rows[i].tag())) << static_cast<int>(i);
}

void TestConformanceTable::rows() {
    QFETCH(const int, index);
    QCOMPARE(faultOf(m_rows.at(static_cast<std::size_t>(index))), QString());
}

void TestConformanceTable::noRequirementIsThereTwice() {
    QSet<QString> seen;
    for (const Row& row : m_rows) {
        QVERIFY2(!seen.contains(row.tag()), qPrintable(row.tag()));
        seen.insert(row.tag());
    }
}

void TestConformanceTable::aWrongNameIsNoticed_data() {
    QTest::addColumn<QString>("line");
    const auto row = [](const char* tag, const char* line) {
        QTest::newRow(tag) << QString::fromUtf8(line);
    };
    row("no test", "| 2.2 | MUST | It is. | kept | – |");
    row("an executable that is none", "| 2.2 | MUST | It is. | kept | `tst_none::rows` |");
    row("a function that is none", "| 2.2 | MUST | It is. | kept | `tst_conformancetable::no` |");
    row("a row that is none",
        "| 2.2 | MUST | It is. | kept | `tst_conformancetable::aWrongNameIsNoticed (nope)` |");
    row("a row of another function",
        "| 2.2 | MUST | It is. | kept | `tst_conformancetable::rows (no test)` |");
    row("a section that is none", "| 2.x | MUST | It is. | does not apply: so | – |");
    row("a level that is none", "| 2.2 | MAY | It is. | does not apply: so | – |");
    row("no word on how", "| 2.2 | MUST | It is. | yes | `tst_conformancetable::rows` |");
    row("no reason", "| 2.2 | MUST | It is. | deviates | `tst_conformancetable::rows` |");
}

void TestConformanceTable::aWrongNameIsNoticed() {
    QFETCH(const QString, line);
    const auto wrong = rowsOf(QString(u"## RFC 9110\n" + line));
    QCOMPARE(wrong.size(), std::size_t{1});
    QVERIFY(!faultOf(wrong.front()).isEmpty());
    const auto right =
        rowsOf(u"## RFC 9110\n| 2.2 | MUST | It is. | kept | `tst_conformancetable::rows` |\n"_s);
    QCOMPARE(faultOf(right.front()), QString());
}

QTEST_GUILESS_MAIN(TestConformanceTable)
#include "tst_conformancetable.moc"
