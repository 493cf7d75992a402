// SPDX-License-Identifier: MIT
#include "tests/ui/demofeed.h"
#include "tests/ui/fakeport.h"
#include "ui/log/logwindow.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

QVector<ExchangeRecord> span(quint64 from, quint64 to) {
    QVector<ExchangeRecord> records;
    for (quint64 id = from; id <= to; ++id)
        records += demo::record(id, WallTime{});
    return records;
}

} // namespace

class LogWindowTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void followsWhileAtTheEnd();
    void letsGoWhenScrolledUp();
    void aPillSaysHowManyAreNewAndEndFollowsAgain();
    void theSelectionStaysOverAChangeOfFilter();
    void aMistakeInTheFilterLeavesTheLastResult();
    void choosingARowWatchesItAndEscapeStops();
    void focusAloneChoosesNothing();
    void emptyStates();
    void theListenersTroubleIsSaid();
    void copiesTheSelectedRows();
    void ticksOnlyWhileSomethingRuns();
    void remembersTheColumns();
    void everyWidgetThatIsUsedHasAName();
    void fillsAHundredThousandRowsWithAViewAttached();

private:
    template <typename T>
    T* part(const char* name) {
        return m_window->findChild<T*>(QString::fromLatin1(name));
    }
    LogTable& table() { return *part<LogTable>("logTable"); }
    void filter(const QString& text) {
        part<FilterLine>("filterLine")->setText(text);
        part<FilterLine>("filterLine")->applyNow();
    }
    void listen() {
        emit m_port->statusChanged(
            {EngineStatus::State::Running, QStringLiteral("127.0.0.1:1"), {}, false, 0});
    }

    QTemporaryDir m_dir;
    SystemClock m_clock;
    std::unique_ptr<FakePort> m_port;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<LogWindow> m_window;
};

void LogWindowTest::init() {
    m_port = std::make_unique<FakePort>();
    m_settings =
        std::make_unique<QSettings>(m_dir.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat);
    m_window = std::make_unique<LogWindow>(*m_port, m_clock, *m_settings);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    listen();
    QCoreApplication::processEvents();
}

void LogWindowTest::cleanup() {
    m_window.reset();
    m_settings->clear();
}

void LogWindowTest::followsWhileAtTheEnd() {
    emit m_port->exchangesChanged(span(1, 200));
    QCoreApplication::processEvents();
    const QScrollBar* bar = table().verticalScrollBar();
    QVERIFY(bar->maximum() > 0);
    QCOMPARE(bar->value(), bar->maximum());
    emit m_port->exchangesChanged(span(201, 300));
    QCoreApplication::processEvents();
    QCOMPARE(bar->value(), bar->maximum());
    QVERIFY(table().tail().isFollowing());
}

void LogWindowTest::letsGoWhenScrolledUp() {
    emit m_port->exchangesChanged(span(1, 200));
    QCoreApplication::processEvents();
    table().verticalScrollBar()->setValue(100);
    QVERIFY(!table().tail().isFollowing());
    emit m_port->exchangesChanged(span(201, 260));
    QCoreApplication::processEvents();
    QCOMPARE(table().verticalScrollBar()->value(), 100);
}

void LogWindowTest::aPillSaysHowManyAreNewAndEndFollowsAgain() {
    emit m_port->exchangesChanged(span(1, 200));
    QCoreApplication::processEvents();
    auto* pill = part<QPushButton>("newRowsPill");
    QVERIFY(!pill->isVisible());
    table().verticalScrollBar()->setValue(0);
    emit m_port->exchangesChanged(span(201, 237));
    QVERIFY(pill->isVisible());
    QVERIFY2(pill->text().contains(QStringLiteral("37")), qPrintable(pill->text()));
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_End);
    QCoreApplication::processEvents();
    QVERIFY(!pill->isVisible());
    QCOMPARE(table().verticalScrollBar()->value(), table().verticalScrollBar()->maximum());
}

void LogWindowTest::theSelectionStaysOverAChangeOfFilter() {
    emit m_port->exchangesChanged(span(1, 60));
    table().selectRow(14);
    QCOMPARE(table().currentId(), 15u);
    filter(QStringLiteral("status:429 -model:nothing"));
    filter(QString());
    // Row 15 is an Overloaded one: it did not pass and is gone; one that passes is kept.
    table().selectRow(10);
    QCOMPARE(table().currentId(), 11u);
    filter(QStringLiteral("status:429"));
    QCOMPARE(table().currentId(), 11u);
    QCOMPARE(table().selectionModel()->selectedRows().size(), 1);
    filter(QString());
    QCOMPARE(table().currentId(), 11u);
}

void LogWindowTest::aMistakeInTheFilterLeavesTheLastResult() {
    emit m_port->exchangesChanged(span(1, 60));
    filter(QStringLiteral("status:429"));
    const int shown = table().model()->rowCount();
    QVERIFY(shown > 0 && shown < 60);
    filter(QStringLiteral("status:nonsense"));
    QCOMPARE(table().model()->rowCount(), shown);
    auto* line = part<FilterLine>("filterLine");
    QVERIFY(!line->problem().isEmpty());
    QCOMPARE(line->toolTip(), line->problem());
    QCOMPARE(part<QLabel>("statusFilterProblem")->text(), line->problem());
    filter(QString());
    QVERIFY(line->toolTip().isEmpty());
    QCOMPARE(table().model()->rowCount(), 60);
}

void LogWindowTest::choosingARowWatchesItAndEscapeStops() {
    emit m_port->exchangesChanged(span(1, 5));
    table().selectRow(0);
    QCOMPARE(m_port->asked.last(), QStringLiteral("watch 1"));
    auto* detail = part<DetailView>("detailView");
    QVERIFY(detail->isVisible());
    emit m_port->detailChanged(demo::detail(demo::record(1, WallTime{})));
    part<QTabWidget>("detailTabs")->setCurrentIndex(3);
    QCOMPARE(part<EventsPane>("eventsPane")->count(), 42);
    part<QTabWidget>("detailTabs")->setCurrentIndex(1);
    QVERIFY(part<QPlainTextEdit>("requestBody")
                ->toPlainText()
                .contains(QStringLiteral("\n  \"max_tokens\": 32000")));
    table().setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QVERIFY(!detail->isVisible());
    QCOMPARE(m_port->asked.last(), QStringLiteral("watch 0"));
}

void LogWindowTest::focusAloneChoosesNothing() {
    emit m_port->exchangesChanged(span(1, 5));
    part<FilterLine>("filterLine")->setFocus();
    table().setFocus();
    QVERIFY(!part<DetailView>("detailView")->isVisible());
    QTest::keyClick(&table(), Qt::Key_Down);
    QVERIFY(part<DetailView>("detailView")->isVisible());
}

void LogWindowTest::emptyStates() {
    auto* empty = part<EmptyState>("emptyState");
    QVERIFY(empty->reason() == EmptyReason::NobodyCalled);
    emit m_port->statusChanged({});
    QVERIFY(empty->reason() == EmptyReason::Stopped);
    part<QPushButton>("emptyButton")->click();
    QCOMPARE(m_port->asked.last(), QStringLiteral("listening 1"));
    emit m_port->exchangesChanged(span(1, 5));
    QVERIFY(empty->reason() == EmptyReason::None);
    filter(QStringLiteral("nowhere"));
    QVERIFY(empty->reason() == EmptyReason::NothingMatches);
    part<QPushButton>("emptyButton")->click();
    QVERIFY(empty->reason() == EmptyReason::None);
    QVERIFY(part<FilterLine>("filterLine")->text().isEmpty());
}

void LogWindowTest::theListenersTroubleIsSaid() {
    emit m_port->statusChanged(
        {EngineStatus::State::Failed, {}, QStringLiteral("port 8899 is taken by nginx"), true, 0});
    QVERIFY(part<NoticeBar>("noticeBar")->isVisible());
    QVERIFY(part<QLabel>("noticeText")->text().contains(QStringLiteral("nginx")));
    part<QPushButton>("noticeAgain")->click();
    QCOMPARE(m_port->asked.last(), QStringLiteral("listening 1"));
    listen();
    QVERIFY(!part<NoticeBar>("noticeBar")->isVisible());
    emit m_port->configRejected(QStringLiteral("routes.yaml:3:1: no"));
    QVERIFY(part<NoticeBar>("noticeBar")->isVisible());
    listen();
    QVERIFY(part<NoticeBar>("noticeBar")->isVisible());
    emit m_port->configChanged({});
    QVERIFY(!part<NoticeBar>("noticeBar")->isVisible());
}

void LogWindowTest::copiesTheSelectedRows() {
    emit m_port->exchangesChanged(span(1, 5));
    table().selectRow(1);
    const QString text = table().selectedText();
    QVERIFY2(text.startsWith(QStringLiteral("2\t")), qPrintable(text));
    QVERIFY(text.contains(QStringLiteral("/v1/messages")));
    table().setColumnHidden(ExchangeTableModel::Number, true);
    QVERIFY(!table().selectedText().startsWith(QStringLiteral("2\t")));
    QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), table().selectedText());
}

void LogWindowTest::ticksOnlyWhileSomethingRuns() {
    QVERIFY(!table().isTicking());
    ExchangeRecord running = demo::record(1, WallTime{});
    running.end = ExchangeEnd::Running;
    emit m_port->exchangesChanged({running});
    QVERIFY(table().isTicking());
    emit m_port->exchangesChanged({demo::record(1, WallTime{})});
    QVERIFY(!table().isTicking());
}

void LogWindowTest::remembersTheColumns() {
    table().setColumnHidden(ExchangeTableModel::Size, true);
    table().horizontalHeader()->moveSection(0, 2);
    m_window.reset();
    m_window = std::make_unique<LogWindow>(*m_port, m_clock, *m_settings);
    QVERIFY(table().isColumnHidden(ExchangeTableModel::Size));
    QCOMPARE(table().horizontalHeader()->visualIndex(0), 2);
    QVERIFY(!table().restoreLayoutState("rubbish"));
}

void LogWindowTest::everyWidgetThatIsUsedHasAName() {
    const auto buttons = m_window->findChildren<QAbstractButton*>();
    for (const QAbstractButton* button : buttons) {
        const bool isQts = button->objectName().startsWith(QStringLiteral("qt_")) ||
                           qobject_cast<const QLineEdit*>(button->parent()) ||
                           QByteArray(button->metaObject()->className()) == "QTableCornerButton";
        QVERIFY2(isQts || !button->objectName().isEmpty(), qPrintable(button->text()));
        QVERIFY2(isQts || !button->text().isEmpty() || !button->accessibleName().isEmpty(),
                 qPrintable(button->objectName()));
    }
    for (const char* name :
         {"logTable", "filterLine", "requestBody", "responseBody", "eventsTable"})
        QVERIFY2(!part<QWidget>(name)->accessibleName().isEmpty(), name);
}

void LogWindowTest::fillsAHundredThousandRowsWithAViewAttached() {
    const auto records = span(1, 100000);
    QElapsedTimer timer;
    timer.start();
    emit m_port->exchangesChanged(records);
    QCoreApplication::processEvents();
    const double fill = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    timer.restart();
    filter(QStringLiteral("status:>=400 -model:opus"));
    QCoreApplication::processEvents();
    const double change = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    timer.restart();
    emit m_port->exchangesChanged(span(100001, 101000));
    QCoreApplication::processEvents();
    const double more = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    qInfo(
        "100000 rows in the window: fill %.1f ms, filter %.1f ms, 1000 more with eviction %.1f ms",
        fill, change, more);
    QVERIFY(table().model()->rowCount() > 0);
}

QTEST_MAIN(LogWindowTest)
#include "tst_logwindow.moc"
