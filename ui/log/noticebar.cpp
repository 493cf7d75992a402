// SPDX-License-Identifier: MIT
#include "ui/log/noticebar.h"

#include <QApplication>
#include <QEvent>

namespace sallyport {

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("noticeBar"));
    setAutoFillBackground(true);
    m_text.setObjectName(QStringLiteral("noticeText"));
    m_text.setWordWrap(true);
    m_text.setTextFormat(Qt::PlainText);
    m_text.setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close.setObjectName(QStringLiteral("noticeClose"));
    m_close.setText(QStringLiteral("✕"));
    m_close.setAutoRaise(true);
    m_close.setAccessibleName(tr("Hide this notice"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 5, 8, 5);
    row->addWidget(&m_text, 1);
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        row->addWidget(&m_buttons[i]);
        connect(&m_buttons[i], &QPushButton::clicked, this,
                [this, i] { emit actionRequested(m_notice.actions[i]); });
    }
    row->addWidget(&m_close);
    connect(&m_close, &QToolButton::clicked, this, [this] {
        m_isDismissed = true;
        hide();
    });
    hide();
}

void NoticeBar::setNotice(const Notice& notice) {
    if (notice == m_notice && (m_isDismissed || !isHidden())) return;
    m_notice = notice;
    m_isDismissed = false;
    m_text.setText(QStringLiteral("! ") + notice.text);
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const bool isUsed = i < notice.actions.size();
        m_buttons[i].setVisible(isUsed);
        if (!isUsed) continue;
        m_buttons[i].setText(noticeActionText(notice.actions[i]));
        m_buttons[i].setObjectName(
            QStringLiteral("notice%1").arg(static_cast<int>(notice.actions[i])));
    }
    updatePalette();
    show();
}

void NoticeBar::clearNotice() {
    m_notice = {};
    m_isDismissed = false;
    hide();
}

void NoticeBar::updatePalette() {
    m_isUpdatingPalette = true;
    QPalette notice = QApplication::palette(this);
    notice.setColor(QPalette::Window, toneGround(m_notice.tone, notice));
    notice.setColor(QPalette::WindowText, toneColor(m_notice.tone, notice));
    setPalette(notice);
    m_isUpdatingPalette = false;
}

void NoticeBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange && !m_isUpdatingPalette) updatePalette();
}

} // namespace sallyport
