// SPDX-License-Identifier: MIT
#include "ui/detail/silencechart.h"

#include "ui/log/rowtext.h"
#include "ui/tones.h"

#include <QCoreApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QStringList>
#include <QToolTip>

#include <algorithm>
#include <map>

namespace sallyport {

namespace {

constexpr int kBar = 14; ///< pixels

Tone toneOf(Silence::By by) {
    switch (by) {
    case Silence::By::Client: return Tone::Live;
    case Silence::By::Sallyport: return Tone::Bad;
    case Silence::By::Upstream: return Tone::Warn;
    }
    return Tone::Plain;
}

/// `upstream silent 12 s · client silent 2 s`, the longest first.
QString sumText(const std::vector<Silence>& silences) {
    std::map<Silence::By, qint64> sums;
    for (const Silence& silence : silences)
        sums[silence.by] += silence.toMicros - silence.fromMicros;
    std::vector<std::pair<qint64, Silence::By>> longest;
    for (const auto& [by, micros] : sums)
        longest.emplace_back(micros, by);
    std::sort(longest.rbegin(), longest.rend());
    QStringList texts;
    for (const auto& [micros, by] : longest)
        texts += silentText(by) + u' ' + durationText(micros);
    return texts.isEmpty() ? QCoreApplication::translate("Silence", "no silence of 0.5 s or more")
                           : texts.join(QStringLiteral(" · "));
}

} // namespace

QString silentText(Silence::By by) {
    switch (by) {
    case Silence::By::Client: return QCoreApplication::translate("Silence", "client silent");
    case Silence::By::Sallyport:
        return QCoreApplication::translate("Silence", "waited in Sallyport");
    case Silence::By::Upstream: return QCoreApplication::translate("Silence", "upstream silent");
    }
    return {};
}

SilenceChart::SilenceChart(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("silenceChart"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SilenceChart::setDetail(const ExchangeDetail& detail, qint64 elapsed) {
    m_elapsed = std::max<qint64>(1, elapsed);
    m_silences = silencesOf(detail, elapsed);
    m_moments.clear();
    for (const auto* body : {&detail.requestBody, &detail.responseBody})
        for (const BodyPiece& piece : *body)
            m_moments.push_back(piece.atMicros);
    setAccessibleName(sumText(m_silences));
    update();
}

QSize SilenceChart::sizeHint() const { return {200, kBar + 4 + fontMetrics().height()}; }

double SilenceChart::at(qint64 micros) const {
    return static_cast<double>(micros) / static_cast<double>(m_elapsed) * width();
}

QString SilenceChart::silenceAt(int x) const {
    for (const Silence& silence : m_silences)
        if (x >= at(silence.fromMicros) && x <= at(silence.toMicros))
            return QStringLiteral("%1 %2, %3 – %4")
                .arg(silentText(silence.by), durationText(silence.toMicros - silence.fromMicros),
                     durationText(silence.fromMicros), durationText(silence.toMicros));
    return {};
}

bool SilenceChart::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), silenceAt(help->pos().x()), this);
    return true;
}

void SilenceChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(Qt::NoPen);
    painter.setBrush(toneGround(Tone::Plain, palette()));
    painter.drawRoundedRect(QRectF(0, 0, width(), kBar), 2, 2);
    for (const Silence& silence : m_silences) {
        const double from = at(silence.fromMicros);
        const QRectF box(from, 0, std::max(2.0, at(silence.toMicros) - from), kBar);
        painter.setPen(Qt::NoPen);
        QColor ground = toneColor(toneOf(silence.by), palette());
        ground.setAlphaF(0.3F);
        painter.setBrush(ground);
        painter.drawRect(box);
        painter.setPen(QPen(toneColor(toneOf(silence.by), palette()), 1));
        painter.drawLine(box.bottomLeft(), box.bottomRight());
    }
    painter.setPen(toneColor(Tone::Good, palette()));
    for (const qint64 moment : m_moments) {
        const int x = static_cast<int>(std::min<double>(at(moment), width() - 1));
        painter.drawLine(x, 3, x, kBar - 4);
    }
    painter.setPen(palette().color(QPalette::WindowText));
    const QRect below(0, kBar + 2, width(), fontMetrics().height() + 2);
    const QString total = durationText(m_elapsed);
    const int right = fontMetrics().horizontalAdvance(total) + 12;
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, total);
    painter.drawText(
        below.adjusted(0, 0, -right, 0), Qt::AlignLeft | Qt::AlignVCenter,
        fontMetrics().elidedText(sumText(m_silences), Qt::ElideRight, below.width() - right));
}

} // namespace sallyport
