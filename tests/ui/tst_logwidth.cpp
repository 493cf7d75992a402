// SPDX-License-Identifier: MIT
#include "demofeed.h"
#include "fakeport.h"
#include "ui/log/columnfit.h"
#include "ui/log/logwindow.h"
#include "ui/readablepalette.h"
#include "ui/tones.h"

#include <QApplication>
#include <QHeaderView>
#include <QScrollBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

/// What decides how wide the window and its parts are, what they hide, and whether it can be read.
class LogWidthTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void columnsGiveWayByRank_data();
    void columnsGiveWayByRank();
    void aNarrowTableNeverScrollsSideways();
    void whatGaveWayIsNotRemembered();
    void theTableKeepsMostOfTheWidth();
    void longTextsNeverWidenTheWindow();
    void healthChecksAreHiddenAndCounted();
    void aRowOpensOnATabThatFits();
    void whatIsNoLongerKeptSaysSo();
    void linesAndSelectedRowsCanBeRead_data();
    void linesAndSelectedRowsCanBeRead();

private:
    template <typename T>
    T* part(const char* name) {
        return m_window->findChild<T*>(QString::fromLatin1(name));
    }
    LogTable& table() { return *part<LogTable>("logTable"); }
    void open(const ExchangeRecord& record) {
        emit m_port->exchangesChanged({record});
        m_window->showExchange(record.id);
    }

    QTemporaryDir m_dir;
    SystemClock m_clock;
    std::unique_ptr<FakePort> m_port;
    std::unique_ptr<QSettings> m_settings;
    QMenu m_menu;
    std::unique_ptr<LogWindow> m_window;
};

void LogWidthTest::init() {
    QFile::remove(m_dir.filePath(QStringLiteral("ui.ini")));
    m_window.reset();
    m_port = std::make_unique<FakePort>();
    m_settings =
        std::make_unique<QSettings>(m_dir.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat);
    m_window = std::make_unique<LogWindow>(*m_port, m_clock, *m_settings, m_menu);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVector<ExchangeRecord> records;
    for (quint64 id = 1; id <= 20; ++id)
        records += demo::record(id, m_clock.wallNow());
    emit m_port->exchangesChanged(records);
}

void LogWidthTest::columnsGiveWayByRank_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<QList<bool>>("isShown");
    QTest::newRow("all have room") << 100 << QList<bool>{true, true, true, true};
    QTest::newRow("the highest rank goes first") << 99 << QList<bool>{true, true, true, false};
    QTest::newRow("then the next") << 60 << QList<bool>{true, false, true, false};
    QTest::newRow("what has no rank stays, however narrow")
        << 1 << QList<bool>{true, false, false, false};
}

void LogWidthTest::columnsGiveWayByRank() {
    QFETCH(int, width);
    const auto shown = columnsThatFit({{40, 0}, {30, 2}, {20, 1}, {10, 3}}, width);
    QTEST(QList<bool>(shown.begin(), shown.end()), "isShown");
}

void LogWidthTest::aNarrowTableNeverScrollsSideways() {
    for (const int width : {1600, 1400, 1280, 1180, 1000, 800, 640, 1180}) {
        m_window->resize(width, 500);
        QCoreApplication::processEvents();
        // No gap and no overlap: the shown sections make up the width.
        QTRY_COMPARE(table().horizontalHeader()->length(), table().viewport()->width());
        QCOMPARE(table().horizontalScrollBar()->maximum(), 0);
        for (const int column : {ExchangeTableModel::State, ExchangeTableModel::Address})
            QVERIFY(!table().isColumnHidden(column));
    }
    m_window->resize(800, 500);
    QCoreApplication::processEvents();
    QVERIFY(table().isColumnHidden(ExchangeTableModel::Size));
    QVERIFY(!table().isColumnHidden(ExchangeTableModel::TokensOut));
    m_window->resize(1600, 500);
    QCoreApplication::processEvents();
    QVERIFY(!table().isColumnHidden(ExchangeTableModel::Size));
}

void LogWidthTest::whatGaveWayIsNotRemembered() {
    m_window->resize(800, 500);
    QCoreApplication::processEvents();
    QVERIFY(table().isColumnHidden(ExchangeTableModel::Size));
    const QByteArray state = table().layoutState();
    m_window->resize(1600, 500);
    QVERIFY(table().restoreLayoutState(state));
    QCoreApplication::processEvents();
    QVERIFY(!table().isColumnHidden(ExchangeTableModel::Size));
}

void LogWidthTest::theTableKeepsMostOfTheWidth() {
    m_window->resize(1500, 700);
    m_window->showExchange(3);
    QCoreApplication::processEvents();
    auto* detail = part<DetailView>("detailView");
    QVERIFY(detail->isVisible());
    QVERIFY(detail->x() > table().x());
    QVERIFY2(table().width() * 100 >= m_window->width() * 54,
             qPrintable(QString::number(table().width())));
    QCOMPARE(table().horizontalScrollBar()->maximum(), 0);
    part<QSplitter>("parts")->setSizes({100, 1400});
    QVERIFY(table().width() * 100 >= m_window->width() * 54);
}

void LogWidthTest::longTextsNeverWidenTheWindow() {
    const int before = m_window->minimumSizeHint().width();
    const QString longText(400, u'w');
    ConfigSummary summary;
    summary.pendingAddress = longText;
    emit m_port->statusChanged(
        {EngineStatus::State::Running, longText, longText, false, 99999, {}});
    emit m_port->configRejected(
        QString(longText).replace(QStringLiteral("ww"), QStringLiteral("w ")));
    QCoreApplication::processEvents();
    QVERIFY2(m_window->minimumSizeHint().width() <= std::max(before, 760),
             qPrintable(QString::number(m_window->minimumSizeHint().width())));
}

void LogWidthTest::healthChecksAreHiddenAndCounted() {
    ExchangeRecord check = demo::record(21, m_clock.wallNow());
    check.role = RequestRole::Local;
    check.path = "/healthz?probe=1";
    check.status = 200;
    check.end = ExchangeEnd::Complete;
    const int rows = table().model()->rowCount();
    emit m_port->exchangesChanged({check});
    QCOMPARE(table().model()->rowCount(), rows);
    auto* chip = part<HealthCheckChip>("chipHealthChecks");
    QVERIFY(!chip->isHidden());
    QVERIFY(chip->isChecked());
    QCOMPARE(chip->text(), QStringLiteral("−/healthz 1"));
    QVERIFY2(chip->accessibleName().startsWith(u'1'), qPrintable(chip->accessibleName()));
    QVERIFY(chip->toolTip().contains(QStringLiteral("/healthz")));
    // One that failed is worth a row.
    check.id = 22;
    check.status = 503;
    emit m_port->exchangesChanged({check});
    QCOMPARE(table().model()->rowCount(), rows + 1);
    QVERIFY(part<QToolButton>("viewButton")->menu()->actions().contains(&chip->action()));
    chip->action().trigger();
    QCOMPARE(table().model()->rowCount(), rows + 2);
    QVERIFY(!chip->isChecked());
    chip->click();
    QCOMPARE(table().model()->rowCount(), rows + 1);
    QVERIFY(chip->isChecked());
}

void LogWidthTest::aRowOpensOnATabThatFits() {
    ExchangeRecord stream = demo::record(31, m_clock.wallNow());
    stream.isEventStream = true;
    stream.webSocket = {};
    ExchangeRecord plain = stream;
    plain.id = 32;
    plain.isEventStream = false;
    auto* tabs = part<QTabWidget>("detailTabs");
    open(stream);
    tabs->setCurrentWidget(part<EventsPane>("eventsPane"));
    open(plain);
    QCOMPARE(tabs->currentIndex(), 0);
    stream.id = 33;
    open(stream);
    QCOMPARE(tabs->currentWidget(), part<EventsPane>("eventsPane"));
    tabs->setCurrentIndex(2);
    plain.id = 34;
    open(plain);
    QCOMPARE(tabs->currentIndex(), 2);
}

void LogWidthTest::whatIsNoLongerKeptSaysSo() {
    m_window->showExchange(3);
    part<QTabWidget>("detailTabs")->setCurrentIndex(2);
    const auto* note = part<QLabel>("responseNote");
    emit m_port->detailGone(4);
    QVERIFY(!note->text().contains(QStringLiteral("No longer kept")));
    emit m_port->detailGone(3);
    QVERIFY(note->text().contains(QStringLiteral("No longer kept")));
    ExchangeDetail dropped = demo::detail(demo::record(3, m_clock.wallNow()));
    dropped.responseBody.clear();
    dropped.isResponseBodyCut = true;
    emit m_port->detailChanged(dropped);
    QVERIFY2(note->text().contains(QStringLiteral("64 MiB")), qPrintable(note->text()));
}

void LogWidthTest::linesAndSelectedRowsCanBeRead_data() {
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << QPalette(QColor(0xf0, 0xf0, 0xf0), QColor(Qt::white));
    QPalette dark(QColor(0x2d, 0x2f, 0x33), QColor(0x24, 0x26, 0x2a));
    dark.setColor(QPalette::Base, QColor(0x1e, 0x20, 0x23));
    QTest::newRow("dark") << dark;
}

void LogWidthTest::linesAndSelectedRowsCanBeRead() {
    QFETCH(QPalette, palette);
    const QPalette before = QApplication::palette();
    const ReadablePalette readable;
    QApplication::setPalette(palette);
    QCoreApplication::processEvents();
    // WCAG 2.2, 1.4.3.
    const QPalette now = QApplication::palette();
    const double line = contrast(now.color(QPalette::PlaceholderText), now.color(QPalette::Base));
    const double row =
        contrast(now.color(QPalette::HighlightedText), now.color(QPalette::Highlight));
    QApplication::setPalette(before);
    QVERIFY2(line >= 4.5, qPrintable(QString::number(line)));
    QVERIFY2(row >= 4.5, qPrintable(QString::number(row)));
}

QTEST_MAIN(LogWidthTest)
#include "tst_logwidth.moc"
