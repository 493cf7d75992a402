// SPDX-License-Identifier: MIT
#include "ui/setup/setupdonepage.h"

#include "ui/tones.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace sallyport {

SetupDonePage::SetupDonePage(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("setupDone"));
    QFont large(font());
    large.setPointSizeF(large.pointSizeF() * 1.25);
    m_title.setFont(large);
    m_title.setObjectName(QStringLiteral("setupDestination"));
    m_text.setObjectName(QStringLiteral("setupNext"));
    for (QLabel* label : {&m_title, &m_text}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_close.setObjectName(QStringLiteral("closeSetup"));
    m_close.setText(tr("Close"));
    m_connect.setObjectName(QStringLiteral("setupConnect"));
    m_connect.setText(tr("Connect Claude Code…"));
    connect(&m_close, &QPushButton::clicked, this, &SetupDonePage::closeRequested);
    connect(&m_connect, &QPushButton::clicked, this, &SetupDonePage::connectRequested);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(&m_close);
    row->addWidget(&m_connect);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 16, 18, 14);
    column->setSpacing(10);
    column->addWidget(&m_title);
    column->addWidget(&m_text);
    column->addStretch(1);
    column->addLayout(row);
}

void SetupDonePage::setDestination(const QString& destination) {
    const bool isSandbox = destination.isEmpty();
    m_title.setText(isSandbox ? tr("! Requests go to the sandbox: not a real model")
                              : tr("✓ Requests go to %1").arg(destination));
    setTone(m_title, isSandbox ? Tone::Warn : Tone::Good);
    m_text.setText(tr(
        "Next: connect Claude Code, so that its requests pass through Sallyport. What is written "
        "into its settings is shown before, and one click takes it back."));
}

void SetupDonePage::setProblem(const QString& problem) {
    m_title.setText(tr("! Saved, but not in force"));
    setTone(m_title, Tone::Bad);
    m_text.setText(problem);
}

void SetupDonePage::focusNext() {
    m_connect.setDefault(true);
    m_connect.setFocus();
}

} // namespace sallyport
