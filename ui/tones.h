// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

class QLabel;

namespace sallyport {

/// What a colour stands for. Never the only sign of a state: a glyph or a word repeats it.
enum class Tone { Plain, Good, Warn, Bad, Live, Quiet };

/// Whether a palette is a dark one.
[[nodiscard]] bool isDark(const QPalette& palette);
/// A text colour for a tone that stays readable (contrast 4.5 and more) on the palette's base.
[[nodiscard]] QColor toneColor(Tone tone, const QPalette& palette);
/// The contrast of two opaque colours, WCAG 2.2: 1 to 21.
[[nodiscard]] double contrast(const QColor& a, const QColor& b);
/// `ground`, made darker or lighter until `text` on it has a contrast of 4.5.
[[nodiscard]] QColor readableGround(QColor ground, const QColor& text);
/// The background for something of that tone.
[[nodiscard]] QColor toneGround(Tone tone, const QPalette& palette);
/// The font with figures of one width: `font` itself where it has them, else the fixed one.
[[nodiscard]] QFont figureFont(const QFont& font);
/// The system's fixed font in the size of `font`, for code and contents.
[[nodiscard]] QFont codeFont(const QFont& font);

/// Gives the text of a label that tone, on its own palette's base.
void setTone(QLabel& label, Tone tone);

} // namespace sallyport
