// SPDX-License-Identifier: MIT
#include "ui/readablepalette.h"

#include "ui/tones.h"

#include <QApplication>
#include <QEvent>

namespace sallyport {

ReadablePalette::ReadablePalette(QObject* parent)
    : QObject(parent) {
    update();
    qApp->installEventFilter(this);
}

bool ReadablePalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == qApp && event->type() == QEvent::ApplicationPaletteChange) update();
    return QObject::eventFilter(watched, event);
}

void ReadablePalette::update() {
    QPalette palette = QApplication::palette();
    const QColor wanted = toneColor(Tone::Quiet, palette);
    if (palette.color(QPalette::Active, QPalette::PlaceholderText) == wanted) return;
    palette.setColor(QPalette::PlaceholderText, wanted);
    QApplication::setPalette(palette);
}

} // namespace sallyport
