// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/engine.h"
#include "ui/connect/lastseen.h"
#include "ui/log/elidedlabel.h"

#include <QLabel>
#include <QStatusBar>

namespace sallyport {

/// The line below the table: address, Claude Code, what is active, shown over total.
class StatusLine : public QStatusBar {
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent = nullptr);
    void setStatus(const EngineStatus& status);
    void setClaudeCode(bool isConnected, const std::optional<LastSeen>& seen, WallTime now);
    void setCounts(std::size_t shown, std::size_t total, std::size_t waiting);
    /// Why the filter is not understood; empty when it is. Elided, so that its length never widens
    /// the window.
    void setFilterProblem(const QString& problem);

private:
    QLabel m_address, m_claude, m_active, m_counts;
    ElidedLabel m_problem;
};

} // namespace sallyport
