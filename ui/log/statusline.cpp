// SPDX-License-Identifier: MIT
#include "ui/log/statusline.h"

#include "ui/tones.h"

#include <QLocale>

#include <algorithm>
#include <limits>

namespace sallyport {

namespace {

void setTone(QLabel& label, Tone tone, const QPalette& from) {
    QPalette palette;
    palette.setColor(QPalette::WindowText, toneColor(tone, from));
    label.setPalette(palette);
}

} // namespace

StatusLine::StatusLine(QWidget* parent)
    : QStatusBar(parent) {
    setSizeGripEnabled(false);
    m_address.setObjectName(QStringLiteral("statusAddress"));
    m_claude.setObjectName(QStringLiteral("statusClaudeCode"));
    m_active.setObjectName(QStringLiteral("statusActive"));
    m_counts.setObjectName(QStringLiteral("statusCounts"));
    m_problem.setObjectName(QStringLiteral("statusFilterProblem"));
    m_address.setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (QLabel* label : {&m_address, &m_claude, &m_active}) {
        label->setContentsMargins(6, 0, 10, 0);
        addWidget(label);
    }
    m_problem.setContentsMargins(6, 0, 10, 0);
    addWidget(&m_problem, 1);
    m_counts.setContentsMargins(6, 0, 10, 0);
    addPermanentWidget(&m_counts);
}

void StatusLine::setStatus(const EngineStatus& status) {
    const bool isRunning = status.state == EngineStatus::State::Running;
    const bool isFailed = status.state == EngineStatus::State::Failed;
    m_address.setText(isRunning  ? QString(QStringLiteral("● ") + status.address)
                      : isFailed ? tr("! not listening")
                                 : tr("○ off"));
    setTone(m_address, isRunning ? Tone::Good : isFailed ? Tone::Bad : Tone::Quiet, palette());
    m_active.setText(tr("%n active", nullptr, status.active));
    m_active.setVisible(status.active > 0);
}

void StatusLine::setClaudeCode(bool isConnected, const std::optional<LastSeen>& seen,
                               WallTime now) {
    const QString text = claudeCodeText(isConnected, seen, now);
    if (text == m_claude.text()) return;
    m_claude.setText(text);
    setTone(m_claude, isConnected ? Tone::Plain : Tone::Quiet, palette());
}

void StatusLine::setCounts(std::size_t shown, std::size_t total, std::size_t waiting) {
    const auto number = [](std::size_t count) {
        return QLocale().toString(static_cast<qulonglong>(count));
    };
    const auto plural = [](std::size_t count) {
        return static_cast<int>(std::min<std::size_t>(count, std::numeric_limits<int>::max()));
    };
    QString text = shown == total ? tr("%Ln request(s)", nullptr, plural(total))
                                  : tr("%1 shown of %2").arg(number(shown), number(total));
    if (waiting > 0)
        text += QStringLiteral(" · ") + tr("%Ln request(s) waiting", nullptr, plural(waiting));
    m_counts.setText(text);
}

void StatusLine::setFilterProblem(const QString& problem) {
    m_problem.setFullText(problem);
    setTone(m_problem, Tone::Bad, palette());
}

} // namespace sallyport
