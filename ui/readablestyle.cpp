// SPDX-License-Identifier: MIT
#include "ui/readablestyle.h"

#include "ui/tones.h"

#include <QApplication>
#include <QPainter>
#include <QStyleOption>

namespace sallyport {

namespace {
const QString kFusion = QStringLiteral("fusion");
} // namespace

ReadableStyle::ReadableStyle()
    : QProxyStyle(kFusion) {}

void ReadableStyle::install() {
    const QStyle* present = QApplication::style();
    if (present->name() == kFusion && !qobject_cast<const ReadableStyle*>(present))
        QApplication::setStyle(new ReadableStyle);
}

void ReadableStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                  QPainter* painter, const QWidget* widget) const {
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool isRadio = element == PE_IndicatorRadioButton;
    const bool isEnabled = option->state.testFlag(State_Enabled);
    if ((!isRadio && element != PE_IndicatorCheckBox) || !isEnabled || !isDark(option->palette))
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(toneColor(Tone::Quiet, option->palette));
    painter->setBrush(Qt::NoBrush);
    // Where Fusion paints its own: half a pixel inside, a circle one to the right and below.
    const QRectF edge = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (isRadio)
        painter->drawEllipse(edge);
    else
        painter->drawRect(edge);
    painter->restore();
}

} // namespace sallyport
