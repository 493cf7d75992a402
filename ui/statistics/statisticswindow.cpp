// SPDX-License-Identifier: MIT
#include "ui/statistics/statisticswindow.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSaveFile>
#include <QVBoxLayout>

#include <array>
#include <utility>

namespace sallyport {

namespace {

using namespace std::chrono_literals;
constexpr std::array kTimes{24h, 7 * 24h, 30 * 24h};
constexpr std::array kGroups{StatisticsGroup::Hour, StatisticsGroup::Day, StatisticsGroup::Model,
                             StatisticsGroup::Route, StatisticsGroup::Session};
constexpr std::array kMeasures{StatisticsMeasure::Tokens, StatisticsMeasure::Cost,
                               StatisticsMeasure::Requests, StatisticsMeasure::Errors,
                               StatisticsMeasure::FirstByte};

template <typename List>
auto chosenOf(const List& list, const QComboBox& box) {
    return list[static_cast<std::size_t>(std::max(0, box.currentIndex()))];
}

} // namespace

StatisticsWindow::StatisticsWindow(QString historyPath, const Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_path(std::move(historyPath))
    , m_clock(clock) {
    setObjectName(QStringLiteral("statisticsWindow"));
    setWindowTitle(tr("Statistics – Sallyport"));
    QStringList measures;
    for (const StatisticsMeasure measure : kMeasures)
        measures += measureText(measure);
    QStringList groups;
    for (const StatisticsGroup group : kGroups)
        groups += groupText(group);
    m_measure = addChoice(tr("What is shown"), measures, "statisticsMeasure");
    m_group = addChoice(tr("By what it is summed"), groups, "statisticsGroup");
    m_time = addChoice(tr("Time"), {tr("last 24 hours"), tr("last 7 days"), tr("last 30 days")},
                       "statisticsTime");
    m_csv = new QPushButton(tr("Save CSV…"), this);
    m_csv->setObjectName(QStringLiteral("statisticsCsv"));
    m_png = new QPushButton(tr("Save PNG…"), this);
    m_png->setObjectName(QStringLiteral("statisticsPng"));
    m_chart = new BarChart(this);
    m_chosen = new QLabel(this);
    m_chosen->setObjectName(QStringLiteral("statisticsChosen"));
    m_total = new QLabel(this);
    m_total->setObjectName(QStringLiteral("statisticsTotal"));
    m_total->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setupUi();
    connect(m_measure, &QComboBox::currentIndexChanged, this, &StatisticsWindow::updateChart);
    connect(m_group, &QComboBox::currentIndexChanged, this, &StatisticsWindow::read);
    connect(m_time, &QComboBox::currentIndexChanged, this, &StatisticsWindow::read);
    connect(m_chart, &BarChart::chosenChanged, m_chosen, &QLabel::setText);
    connect(m_csv, &QPushButton::clicked, this,
            [this] { askForFile(QStringLiteral("CSV (*.csv)"), &StatisticsWindow::saveCsv); });
    connect(m_png, &QPushButton::clicked, this,
            [this] { askForFile(QStringLiteral("PNG (*.png)"), &StatisticsWindow::savePng); });
}

QComboBox* StatisticsWindow::addChoice(const QString& name, const QStringList& texts,
                                       const char* object) {
    auto* box = new QComboBox(this);
    box->setObjectName(QString::fromLatin1(object));
    box->setAccessibleName(name);
    box->addItems(texts);
    return box;
}

void StatisticsWindow::setupUi() {
    auto* row = new QHBoxLayout;
    row->addWidget(m_measure);
    row->addWidget(m_group);
    row->addWidget(m_time);
    row->addStretch(1);
    row->addWidget(m_csv);
    row->addWidget(m_png);
    for (QLabel* label : {m_chosen, m_total}) {
        label->setTextFormat(Qt::PlainText);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->addLayout(row);
    column->addWidget(m_chart, 1);
    column->addWidget(m_chosen);
    column->addWidget(m_total);
    resize(920, 520);
}

void StatisticsWindow::setPrices(const PriceTable& prices) {
    m_prices = prices;
    if (isVisible()) read();
}

void StatisticsWindow::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    read();
}

void StatisticsWindow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

void StatisticsWindow::read() {
    m_total->setText(tr("Reading the history…"));
    const StatisticsQuestion question{m_path, m_clock.wallNow() - chosenOf(kTimes, *m_time),
                                      chosenOf(kGroups, *m_group), m_prices};
    m_task.start([this, question]() -> LatestTask::Delivery {
        return [this, answer = readStatistics(question)] { take(answer); };
    });
}

void StatisticsWindow::take(const StatisticsAnswer& answer) {
    m_rows = answer.rows;
    m_csv->setEnabled(!m_rows.empty());
    m_png->setEnabled(!m_rows.empty());
    updateChart();
    m_total->setText(answer.problem.isEmpty()
                         ? statisticsTotal(m_rows)
                         : tr("The history cannot be read: %1").arg(answer.problem));
}

void StatisticsWindow::updateChart() {
    m_chart->setContents(
        statisticsChart(m_rows, chosenOf(kMeasures, *m_measure), chosenOf(kGroups, *m_group)));
}

void StatisticsWindow::askForFile(const QString& filter,
                                  bool (StatisticsWindow::*save)(const QString&) const) {
    auto* dialog = new QFileDialog(this, tr("Save"), QString(), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(filter.section(QStringLiteral("*."), 1).chopped(1));
    connect(dialog, &QFileDialog::fileSelected, this, [this, save](const QString& path) {
        m_chosen->setText((this->*save)(path) ? tr("Saved: %1").arg(path)
                                              : tr("Not saved: %1 cannot be written.").arg(path));
    });
    dialog->open();
}

bool StatisticsWindow::saveCsv(const QString& path) const {
    QSaveFile file(path);
    return file.open(QSaveFile::WriteOnly) && file.write(statisticsCsv(m_rows)) >= 0 &&
           file.commit();
}

bool StatisticsWindow::savePng(const QString& path) const {
    return m_chart->grab().save(path, "PNG");
}

} // namespace sallyport
