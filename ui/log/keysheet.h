// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QWidget;

namespace sallyport {

/// The keys of the window, one per line, and the keys of the filter.
[[nodiscard]] QString keySheetText();

/// Shows them in a box over `parent`, which closes itself.
void showKeySheet(QWidget* parent);

} // namespace sallyport
