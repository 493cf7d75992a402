// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace sallyport {

/// A plain text for a label that shows rich text: what stands between `backquotes` is in the font
/// of code, everything else is shown as it is.
[[nodiscard]] QString codeText(const QString& plain);

} // namespace sallyport
