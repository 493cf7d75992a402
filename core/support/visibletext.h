// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace sallyport {

/// The text with what a terminal would obey rather than show (control characters, line ends,
/// changes of the direction of writing, what has no width) written as an escape: `\n`, `\x1b`,
/// `\u202e`.
[[nodiscard]] QString visibleText(const QString& text);

} // namespace sallyport
