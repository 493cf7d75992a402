// SPDX-License-Identifier: MIT
#include "ui/tray/gateicon.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

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
    for (const int pixels : {16, 22, 24, 32, 44, 48, 64})
        icon.addPixmap(gatePixmap(shape, color, pixels));
    return icon;
}

QIcon applicationIcon() {
    return QIcon(QStringLiteral(":/icons/io.github.sallyport.Sallyport.svg"));
}

bool isPanelDark(const PanelTraits& panel) {
    // GNOME's top bar is dark in its light style too.
    if (panel.desktop.contains("GNOME")) return true;
    if (panel.portalScheme == 1) return true;
    if (panel.portalScheme == 2) return false;
    return panel.isPaletteDark;
}

} // namespace sallyport
