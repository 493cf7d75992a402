// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace sallyport {

/// Whether a character of a text that came from outside is written as an escape: controls, also
/// those above U+007F, and format characters can move the cursor of a terminal or turn the
/// direction of text, separators can break a line, and what Unicode gives no meaning has any.
[[nodiscard]] bool needsEscape(char32_t c);

/// The text with what a terminal would interpret rather than show (control characters, line ends,
/// changes of the direction of writing, what has no width) written as an escape: `\n`, `\x1b`,
/// `\u202e`.
[[nodiscard]] QString visibleText(const QString& text);

} // namespace sallyport
