// SPDX-License-Identifier: MIT
#include "ui/statistics/statisticsaction.h"

#include <utility>

namespace sallyport {

StatisticsAction::StatisticsAction(QString historyPath, const Clock& clock, PriceFile& prices)
    : m_path(std::move(historyPath))
    , m_clock(clock)
    , m_prices(prices)
    , m_action(tr("Statistics…")) {
    m_action.setObjectName(QStringLiteral("openStatistics"));
    connect(&m_action, &QAction::triggered, this, &StatisticsAction::open);
}

void StatisticsAction::open() {
    if (!m_window) m_window = std::make_unique<StatisticsWindow>(m_path, m_clock);
    m_prices.refresh();
    m_window->setPrices(m_prices.table());
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

} // namespace sallyport
