// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/engine.h"

#include <QColor>
#include <QIcon>
#include <QPixmap>

namespace sallyport {

/// The state, by shape: an open arch, a dot in it, an exclamation mark, bars.
enum class GateShape { Open, Busy, Trouble, Barred };

[[nodiscard]] GateShape gateShape(const EngineStatus& status, bool hasTrouble);
/// The gate in one colour, drawn to the pixels of the common sizes.
[[nodiscard]] QIcon gateIcon(GateShape shape, const QColor& color);
/// One size of it, in device pixels.
[[nodiscard]] QPixmap gatePixmap(GateShape shape, const QColor& color, int pixels);
/// The icon of the application, for windows.
[[nodiscard]] QIcon applicationIcon();

/// What is known about the panel that the icon stands in.
struct PanelTraits {
    QByteArray desktop; ///< `XDG_CURRENT_DESKTOP`
    bool isPaletteDark = false;
    int portalScheme = 0; ///< color-scheme of the settings portal: 1 prefers dark, 2 light
};
/// Whether the icon has to be light to be seen.
[[nodiscard]] bool isPanelDark(const PanelTraits& panel);

} // namespace sallyport
