// SPDX-License-Identifier: MIT
// The log window and those that it opens, in both languages, light and dark, at two sizes: no text
// is cut, and all can be read. It runs at 1x and, with QT_SCALE_FACTOR, at 1.5x and 2x. With
// SALLYPORT_PICTURES=DIR each is kept as a picture.
#include "tests/history/historyrig.h"
#include "tests/ui/demofeed.h"
#include "tests/ui/windowpictures.h"
#include "tests/ui/windowrig.h"
#include "ui/pricefile.h"
#include "ui/readablepalette.h"
#include "ui/resend/comparisonwindow.h"
#include "ui/statistics/statisticswindow.h"

#include "resources/resources.h"

#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QStyleFactory>
#include <QTabWidget>
#include <QToolButton>
#include <QTranslator>

#include <algorithm>

using namespace sallyport;
using namespace std::chrono_literals;

namespace {

/// The ids of demo::batch(kCount, …).
constexpr quint64 kCount = 40;
constexpr quint64 kThinking = kCount + 1;
constexpr quint64 kWebSocket = kCount + 4;

} // namespace

class LogPicturesTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void everyTextCanBeRead_data();
    void everyTextCanBeRead();

private:
    void showRequests(WindowRig& rig) const;
    void lookAtTable(WindowRig& rig);
    void lookAtDetail(WindowRig& rig);
    void lookAtCacheLoss(WindowRig& rig);
    void lookAtWords(WindowRig& rig);
    void lookAtStatistics();
    void lookAtComparison();
    void look(QWidget& window, const QString& scene);
    [[nodiscard]] static QStringList elidedTexts(const QWidget& window,
                                                 const QVector<PaintedText>& texts);

    QTemporaryDir m_dir;
    QString m_historyPath = m_dir.filePath(QStringLiteral("history.sqlite"));
    SystemClock m_clock;
    QTranslator m_translator;
    QSize m_size;
    WindowPictures m_pictures{QStringLiteral("log")};
};

void LogPicturesTest::initTestCase() {
    registerResources();
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    auto store = HistoryStore::open(m_historyPath, {});
    QVERIFY(store.isOk());
    std::vector<ExchangeDetail> kept;
    for (quint64 i = 0; i < 60; ++i) {
        kept.push_back(rig::exchange(static_cast<int>(i), m_clock.wallNow() - (60 - i) * 30min));
        kept.back().record.modelSent = demo::record(i, {}).modelAsked;
        kept.back().record.usage = demo::record(i, {}).usage;
    }
    QVERIFY(!store.value()->append(kept));
}

void LogPicturesTest::init() { m_pictures.clear(); }

void LogPicturesTest::cleanup() { QApplication::removeTranslator(&m_translator); }

void LogPicturesTest::everyTextCanBeRead_data() {
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("isDark");
    QTest::addColumn<QSize>("size");
    for (const QSize size : {QSize(1280, 800), QSize(800, 500)})
        for (const char* language : {"en", "zh_CN"})
            for (const bool isDark : {false, true})
                QTest::addRow("%s-%s-%dx%d", language, isDark ? "dark" : "light", size.width(),
                              size.height())
                    << QString::fromLatin1(language) << isDark << size;
}

void LogPicturesTest::everyTextCanBeRead() {
    QFETCH(QString, language);
    QFETCH(bool, isDark);
    QFETCH(QSize, size);
    m_size = size;
    QVERIFY(m_translator.load(QStringLiteral(":/i18n/sallyport_") + language));
    QApplication::installTranslator(&m_translator);
    QApplication::setPalette(demo::palette(isDark));
    const ReadablePalette readable;
    {
        WindowRig rig;
        showRequests(rig);
        lookAtTable(rig);
        lookAtDetail(rig);
        lookAtCacheLoss(rig);
        lookAtWords(rig);
    }
    lookAtStatistics();
    lookAtComparison();
    QCOMPARE(m_pictures.faults().size(), 0);
}

/// The thinking stream grows in the last second, so that it has a speed.
void LogPicturesTest::showRequests(WindowRig& rig) const {
    ConfigSummary summary;
    summary.hasRoutesFile = true;
    summary.upstreams = {QStringLiteral("corp"), QStringLiteral("sandbox")};
    summary.destination = {QStringLiteral("corp"), QStringLiteral("gateway.corp.example"), false};
    emit rig.port.configChanged(summary);
    emit rig.port.statusChanged(
        {EngineStatus::State::Running, QStringLiteral("127.0.0.1:8899"), {}, false, 3, {}});
    rig.window.setPrices(PriceFile(m_dir.path()).table());
    rig.window.resize(m_size);
    QVERIFY(rig.show());
    rig.window.resize(m_size);
    const auto records = demo::batch(kCount, m_clock.wallNow());
    emit rig.port.exchangesChanged(records);
    ExchangeRecord grown = records.at(static_cast<qsizetype>(kThinking) - 1);
    grown.progress.outputTokens += 58;
    grown.responseBytes += 4000;
    emit rig.port.exchangesChanged({grown});
}

void LogPicturesTest::lookAtTable(WindowRig& rig) {
    look(rig.window, QStringLiteral("table"));
    rig.table().selectAll();
    look(rig.window, QStringLiteral("selected"));
    rig.press(Qt::Key_Escape, Qt::NoModifier);
    rig.table().clearSelection();
    const auto entries = rig.part<QToolButton>("viewButton")->menu()->actions();
    const auto grouped = std::find_if(entries.begin(), entries.end(), [](const QAction* entry) {
        return entry->objectName() == QLatin1String("groupBySession");
    });
    QVERIFY(grouped != entries.end());
    (*grouped)->trigger();
    rig.part<SessionTree>("sessionTree")->expandAll();
    look(rig.window, QStringLiteral("sessions"));
    (*grouped)->trigger();
}

void LogPicturesTest::lookAtDetail(WindowRig& rig) {
    const ExchangeRecord record = demo::record(kThinking * 12, m_clock.wallNow());
    constexpr int kPieces = 12;
    auto* tabs = rig.part<QTabWidget>("detailTabs");
    rig.window.showExchange(kThinking);
    ExchangeDetail turn = demo::turn(record, kPieces);
    turn.record.id = kThinking;
    turn.record.end = ExchangeEnd::Running;
    turn.record.phase = ExchangePhase::Streaming;
    turn.record.times.ended.reset();
    emit rig.port.detailChanged(turn);
    for (int tab = 0; tab < tabs->count(); ++tab) {
        tabs->setCurrentIndex(tab);
        QTRY_VERIFY(!rig.part<QPlainTextEdit>("requestBody")->toPlainText().isEmpty() || tab != 1);
        look(rig.window, QStringLiteral("tab-%1").arg(tab));
    }
    tabs->setCurrentWidget(rig.part<EventsPane>("eventsPane"));
    rig.window.showExchange(kWebSocket);
    emit rig.port.detailChanged(demo::webSocket(kWebSocket, m_clock.wallNow()));
    look(rig.window, QStringLiteral("messages"));
}

void LogPicturesTest::lookAtCacheLoss(WindowRig& rig) {
    rig.part<QTabWidget>("detailTabs")->setCurrentIndex(0);
    rig.window.showExchange(kCount);
    const auto records = demo::batch(kCount, m_clock.wallNow());
    ExchangeDetail lost = demo::turn(records.at(kCount - 1), 0);
    emit rig.port.detailChanged(lost);
    look(rig.window, QStringLiteral("cache-offer"));
    auto* why = rig.part<QPushButton>("cacheWhy");
    QVERIFY(why->isVisible());
    why->click();
    const quint64 previous = rig.port.asked.last().section(u' ', 1).toULongLong();
    lost.record = records.at(static_cast<qsizetype>(previous) - 1);
    lost.requestBody.first().bytes.replace("careful engineer", "careful engineer of 22 November");
    emit rig.port.detailChanged(lost);
    QTRY_VERIFY(!why->isVisible());
    look(rig.window, QStringLiteral("cache-doctor"));
    rig.press(Qt::Key_Escape, Qt::NoModifier);
}

/// What is said when something is wrong, and when there is nothing.
void LogPicturesTest::lookAtWords(WindowRig& rig) {
    auto* line = rig.part<FilterLine>("filterLine");
    line->setText(QStringLiteral("status:nonsense"));
    line->applyNow();
    emit rig.port.statusChanged({EngineStatus::State::Failed,
                                 {},
                                 QStringLiteral("127.0.0.1:8899: nginx (4711)"),
                                 true,
                                 0,
                                 {}});
    look(rig.window, QStringLiteral("trouble"));
    line->setText(QStringLiteral("host:nowhere.example"));
    line->applyNow();
    look(rig.window, QStringLiteral("nothing-matches"));
}

void LogPicturesTest::lookAtStatistics() {
    StatisticsWindow window(m_historyPath, m_clock);
    window.setPrices(PriceFile(m_dir.path()).table());
    window.resize(m_size);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QTRY_VERIFY(!window.isReading());
    QTest::keyClick(window.findChild<QWidget*>(QStringLiteral("barChart")), Qt::Key_End);
    look(window, QStringLiteral("statistics"));
}

void LogPicturesTest::lookAtComparison() {
    ComparisonWindow window(m_clock);
    window.setPrices(PriceFile(m_dir.path()).table());
    window.setPair(QStringLiteral("40"), QStringLiteral("↻46"));
    ExchangeDetail left = demo::turn(demo::record(kCount, m_clock.wallNow()), 12);
    ExchangeDetail right = left;
    right.record = demo::record(kCount + 10, m_clock.wallNow());
    right.responseBody.removeLast();
    right.responseFields.append("x-served-by", "b.corp.example");
    window.setLeft(left);
    window.setRight(right);
    window.resize(m_size.boundedTo({1100, 700}));
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const auto* text = window.findChild<QPlainTextEdit*>();
    QTRY_VERIFY(!text->toPlainText().isEmpty());
    look(window, QStringLiteral("compare"));
}

/// Those that end in an ellipsis where there has to be room: headers, and what a row is doing.
QStringList LogPicturesTest::elidedTexts(const QWidget& window, const QVector<PaintedText>& texts) {
    QStringList faults;
    const auto* table = window.findChild<LogTable*>();
    for (const PaintedText& each : texts) {
        if (!each.text.endsWith(u'…')) continue;
        const QWidget* at = window.childAt(each.place.center().toPoint());
        const bool isHeader = at && qobject_cast<const QHeaderView*>(at->parentWidget());
        const bool isInTable = table && at == table->viewport();
        const int column =
            isInTable ? table->columnAt(at->mapFrom(&window, each.place.center().toPoint()).x())
                      : -1;
        if (isHeader || column == ExchangeTableModel::State)
            faults += QStringLiteral("elided: ") + each.text;
    }
    return faults;
}

void LogPicturesTest::look(QWidget& window, const QString& scene) {
    m_pictures.note(scene, elidedTexts(window, m_pictures.look(window, scene)));
}

QTEST_MAIN(LogPicturesTest)
#include "tst_logpictures.moc"
