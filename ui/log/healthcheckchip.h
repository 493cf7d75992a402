// SPDX-License-Identifier: MIT
#pragma once

#include "ui/log/exchangetablemodel.h"

#include <QAction>
#include <QSettings>
#include <QToolButton>

namespace sallyport {

/// The filter that leaves requests for Sallyport's own health checks out of the table: on at first,
/// remembered, says how many it hides. Out of sight while there are none.
class HealthCheckChip : public QToolButton {
    Q_OBJECT
public:
    /// Both outlive this.
    HealthCheckChip(ExchangeTableModel& model, QSettings& settings, QWidget* parent = nullptr);
    /// The same switch for a menu.
    [[nodiscard]] QAction& action() { return m_action; }
    /// After a change of what the table holds.
    void updateCount();

private:
    ExchangeTableModel& m_model;
    QAction m_action;
};

} // namespace sallyport
