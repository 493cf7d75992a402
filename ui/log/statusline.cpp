// SPDX-License-Identifier: MIT
#include "ui/log/statusline.h"

#include "ui/tones.h"

#include <QHBoxLayout>
#include <QLocale>

#include <algorithm>
#include <limits>

namespace sallyport {

QString destinationText(const Destination& to) {
    if (to.upstream.isEmpty()) return StatusLine::tr("→ no upstream");
    if (to.isSandbox) return StatusLine::tr("Sandbox: not a real model");
    if (!to.recording.isEmpty())
        return StatusLine::tr("Replay: recorded responses of %1, not a real model")
            .arg(to.recording);
    return QStringLiteral("→ %1 (%2)").arg(to.upstream, to.host);
}

StatusLine::StatusLine(QWidget* parent)
    : QStatusBar(parent) {
    setSizeGripEnabled(false);
    m_address.setObjectName(QStringLiteral("statusAddress"));
    m_claude.setObjectName(QStringLiteral("statusClaudeCode"));
    m_active.setObjectName(QStringLiteral("statusActive"));
    m_counts.setObjectName(QStringLiteral("statusCounts"));
    m_problem.setObjectName(QStringLiteral("statusFilterProblem"));
    m_address.setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_destination.setObjectName(QStringLiteral("statusDestination"));
    m_destination.setAutoRaise(true);
    m_destination.setToolTip(tr("Where the requests of Claude Code go; click to change it"));
    connect(&m_destination, &QToolButton::clicked, this, &StatusLine::destinationClicked);
    setDestination({});
    m_selection.setObjectName(QStringLiteral("statusSelection"));
    // One item: a message hides it, whichever of its parts is shown meanwhile.
    auto* all = new QWidget(this);
    auto* row = new QHBoxLayout(all);
    row->setContentsMargins(0, 0, 0, 0);
    for (QWidget* part : std::initializer_list<QWidget*>{&m_address, &m_destination, &m_active})
        row->addWidget(part);
    for (QWidget* part : std::initializer_list<QWidget*>{&m_claude, &m_problem, &m_selection})
        row->addWidget(part, 1);
    for (QWidget* part : all->findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
        part->setContentsMargins(6, 0, 10, 0);
    addWidget(all, 1);
    shareRoom();
    m_counts.setContentsMargins(6, 0, 10, 0);
    addPermanentWidget(&m_counts);
}

void StatusLine::setStatus(const EngineStatus& status) {
    const bool isRunning = status.state == EngineStatus::State::Running;
    const bool isFailed = status.state == EngineStatus::State::Failed;
    m_address.setText(isRunning  ? QString(QStringLiteral("● ") + status.address)
                      : isFailed ? tr("! not listening")
                                 : tr("○ off"));
    setTone(m_address, isRunning ? Tone::Good : isFailed ? Tone::Bad : Tone::Quiet);
    m_active.setText(tr("%n active", nullptr, status.active));
    m_active.setVisible(status.active > 0);
}

void StatusLine::setDestination(const Destination& destination) {
    m_destination.setText(destinationText(destination));
    QPalette tone;
    tone.setColor(QPalette::ButtonText,
                  toneColor(destination.host.isEmpty() ? Tone::Warn : Tone::Plain, palette()));
    m_destination.setPalette(tone);
}

void StatusLine::setClaudeCode(const ClaudeCodeState& state, const std::optional<LastSeen>& seen,
                               WallTime now) {
    const QString text = claudeCodeText(state, seen, now);
    if (text == m_claude.text()) return;
    m_claude.setFullText(text);
    const bool isBroken = state.leadsHere() && !state.isConnected;
    setTone(m_claude, isBroken ? Tone::Bad : state.isConnected ? Tone::Plain : Tone::Quiet);
}

void StatusLine::setCounts(std::size_t shown, std::size_t total, std::size_t waiting,
                           std::size_t older) {
    const auto number = [](std::size_t count) {
        return QLocale().toString(static_cast<qulonglong>(count));
    };
    const auto plural = [](std::size_t count) {
        return static_cast<int>(std::min<std::size_t>(count, std::numeric_limits<int>::max()));
    };
    QString text = shown == total ? tr("%Ln request(s)", nullptr, plural(total))
                                  : tr("%1 shown of %2").arg(number(shown), number(total));
    if (older > 0) text += QStringLiteral(" · ") + tr("%Ln older", nullptr, plural(older));
    if (waiting > 0)
        text += QStringLiteral(" · ") + tr("%Ln request(s) waiting", nullptr, plural(waiting));
    m_counts.setText(text);
}

QSize StatusLine::minimumSizeHint() const { return {320, QStatusBar::minimumSizeHint().height()}; }

void StatusLine::setSelection(const QString& sum) {
    m_selection.setFullText(sum);
    shareRoom();
}

/// One of the three texts at a time.
void StatusLine::shareRoom() {
    const bool hasProblem = !m_problem.text().isEmpty();
    const bool hasSelection = !m_selection.text().isEmpty();
    m_problem.setVisible(hasProblem);
    m_selection.setVisible(hasSelection && !hasProblem);
    m_claude.setVisible(!hasSelection && !hasProblem);
}

void StatusLine::setFilterProblem(const QString& problem) {
    m_problem.setFullText(problem);
    shareRoom();
    setTone(m_problem, Tone::Bad);
}

} // namespace sallyport
