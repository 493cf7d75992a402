// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/clock.h"
#include "ui/pricefile.h"
#include "ui/statistics/statisticswindow.h"

#include <QAction>
#include <QObject>

#include <memory>

namespace sallyport {

/// The menu entry that opens the statistics; their window is made when it is first chosen.
class StatisticsAction : public QObject {
    Q_OBJECT
public:
    /// `clock` and `prices` outlive it.
    StatisticsAction(QString historyPath, const Clock& clock, PriceFile& prices);
    [[nodiscard]] QAction& action() { return m_action; }
    [[nodiscard]] bool isOpen() const { return m_window && m_window->isVisible(); }

private:
    void open();

    QString m_path;
    const Clock& m_clock;
    PriceFile& m_prices;
    QAction m_action;
    std::unique_ptr<StatisticsWindow> m_window;
};

} // namespace sallyport
