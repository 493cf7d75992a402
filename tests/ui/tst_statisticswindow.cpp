// SPDX-License-Identifier: MIT
#include "tests/history/historyrig.h"
#include "ui/statistics/barchart.h"
#include "ui/statistics/statisticsaction.h"
#include "ui/statistics/statisticscontents.h"
#include "ui/statistics/statisticswindow.h"

#include <QImage>
#include <QLocale>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

class StatisticsWindowTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void stepsAreRound_data();
    void stepsAreRound();
    void aBarIsChosenByKeysAndMouse();
    void theHistoryIsShown();
    void csvAndPngAreSaved();
    void everyMeasureHasItsUnit();
    void theMenuEntryOpensIt();

private:
    QTemporaryDir m_dir;
    QString m_path = m_dir.filePath(QStringLiteral("history.sqlite"));
    ManualClock m_clock;
};

void StatisticsWindowTest::initTestCase() {
    QLocale::setDefault(QLocale::c());
    auto store = HistoryStore::open(m_path, {});
    QVERIFY(store.isOk());
    std::vector<ExchangeDetail> exchanges;
    for (int i = 0; i < 48; ++i) {
        exchanges.push_back(rig::exchange(i + 1, m_clock.wallNow() - i * 1h));
        exchanges.back().record.modelSent.clear();
    }
    std::reverse(exchanges.begin(), exchanges.end());
    QVERIFY(!store.value()->append(exchanges));
}

void StatisticsWindowTest::stepsAreRound_data() {
    QTest::addColumn<double>("most");
    QTest::addColumn<double>("step");
    QTest::newRow("nothing") << 0.0 << 1.0;
    QTest::newRow("tokens") << 48'000.0 << 10'000.0;
    QTest::newRow("a hundred") << 100.0 << 20.0;
    QTest::newRow("cents") << 0.042 << 0.01;
}

void StatisticsWindowTest::stepsAreRound() {
    QFETCH(double, most);
    QFETCH(double, step);
    QVERIFY(qFuzzyCompare(axisStep(most, 5), step));
}

void StatisticsWindowTest::aBarIsChosenByKeysAndMouse() {
    BarChart chart;
    chart.resize(600, 300);
    chart.setContents({QStringLiteral("Tokens"),
                       {{QStringLiteral("in"), Tone::Live}, {QStringLiteral("out"), Tone::Good}},
                       {{QStringLiteral("a"), {1, 2}}, {QStringLiteral("b"), {3, 4}}},
                       [](double value) { return QString::number(value); }});
    QTest::keyClick(&chart, Qt::Key_Right);
    QCOMPARE(chart.chosenText(), QStringLiteral("a: 1 in · 2 out"));
    QTest::keyClick(&chart, Qt::Key_End);
    QCOMPARE(chart.chosenText(), QStringLiteral("b: 3 in · 4 out"));
    QCOMPARE(chart.accessibleDescription(), chart.chosenText());
    QTest::keyClick(&chart, Qt::Key_Home);
    QCOMPARE(chart.chosenText(), QStringLiteral("a: 1 in · 2 out"));
    QMouseEvent move(QEvent::MouseMove, QPointF(500, 150), QPointF(500, 150), Qt::NoButton,
                     Qt::NoButton, Qt::NoModifier);
    QApplication::sendEvent(&chart, &move);
    QCOMPARE(chart.chosenText(), QStringLiteral("b: 3 in · 4 out"));
}

void StatisticsWindowTest::theHistoryIsShown() {
    StatisticsWindow window(m_path, m_clock);
    window.setPrices(*PriceTable::parse(R"({"models":[{"model":"claude-haiku-4-5","input":1,
        "output":5,"cache_write":1,"cache_read":0.1}]})"));
    window.show();
    const auto* total = window.findChild<QLabel*>(QStringLiteral("statisticsTotal"));
    QTRY_VERIFY2(total->text().startsWith(QStringLiteral("requests: 25 · errors: 0")),
                 qPrintable(total->text()));
    QVERIFY2(total->text().contains(QLatin1String("$0.0")), qPrintable(total->text()));
    window.findChild<QComboBox*>(QStringLiteral("statisticsTime"))->setCurrentIndex(1);
    QTRY_VERIFY(total->text().startsWith(QLatin1String("requests: 48")));
    auto* chart = window.findChild<BarChart*>();
    window.findChild<QComboBox*>(QStringLiteral("statisticsGroup"))->setCurrentIndex(2);
    QTRY_VERIFY(!window.isReading());
    QTest::keyClick(chart, Qt::Key_Right);
    QVERIFY(chart->chosenText().startsWith(QLatin1String("claude-haiku-4-5: ")));
}

void StatisticsWindowTest::csvAndPngAreSaved() {
    StatisticsWindow window(m_path, m_clock);
    window.show();
    QTRY_VERIFY(!window.isReading());
    const QString csv = m_dir.filePath(QStringLiteral("out.csv"));
    const QString png = m_dir.filePath(QStringLiteral("out.png"));
    QVERIFY(window.saveCsv(csv));
    QFile file(csv);
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 26);
    QVERIFY(window.savePng(png));
    QVERIFY(QImage(png).width() > 100);
    QVERIFY(!window.saveCsv(csv + QStringLiteral("/out.csv"))); // below a file
}

void StatisticsWindowTest::everyMeasureHasItsUnit() {
    StatisticsRow row;
    row.usage.input = 1500;
    row.usage.dollars = 1.5;
    row.firstByteMedian = 1'500'000;
    const auto unit = [&row](StatisticsMeasure measure) {
        const BarContents contents = statisticsChart({row}, measure, StatisticsGroup::Model);
        return contents.text(contents.bars.front().parts[0]);
    };
    QCOMPARE(unit(StatisticsMeasure::Cost), QStringLiteral("$1.50"));
    QCOMPARE(unit(StatisticsMeasure::FirstByte), QStringLiteral("1.50 s"));
    QCOMPARE(unit(StatisticsMeasure::Errors), QStringLiteral("0"));
}

void StatisticsWindowTest::theMenuEntryOpensIt() {
    PriceFile prices(m_dir.path());
    StatisticsAction entry(m_path, m_clock, prices);
    entry.action().trigger();
    QWidget* window = nullptr;
    for (QWidget* each : QApplication::topLevelWidgets())
        if (each->objectName() == QLatin1String("statisticsWindow")) window = each;
    QVERIFY(window && window->isVisible());
    for (const auto* widget : window->findChildren<QWidget*>())
        if (widget->focusPolicy() != Qt::NoFocus && widget->isVisible() &&
            qobject_cast<const QComboBox*>(widget))
            QVERIFY(!widget->accessibleName().isEmpty());
}

QTEST_MAIN(StatisticsWindowTest)
#include "tst_statisticswindow.moc"
