// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/engine.h"
#include "ui/connect/claudecodestate.h"
#include "ui/connect/lastseen.h"
#include "ui/log/elidedlabel.h"

#include <QLabel>
#include <QStatusBar>
#include <QToolButton>

namespace sallyport {

/// `→ corp (gateway.corp.example)`, or that it is the sandbox or a recording.
[[nodiscard]] QString destinationText(const Destination& to);

/// The line below the table: address, where requests go, Claude Code, what is active, shown over
/// total.
class StatusLine : public QStatusBar {
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent = nullptr);
    void setStatus(const EngineStatus& status);
    /// Where Claude Code's requests go.
    void setDestination(const Destination& destination);
    void setClaudeCode(const ClaudeCodeState& state, const std::optional<LastSeen>& seen,
                       WallTime now);
    /// `older`: rows of the history that are shown as well.
    void setCounts(std::size_t shown, std::size_t total, std::size_t waiting, std::size_t older);
    /// What the selected rows come to; empty: nothing.
    void setSelection(const QString& sum);
    /// Why the filter is not understood; empty when it is. Elided, so that its length never widens
    /// the window.
    void setFilterProblem(const QString& problem);

    /// Narrower than the texts: what they say never widens the window.
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void destinationClicked();

private:
    void shareRoom();
    QToolButton m_destination;
    QLabel m_address, m_active, m_counts;
    ElidedLabel m_claude;
    ElidedLabel m_problem;
    ElidedLabel m_selection;
};

} // namespace sallyport
