// SPDX-License-Identifier: MIT
#include "ui/tray/gateicon.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

QString shapeName(GateShape shape) {
    switch (shape) {
    case GateShape::Open: return QStringLiteral("open");
    case GateShape::Busy: return QStringLiteral("busy");
    case GateShape::Trouble: return QStringLiteral("trouble");
    case GateShape::Barred: return QStringLiteral("barred");
    }
    return {};
}

/// The master whose grid fits: 22 and 24 (a 22 with a margin) have one of their own, everything
/// else is a multiple of 16 or large enough not to matter.
struct Grid {
    int master;
    int margin; ///< in pixels, on each side
};
Grid gridFor(int pixels) {
    if (pixels == 22 || pixels == 44) return {22, 0};
    if (pixels == 24) return {22, 1};
    return {16, 0};
}

QByteArray gateSvg(GateShape shape, int master, const QColor& color) {
    QFile file(QStringLiteral(":/icons/gate-%1-%2.svg").arg(shapeName(shape)).arg(master));
    if (!file.open(QFile::ReadOnly)) return {};
    return file.readAll().replace("#000000", color.name().toLatin1());
}

constexpr std::array kIconSizes{16, 22, 24, 32, 44, 48, 64};
const QColor kDarkGate(0x2b, 0x2f, 0x36);
const QColor kLightGate(0xf2, 0xf2, 0xf2);

/// The dark gate on a light one that stands out by a sixteenth of the size on each side.
QPixmap outlined(GateShape shape, int pixels) {
    const int border = std::max(1, pixels / 16);
    const QPixmap light = gatePixmap(shape, kLightGate, pixels);
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    for (int dx = -border; dx <= border; ++dx)
        for (int dy = -border; dy <= border; ++dy)
            painter.drawPixmap(dx, dy, light);
    painter.drawPixmap(0, 0, gatePixmap(shape, kDarkGate, pixels));
    return pixmap;
}

} // namespace

GateShape gateShape(const EngineStatus& status, bool hasTrouble) {
    if (status.state == EngineStatus::State::Failed || hasTrouble) return GateShape::Trouble;
    if (status.state == EngineStatus::State::Stopped) return GateShape::Barred;
    return status.active > 0 ? GateShape::Busy : GateShape::Open;
}

QPixmap gatePixmap(GateShape shape, const QColor& color, int pixels) {
    const Grid grid = gridFor(pixels);
    QSvgRenderer renderer(gateSvg(shape, grid.master, color));
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const int side = pixels - 2 * grid.margin;
    renderer.render(&painter, QRectF(grid.margin, grid.margin, side, side));
    return pixmap;
}

QIcon gateIcon(GateShape shape, const QColor& color) {
    QIcon icon;
    for (const int pixels : kIconSizes)
        icon.addPixmap(gatePixmap(shape, color, pixels));
    return icon;
}

QIcon applicationIcon() {
    return QIcon(QStringLiteral(":/icons/io.github.sallyport.Sallyport.svg"));
}

PanelTone panelTone(const PanelTraits& panel) {
    // GNOME's top bar is dark in its light style too.
    if (panel.desktop.contains("GNOME")) return PanelTone::Dark;
    // Xfce's panel has a dark mode of its own, on by default, that no interface tells.
    if (panel.desktop.contains("XFCE")) return PanelTone::Unknown;
    if (panel.portalScheme == 1) return PanelTone::Dark;
    if (panel.portalScheme == 2) return PanelTone::Light;
    return PanelTone::Unknown;
}

QIcon panelIcon(GateShape shape, PanelTone tone) {
    switch (tone) {
    case PanelTone::Light: return gateIcon(shape, kDarkGate);
    case PanelTone::Dark: return gateIcon(shape, kLightGate);
    case PanelTone::Unknown: break;
    }
    QIcon icon;
    for (const int pixels : kIconSizes)
        icon.addPixmap(outlined(shape, pixels));
    return icon;
}

} // namespace sallyport
