// SPDX-License-Identifier: MIT
#include "ui/log/rowactions.h"

#include "core/history/filterparser.h"
#include "tests/ui/demofeed.h"
#include "tests/ui/windowrig.h"
#include "ui/log/selectionsum.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QSignalSpy>
#include <QStatusBar>

using namespace sallyport;

namespace {

const WallTime kStart{std::chrono::hours(24 * 365 * 55)};

ExchangeRecord ended(quint64 id) {
    ExchangeRecord record = demo::record(id, kStart);
    record.startedAt = kStart + std::chrono::seconds(id);
    record.phase = ExchangePhase::Ended;
    record.end = ExchangeEnd::Complete;
    return record;
}

} // namespace

class TestRowActions : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void keysCopyTheCurrentRow_data();
    void keysCopyTheCurrentRow();
    void withoutARowThereIsNothingToCopy();
    void theMenuKeyOpensTheMenuOfTheRow();
    void selectedRowsAreSummed();
    void sumsAreWords();
    void theSelectionIsExported();
    void whatPassesIsExportedFromTheHistory();
    void theKeyExportsFromTheFilterToo();
    void aBundleHasTheSelection();
    void withoutAHistoryTheRowsThatAreShownAreExported();
    void theOutcomeIsTold();
    void theNameChoosesTheFormat();

private:
    LogTable& table() { return m_rig->table(); }
    QAction* action(const char* name) {
        return m_rig->window.findChild<QAction*>(QString::fromLatin1(name));
    }
    QFileDialog* dialog() {
        return m_rig->window.findChild<QFileDialog*>(QStringLiteral("exportDialog"));
    }
    void choose(const QString& path);

    std::unique_ptr<WindowRig> m_rig;
};

void TestRowActions::init() {
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->show());
    emit m_rig->port.exchangesChanged({ended(1), ended(2), ended(3)});
    QApplication::clipboard()->clear();
}

void TestRowActions::keysCopyTheCurrentRow_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<QString>("expected");
    QTest::newRow("as cURL") << int(Qt::Key_C) << QStringLiteral("curl -sS");
    QTest::newRow("as an error report") << int(Qt::Key_E) << QStringLiteral("request      ");
}

void TestRowActions::keysCopyTheCurrentRow() {
    QFETCH(int, key);
    QFETCH(QString, expected);
    table().selectId(2);
    emit m_rig->port.detailChanged(demo::detail(ended(2)));
    QTest::keyClick(&m_rig->window, Qt::Key(key), Qt::ControlModifier | Qt::ShiftModifier);
    const QString copied = QApplication::clipboard()->text();
    QVERIFY2(copied.contains(expected), qPrintable(copied));
}

void TestRowActions::withoutARowThereIsNothingToCopy() {
    for (const char* name : {"rowCopyUrl", "rowCopyBash", "rowCopyReport", "exportSelected"})
        QVERIFY2(!action(name)->isEnabled(), name);
    QVERIFY(action("exportPassing")->isEnabled());
    table().selectId(1);
    QVERIFY(action("rowCopyUrl")->isEnabled());
}

void TestRowActions::theMenuKeyOpensTheMenuOfTheRow() {
    table().selectId(2);
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(1, 1), QPoint(1, 1));
    QCoreApplication::sendEvent(table().viewport(), &event);
    auto* menu = table().findChild<QMenu*>(QStringLiteral("rowMenu"));
    QVERIFY(menu);
    QVERIFY(menu->actions().contains(action("rowCopyCmd")));
    menu->close();
}

void TestRowActions::selectedRowsAreSummed() {
    const auto* sum = m_rig->window.findChild<QLabel*>(QStringLiteral("statusSelection"));
    table().selectId(1);
    QVERIFY(sum->text().isEmpty());
    QTest::keyClick(&table(), Qt::Key_A, Qt::ControlModifier);
    QVERIFY2(sum->text().startsWith(QStringLiteral("3 ")), qPrintable(sum->text()));
    QVERIFY(sum->isVisible());
    // A message stands in its place, not above it.
    m_rig->window.showMessage(QStringLiteral("done"));
    table().selectId(1);
    QTest::keyClick(&table(), Qt::Key_A, Qt::ControlModifier);
    QVERIFY(!sum->text().isEmpty());
    QVERIFY(!sum->isVisible());
    m_rig->window.statusBar()->clearMessage();
    QVERIFY(sum->isVisible());
    table().clearSelection();
    QVERIFY(!sum->isVisible());
}

void TestRowActions::sumsAreWords() {
    SelectionSum sum;
    ExchangeRecord record = ended(1);
    record.usage = {10, 20, 30, 40};
    record.requestBytes = 24;
    record.responseBytes = 1000;
    record.times.ended = 2'500'000;
    sum.add(record, kStart);
    QCOMPARE(sumText(sum), QString());
    sum.add(record, kStart);
    QCOMPARE(sum.tokensIn, 160);
    const QString text = sumText(sum);
    for (const char* part : {"160 tokens in, 40 out", "2.0 KiB", "5.00 s"})
        QVERIFY2(text.contains(QLatin1String(part)), qPrintable(text));
}

void TestRowActions::choose(const QString& path) {
    QVERIFY(dialog());
    emit dialog()->fileSelected(path);
    dialog()->close();
}

void TestRowActions::theSelectionIsExported() {
    table().selectId(2);
    action("exportSelected")->trigger();
    choose(QStringLiteral("/x/a.jsonl"));
    QCOMPARE(m_rig->history.exports.size(), 1);
    const ExportRequest& request = m_rig->history.exports.first();
    QCOMPARE(request.format, ExportFormat::JsonLines);
    QVERIFY(!request.query);
    QCOMPARE(request.live.size(), 1);
    QCOMPARE(request.live.first().id, 2U);
}

void TestRowActions::whatPassesIsExportedFromTheHistory() {
    m_rig->window.findChild<FilterLine*>()->setText(QStringLiteral("status:529"));
    m_rig->window.findChild<FilterLine*>()->applyNow();
    QTest::keyClick(&m_rig->window, Qt::Key_E, Qt::ControlModifier);
    choose(QStringLiteral("/x/a.har"));
    const ExportRequest& request = m_rig->history.exports.first();
    QCOMPARE(request.query.value(), *filter::parse(QStringLiteral("status:529")));
    QVERIFY(request.live.isEmpty() && request.kept.isEmpty());
}

void TestRowActions::theKeyExportsFromTheFilterToo() {
    auto* line = m_rig->window.findChild<FilterLine*>();
    line->setFocus();
    line->setText(QStringLiteral("status:529"));
    line->setCursorPosition(0);
    QTest::keyClick(line, Qt::Key_E, Qt::ControlModifier);
    QVERIFY(dialog());
    QCOMPARE(line->cursorPosition(), 0);
    dialog()->close();
}

void TestRowActions::aBundleHasTheSelection() {
    QSignalSpy bundles(&m_rig->window, &LogWindow::bundleRequested);
    table().selectId(2);
    action("bundleSelected")->trigger();
    auto* file = m_rig->window.findChild<QFileDialog*>(QStringLiteral("bundleDialog"));
    QVERIFY(file);
    emit file->fileSelected(QStringLiteral("/x/ticket.har"));
    file->close();
    QCOMPARE(bundles.size(), 1);
    const auto request = bundles.first().first().value<ExportRequest>();
    QCOMPARE(request.path, QStringLiteral("/x/ticket.har"));
    QCOMPARE(request.format, ExportFormat::Har);
    QCOMPARE(request.live.size(), 1);
    QVERIFY(m_rig->history.exports.isEmpty());
}

void TestRowActions::withoutAHistoryTheRowsThatAreShownAreExported() {
    ConfigSummary summary;
    summary.history.isEnabled = false;
    emit m_rig->port.configChanged(summary);
    action("exportPassing")->trigger();
    choose(QStringLiteral("/x/a.csv"));
    QVERIFY(!m_rig->history.exports.first().query);
    QCOMPARE(m_rig->history.exports.first().live.size(), 3);
}

void TestRowActions::theOutcomeIsTold() {
    QVERIFY(outcomeText({QStringLiteral("/x/a.har"), 3, 1, {}}).contains(QStringLiteral("a.har")));
    QVERIFY(outcomeText({{}, 0, 0, QStringLiteral("/x: no room")}).contains(u"no room"));
}

void TestRowActions::theNameChoosesTheFormat() {
    QCOMPARE(formatOfName(QStringLiteral("/a.CSV")), ExportFormat::Csv);
    QCOMPARE(formatOfName(QStringLiteral("/a.jsonl")), ExportFormat::JsonLines);
    QCOMPARE(formatOfName(QStringLiteral("/a")), ExportFormat::Har);
}

QTEST_MAIN(TestRowActions)
#include "tst_rowactions.moc"
