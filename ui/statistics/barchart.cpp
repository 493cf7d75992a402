// SPDX-License-Identifier: MIT
#include "ui/statistics/barchart.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace sallyport {

namespace {

constexpr int kSteps = 5;       ///< lines of the axis
constexpr double kLeastBar = 2; ///< pixels

double totalOf(const Bar& bar) { return std::accumulate(bar.parts.begin(), bar.parts.end(), 0.0); }

} // namespace

double axisStep(double most, int steps) {
    if (most <= 0 || steps <= 0) return 1;
    const double rough = most / steps;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double nice : {1.0, 2.0, 5.0})
        if (rough <= nice * power * 1.0000001) return nice * power;
    return 10 * power;
}

BarChart::BarChart(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("barChart"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
}

void BarChart::setContents(BarContents contents) {
    m_contents = std::move(contents);
    m_chosen = -1;
    setAccessibleName(m_contents.title);
    setAccessibleDescription(tr("%n bar(s); the arrow keys choose one", nullptr,
                                static_cast<int>(m_contents.bars.size())));
    emit chosenChanged({});
    update();
}

double BarChart::most() const {
    double most = 0;
    for (const Bar& bar : m_contents.bars)
        most = std::max(most, totalOf(bar));
    return most;
}

QRectF BarChart::plot() const {
    const QFontMetrics metrics(font());
    const double step = axisStep(most(), kSteps);
    int widest = 0;
    for (double value = 0; m_contents.text && value <= most() + step / 2; value += step)
        widest = std::max(widest, metrics.horizontalAdvance(m_contents.text(value)));
    const int top = 3 * metrics.height() + 14; // title, legend, half a figure of the axis
    return QRectF(rect()).adjusted(widest + 16, top, -14, -(metrics.height() + 14));
}

double BarChart::barWidth() const {
    const auto count = static_cast<double>(std::max<std::size_t>(1, m_contents.bars.size()));
    return plot().width() / count;
}

QString BarChart::chosenText() const {
    if (m_chosen < 0 || m_chosen >= static_cast<int>(m_contents.bars.size())) return {};
    const Bar& bar = m_contents.bars[static_cast<std::size_t>(m_chosen)];
    QStringList texts;
    for (std::size_t i = 0; i < bar.parts.size(); ++i)
        texts += m_contents.series.size() > 1
                     ? QString(m_contents.text(bar.parts[i]) + u' ' + m_contents.series[i].name)
                     : m_contents.text(bar.parts[i]);
    return bar.name + QStringLiteral(": ") + texts.join(QStringLiteral(" · "));
}

void BarChart::choose(int bar) {
    const int count = static_cast<int>(m_contents.bars.size());
    const int wanted = count == 0 ? -1 : std::clamp(bar, -1, count - 1);
    if (wanted == m_chosen) return;
    m_chosen = wanted;
    setAccessibleDescription(chosenText());
    emit chosenChanged(chosenText());
    update();
}

void BarChart::mouseMoveEvent(QMouseEvent* event) {
    const QRectF area = plot();
    const double x = event->position().x() - area.left();
    choose(x < 0 || x >= area.width() ? -1 : static_cast<int>(x / barWidth()));
}

void BarChart::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(m_contents.bars.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left: choose(std::max(0, m_chosen - 1)); return;
    case Qt::Key_Right: choose(std::min(last, m_chosen + 1)); return;
    case Qt::Key_Home: choose(0); return;
    case Qt::Key_End: choose(last); return;
    default: QWidget::keyPressEvent(event);
    }
}

void BarChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::Text));
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.drawText(QPointF(10, 8 + fontMetrics().ascent()), m_contents.title);
    painter.setFont(font());
    if (m_contents.bars.empty()) {
        painter.drawText(rect(), Qt::AlignCenter, tr("Nothing was recorded in this time."));
        return;
    }
    const QRectF area = plot();
    paintLegend(painter);
    paintAxis(painter, area);
    paintBars(painter, area);
    paintNames(painter, area);
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1, Qt::DotLine));
        painter.drawRect(rect().adjusted(1, 1, -2, -2));
    }
}

void BarChart::paintLegend(QPainter& painter) const {
    if (m_contents.series.size() < 2) return;
    double x = 10;
    const double y = 12 + fontMetrics().height();
    for (const BarSeries& series : m_contents.series) {
        painter.fillRect(QRectF(x, y + 3, 10, 10), toneColor(series.tone, palette()));
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(QPointF(x + 14, y + fontMetrics().ascent()), series.name);
        x += 28 + fontMetrics().horizontalAdvance(series.name);
    }
}

void BarChart::paintAxis(QPainter& painter, const QRectF& area) const {
    const double step = axisStep(most(), kSteps);
    const double top = std::max(step, std::ceil(most() / step - 1e-9) * step);
    for (double value = 0; value <= top + step / 2; value += step) {
        const double y = area.bottom() - value / top * area.height();
        painter.setPen(toneGround(Tone::Plain, palette()).darker(isDark(palette()) ? 80 : 108));
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        painter.setPen(toneColor(Tone::Quiet, palette()));
        painter.drawText(
            QRectF(0, y - fontMetrics().height() / 2.0, area.left() - 8, fontMetrics().height()),
            Qt::AlignRight | Qt::AlignVCenter, m_contents.text(value));
    }
}

void BarChart::paintBars(QPainter& painter, const QRectF& area) const {
    const double step = axisStep(most(), kSteps);
    const double top = std::max(step, std::ceil(most() / step - 1e-9) * step);
    const double room = barWidth();
    const double width = std::max(kLeastBar, std::min(room * 0.8, 60.0));
    for (std::size_t i = 0; i < m_contents.bars.size(); ++i) {
        const double left = area.left() + room * static_cast<double>(i) + (room - width) / 2;
        if (static_cast<int>(i) == m_chosen)
            painter.fillRect(QRectF(area.left() + room * static_cast<double>(i), area.top(), room,
                                    area.height()),
                             toneGround(Tone::Live, palette()));
        double bottom = area.bottom();
        const Bar& bar = m_contents.bars[i];
        for (std::size_t part = 0; part < bar.parts.size(); ++part) {
            const double height = bar.parts[part] / top * area.height();
            painter.fillRect(QRectF(left, bottom - height, width, height),
                             toneColor(m_contents.series[part].tone, palette()));
            bottom -= height;
        }
    }
}

/// As many names as there is room for.
void BarChart::paintNames(QPainter& painter, const QRectF& area) const {
    int widest = 1;
    for (const Bar& bar : m_contents.bars)
        widest = std::max(widest, fontMetrics().horizontalAdvance(bar.name));
    const double most = std::min<double>(widest + 16, 150);
    const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(most / barWidth())));
    painter.setPen(toneColor(Tone::Quiet, palette()));
    for (std::size_t i = 0; i < m_contents.bars.size(); i += every) {
        const double middle = area.left() + barWidth() * (static_cast<double>(i) + 0.5);
        QRectF box(middle - most / 2, area.bottom() + 4, most, fontMetrics().height() + 4);
        box.moveLeft(std::clamp(box.left(), 2.0, std::max(2.0, width() - most - 2)));
        painter.drawText(box, Qt::AlignCenter,
                         fontMetrics().elidedText(m_contents.bars[i].name, Qt::ElideMiddle,
                                                  static_cast<int>(most) - 6));
    }
}

} // namespace sallyport
