// SPDX-License-Identifier: MIT
#include "ui/log/celltexts.h"

#include <QFontMetricsF>
#include <QPaintEngine>
#include <QTextLayout>

#include <memory>

namespace sallyport {

namespace {
constexpr qreal kAnyWidth = 1 << 20; ///< no line breaks
} // namespace

void CellTexts::setFont(const QFont& font) {
    if (font == m_font) return;
    m_font = font;
    m_lines.clear();
}

const CellTexts::Line& CellTexts::lineOf(const QString& text, int room) {
    const Key key{text, room};
    if (const Line* known = m_lines.object(key)) return *known;
    const auto layOut = [this](const QString& shown) {
        QTextLayout layout(shown, m_font);
        layout.beginLayout();
        QTextLine line = layout.createLine();
        line.setLineWidth(kAnyWidth);
        line.setPosition({0, -line.ascent()}); // glyphs are placed from the baseline
        layout.endLayout();
        return std::make_unique<Line>(Line{shown, layout.glyphRuns(), line.naturalTextWidth()});
    };
    auto line = layOut(text);
    if (line->width > room)
        line = layOut(QFontMetricsF(m_font).elidedText(text, Qt::ElideRight, room));
    Line* kept = line.release();
    m_lines.insert(key, kept); // of cost 1: the one that was inserted last is never dropped at once
    return *kept;
}

void CellTexts::paint(QPainter& painter, const QString& text, const QRectF& room,
                      Qt::Alignment side) {
    const Line& line = lineOf(text, static_cast<int>(room.width()));
    const QFontMetricsF metrics(m_font);
    const QPointF at(side.testFlag(Qt::AlignRight) ? room.right() - line.width : room.left(),
                     room.center().y() - metrics.height() / 2 + metrics.ascent());
    if (painter.paintEngine()->type() == QPaintEngine::Raster) {
        for (const QGlyphRun& run : line.glyphs)
            painter.drawGlyphRun(at, run);
        return;
    }
    painter.setFont(m_font); // a device that takes texts, not glyphs
    painter.drawText(at, line.text);
}

} // namespace sallyport
