// SPDX-License-Identifier: MIT
#pragma once

#include <QProxyStyle>

namespace sallyport {

/// Fusion, with an edge around check boxes and radio buttons that can be seen on a dark palette:
/// Fusion's own is a darker shade of the window, 1.2:1 there, where 3:1 is needed
/// (WCAG 2.2 1.4.11).
class ReadableStyle : public QProxyStyle {
    Q_OBJECT
public:
    ReadableStyle();

    /// Makes it the style of the application where that has Fusion; others have edges of their own.
    static void install();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
};

} // namespace sallyport
