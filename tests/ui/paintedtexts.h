// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QImage>
#include <QRectF>
#include <QString>
#include <QStringList>
#include <QVector>

class QWidget;

namespace sallyport {

/// A text as a window painted it.
struct PaintedText {
    QString text;
    QRectF place; ///< in the window, in its own units; what is clipped off is left out
    QColor colour;
};

/// What the window and the widgets in it write when they are painted, as far as it can be seen.
[[nodiscard]] QVector<PaintedText> paintedTexts(QWidget& window);

/// The texts whose contrast against what `picture` has around them is less than 4.5 (WCAG 2.2
/// 1.4.3), a line each. `picture`: of the same window. Texts of disabled widgets are left out.
[[nodiscard]] QStringList faintTexts(const QWidget& window, const QVector<PaintedText>& texts,
                                     const QImage& picture);

} // namespace sallyport
