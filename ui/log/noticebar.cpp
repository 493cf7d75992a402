// SPDX-License-Identifier: MIT
#include "ui/log/noticebar.h"

#include "ui/tones.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>

namespace sallyport {

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("noticeBar"));
    setAutoFillBackground(true);
    m_text.setObjectName(QStringLiteral("noticeText"));
    m_text.setWordWrap(true);
    m_text.setTextFormat(Qt::PlainText);
    m_text.setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_retry.setObjectName(QStringLiteral("noticeAgain"));
    m_retry.setText(tr("Try again"));
    m_close.setObjectName(QStringLiteral("noticeClose"));
    m_close.setText(QStringLiteral("✕"));
    m_close.setAutoRaise(true);
    m_close.setAccessibleName(tr("Hide this notice"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 8, 6);
    row->addWidget(&m_text, 1);
    row->addWidget(&m_retry);
    row->addWidget(&m_close);
    connect(&m_retry, &QPushButton::clicked, this, [this] { emit retryRequested(m_kind); });
    connect(&m_close, &QToolButton::clicked, this, [this] { setNotice(m_kind, {}); });
    updatePalette();
    hide();
}

void NoticeBar::setNotice(Kind kind, const QString& text) {
    if (text.isEmpty()) {
        if (kind != m_kind) return;
        m_kind = Kind::None;
        hide();
        return;
    }
    m_kind = kind;
    m_text.setText(QStringLiteral("! ") + text);
    show();
}

void NoticeBar::updatePalette() {
    m_isUpdatingPalette = true;
    QPalette notice = QApplication::palette(this);
    notice.setColor(QPalette::Window, toneGround(Tone::Bad, notice));
    notice.setColor(QPalette::WindowText, toneColor(Tone::Bad, notice));
    setPalette(notice);
    m_isUpdatingPalette = false;
}

void NoticeBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange && !m_isUpdatingPalette) updatePalette();
}

} // namespace sallyport
