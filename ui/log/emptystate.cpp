// SPDX-License-Identifier: MIT
#include "ui/log/emptystate.h"

#include <QVBoxLayout>

namespace sallyport {

EmptyReason emptyReason(bool isListening, std::size_t shown, std::size_t total) {
    if (shown > 0) return EmptyReason::None;
    if (total > 0) return EmptyReason::NothingMatches;
    return isListening ? EmptyReason::NoRequests : EmptyReason::Stopped;
}

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("emptyState"));
    QFont large(m_title.font());
    large.setPointSizeF(large.pointSizeF() * 1.4);
    m_title.setFont(large);
    m_title.setObjectName(QStringLiteral("emptyTitle"));
    m_text.setObjectName(QStringLiteral("emptyText"));
    m_text.setWordWrap(true);
    m_text.setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_button.setObjectName(QStringLiteral("emptyButton"));
    for (QLabel* label : {&m_title, &m_text})
        label->setAlignment(Qt::AlignCenter);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(10);
    column->addStretch(2);
    column->addWidget(&m_title, 0, Qt::AlignHCenter);
    column->addWidget(&m_text);
    column->addSpacing(6);
    column->addWidget(&m_button, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(&m_button, &QPushButton::clicked, this, &EmptyState::handleButton);
    hide();
}

void EmptyState::setReason(EmptyReason reason, const QString& address, bool isConnected) {
    m_reason = reason;
    m_button.setVisible(reason != EmptyReason::NoRequests || !isConnected);
    setVisible(reason != EmptyReason::None);
    switch (reason) {
    case EmptyReason::None: return;
    case EmptyReason::Stopped:
        m_title.setText(tr("The proxy is off"));
        m_text.setText(tr("Nothing passes through until it is turned on."));
        m_button.setText(tr("Turn it on"));
        return;
    case EmptyReason::NoRequests:
        m_title.setText(tr("No requests yet"));
        m_text.setText(
            isConnected
                ? tr("Claude Code is connected. Start it: its requests appear here the "
                     "moment they arrive.")
                : tr("Waiting on %1. Requests appear here the moment they arrive.").arg(address));
        m_button.setText(tr("Set up Claude Code"));
        return;
    case EmptyReason::NothingMatches:
        m_title.setText(tr("Nothing matches"));
        m_text.setText(tr("No request passes the filter."));
        m_button.setText(tr("Clear filter"));
        return;
    }
}

void EmptyState::handleButton() {
    switch (m_reason) {
    case EmptyReason::None: return;
    case EmptyReason::Stopped: emit turnOnRequested(); return;
    case EmptyReason::NoRequests: emit connectRequested(); return;
    case EmptyReason::NothingMatches: emit clearFilterRequested(); return;
    }
}

} // namespace sallyport
