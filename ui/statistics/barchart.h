// SPDX-License-Identifier: MIT
#pragma once

#include "ui/tones.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

namespace sallyport {

/// What stands side by side in a chart: a bar of one or several parts.
struct Bar {
    QString name;
    std::vector<double> parts; ///< one for each series
};
struct BarSeries {
    QString name;
    Tone tone = Tone::Live;
};
struct BarContents {
    QString title;
    std::vector<BarSeries> series;
    std::vector<Bar> bars;
    std::function<QString(double)> text; ///< a value with its unit
};

/// A round step for an axis up to `most` with some `steps` lines; 1 for nothing.
[[nodiscard]] double axisStep(double most, int steps);

/// Bars with an axis, units and a legend, painted by itself. Hover or the arrow keys choose a bar
/// and say its figures; the accessible description says those of the one that is chosen.
class BarChart : public QWidget {
    Q_OBJECT
public:
    explicit BarChart(QWidget* parent = nullptr);
    void setContents(BarContents contents);
    [[nodiscard]] QSize minimumSizeHint() const override { return {360, 220}; }
    /// `2026-11-21: 3,120 input, 64 output`; empty: none is chosen.
    [[nodiscard]] QString chosenText() const;

signals:
    void chosenChanged(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] double most() const;
    [[nodiscard]] double barWidth() const;
    void choose(int bar);
    void paintAxis(QPainter& painter, const QRectF& area) const;
    void paintBars(QPainter& painter, const QRectF& area) const;
    void paintNames(QPainter& painter, const QRectF& area) const;
    void paintLegend(QPainter& painter) const;

    BarContents m_contents;
    int m_chosen = -1;
};

} // namespace sallyport
