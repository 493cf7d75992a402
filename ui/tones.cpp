// SPDX-License-Identifier: MIT
#include "ui/tones.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QLabel>

#include <algorithm>
#include <cmath>

namespace sallyport {

namespace {

QColor mixed(const QColor& a, const QColor& b, double share) {
    const auto part = [share](int x, int y) {
        return static_cast<int>(x * (1 - share) + y * share);
    };
    return QColor(part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue()));
}

QColor hue(Tone tone, bool dark) {
    switch (tone) {
    case Tone::Good: return dark ? QColor(0x7f, 0xd1, 0x96) : QColor(0x14, 0x6c, 0x37);
    case Tone::Warn: return dark ? QColor(0xe6, 0xb9, 0x5c) : QColor(0x8a, 0x5a, 0x00);
    case Tone::Bad: return dark ? QColor(0xff, 0x8f, 0x85) : QColor(0xb3, 0x1d, 0x1d);
    case Tone::Live: return dark ? QColor(0x86, 0xb4, 0xff) : QColor(0x1f, 0x55, 0xb8);
    case Tone::Plain:
    case Tone::Quiet: break;
    }
    return {};
}

double luminance(const QColor& color) {
    const auto part = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) +
           0.0722 * part(color.blueF());
}

} // namespace

double contrast(const QColor& a, const QColor& b) {
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

QColor readableGround(QColor ground, const QColor& text) {
    constexpr double kLeast = 4.5;
    constexpr double kStep = 0.04;
    constexpr int kMostSteps = 25;
    const QColor away = luminance(text) > luminance(ground) ? Qt::black : Qt::white;
    for (int step = 0; step < kMostSteps && contrast(ground, text) < kLeast; ++step)
        ground = mixed(ground, away, kStep);
    return ground;
}

bool isDark(const QPalette& palette) {
    return palette.color(QPalette::Base).lightness() < palette.color(QPalette::Text).lightness();
}

QColor toneColor(Tone tone, const QPalette& palette) {
    const QColor text = palette.color(QPalette::Text);
    if (tone == Tone::Plain) return text;
    if (tone == Tone::Quiet) return mixed(text, palette.color(QPalette::Base), 0.38);
    return hue(tone, isDark(palette));
}

QColor toneGround(Tone tone, const QPalette& palette) {
    const QColor base = palette.color(QPalette::Base);
    if (tone == Tone::Plain || tone == Tone::Quiet)
        return mixed(base, palette.color(QPalette::Text), 0.06);
    return mixed(base, toneColor(tone, palette), 0.12);
}

QFont figureFont(const QFont& font) {
    const QFontMetricsF metrics(font);
    const qreal width = metrics.horizontalAdvance(u'0');
    for (char16_t digit = u'1'; digit <= u'9'; ++digit)
        if (!qFuzzyCompare(metrics.horizontalAdvance(digit), width)) return codeFont(font);
    return font;
}

QFont codeFont(const QFont& font) {
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (font.pointSizeF() > 0)
        fixed.setPointSizeF(font.pointSizeF());
    else
        fixed.setPixelSize(font.pixelSize());
    return fixed;
}

void setTone(QLabel& label, Tone tone) {
    QPalette palette;
    palette.setColor(QPalette::WindowText, toneColor(tone, label.palette()));
    label.setPalette(palette);
}

} // namespace sallyport
