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
    const QPalette before = QApplication::palette();
    QPalette palette = before;
    palette.setColor(QPalette::PlaceholderText, toneColor(Tone::Quiet, palette));
    for (const auto group : {QPalette::Active, QPalette::Inactive})
        palette.setColor(group, QPalette::Highlight,
                         readableGround(palette.color(group, QPalette::Highlight),
                                        palette.color(group, QPalette::HighlightedText)));
    if (palette != before) QApplication::setPalette(palette);
}

} // namespace sallyport
