// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/statisticsreader.h"
#include "core/support/clock.h"
#include "ui/latesttask.h"
#include "ui/statistics/statisticscontents.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QWidget>

namespace sallyport {

/// Tokens, cost, requests, errors and time to the first byte of the history, as a chart; as CSV and
/// PNG. Reads on a thread of its own.
class StatisticsWindow : public QWidget {
    Q_OBJECT
public:
    /// `historyPath`: of the file; there need be none yet. `clock` outlives the window.
    StatisticsWindow(QString historyPath, const Clock& clock, QWidget* parent = nullptr);
    /// Reads the history anew when the window is shown.
    void setPrices(const PriceTable& prices);
    /// Whether what is shown has been read.
    [[nodiscard]] bool isReading() const { return m_task.isRunning(); }
    [[nodiscard]] bool saveCsv(const QString& path) const;
    [[nodiscard]] bool savePng(const QString& path) const;

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void setupUi();
    QComboBox* addChoice(const QString& name, const QStringList& texts, const char* object);
    void read();
    void take(const StatisticsAnswer& answer);
    void updateChart();
    void askForFile(const QString& filter, bool (StatisticsWindow::*save)(const QString&) const);

    QString m_path;
    const Clock& m_clock;
    PriceTable m_prices;
    QComboBox* m_measure;
    QComboBox* m_group;
    QComboBox* m_time;
    QPushButton* m_csv;
    QPushButton* m_png;
    BarChart* m_chart;
    QLabel* m_chosen;
    QLabel* m_total;
    std::vector<StatisticsRow> m_rows;
    LatestTask m_task;
};

} // namespace sallyport
