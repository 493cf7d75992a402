// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

class QWidget;

namespace sallyport {

/// The texts below `window` that have less room than they need, a line each with the class and the
/// name of the widget: labels, buttons, boxes, hints of empty fields, tabs, headers. What elides by
/// itself and shows all in its tool tip (ElidedLabel) is left out, and what is not visible.
[[nodiscard]] QStringList clippedTexts(const QWidget& window);

} // namespace sallyport
