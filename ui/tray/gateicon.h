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
    QByteArray desktop;   ///< `XDG_CURRENT_DESKTOP`
    int portalScheme = 0; ///< color-scheme of the settings portal: 1 prefers dark, 2 light
};
/// How the panel looks behind the icon. Unknown where its theme is not that of programs.
enum class PanelTone { Light, Dark, Unknown };
[[nodiscard]] PanelTone panelTone(const PanelTraits& panel);
/// The icon for such a panel: dark, light, or dark with a light outline, which is seen on both.
[[nodiscard]] QIcon panelIcon(GateShape shape, PanelTone tone);

} // namespace sallyport
