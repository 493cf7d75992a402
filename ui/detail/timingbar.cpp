// SPDX-License-Identifier: MIT
#include "ui/detail/timingbar.h"

#include "ui/log/rowtext.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace sallyport {

namespace {

Tone phaseTone(TimingPhase::Kind kind) {
    switch (kind) {
    case TimingPhase::Kind::Connect: return Tone::Warn;
    case TimingPhase::Kind::Send: return Tone::Quiet;
    case TimingPhase::Kind::Wait: return Tone::Live;
    case TimingPhase::Kind::Receive: return Tone::Good;
    }
    return Tone::Plain;
}

} // namespace

QString phaseName(TimingPhase::Kind kind) {
    switch (kind) {
    case TimingPhase::Kind::Connect: return QCoreApplication::translate("Detail", "Connect");
    case TimingPhase::Kind::Send: return QCoreApplication::translate("Detail", "Send");
    case TimingPhase::Kind::Wait: return QCoreApplication::translate("Detail", "Wait");
    case TimingPhase::Kind::Receive: return QCoreApplication::translate("Detail", "Receive");
    }
    return {};
}

std::vector<TimingPhase> timingPhases(const ExchangeTimes& times, qint64 elapsed) {
    const std::pair<TimingPhase::Kind, std::optional<qint64>> ends[]{
        {TimingPhase::Kind::Connect, times.connected},
        {TimingPhase::Kind::Send, times.requestSent},
        {TimingPhase::Kind::Wait, times.firstByte},
        {TimingPhase::Kind::Receive, times.ended},
    };
    std::vector<TimingPhase> phases;
    qint64 from = 0;
    for (const auto& [kind, end] : ends) {
        // A response may come before the whole request has been sent.
        const qint64 to = std::max(from, end.value_or(from));
        if (end && to > from) phases.push_back({kind, from, to});
        from = to;
    }
    if (times.ended || elapsed <= from) return phases;
    const auto open = !times.connected     ? TimingPhase::Kind::Connect
                      : !times.requestSent ? TimingPhase::Kind::Send
                      : !times.firstByte   ? TimingPhase::Kind::Wait
                                           : TimingPhase::Kind::Receive;
    phases.push_back({open, from, elapsed});
    return phases;
}

TimingBar::TimingBar(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("timingBar"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TimingBar::setPhases(std::vector<TimingPhase> phases) {
    if (phases.size() != m_phases.size()) updateGeometry();
    m_phases = std::move(phases);
    QStringList spoken;
    for (const TimingPhase& phase : m_phases)
        spoken += phaseName(phase.kind) + u' ' + durationText(phase.toMicros - phase.fromMicros);
    setAccessibleName(spoken.join(QLatin1String(", ")));
    update();
}

QSize TimingBar::sizeHint() const {
    return {240, lineHeight() * std::max(1, static_cast<int>(m_phases.size()))};
}

void TimingBar::paintEvent(QPaintEvent*) {
    if (m_phases.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetrics metrics(font());
    int names = 0;
    for (const TimingPhase& phase : m_phases)
        names = std::max(names, metrics.horizontalAdvance(phaseName(phase.kind)));
    const int left = names + 14;
    const int right = metrics.horizontalAdvance(QStringLiteral("00 min 00 s")) + 10;
    const double room = std::max(20, width() - left - right);
    const double total = static_cast<double>(std::max<qint64>(1, m_phases.back().toMicros));
    int y = 0;
    for (const TimingPhase& phase : m_phases) {
        const double from = room * static_cast<double>(phase.fromMicros) / total;
        const double to = room * static_cast<double>(phase.toMicros) / total;
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRect(0, y, names, lineHeight()), Qt::AlignVCenter | Qt::AlignLeft,
                         phaseName(phase.kind));
        painter.setPen(Qt::NoPen);
        painter.setBrush(toneGround(Tone::Plain, palette()));
        painter.drawRoundedRect(QRectF(left, y + 5, room, lineHeight() - 10), 2, 2);
        painter.setBrush(toneColor(phaseTone(phase.kind), palette()));
        painter.drawRoundedRect(
            QRectF(left + from, y + 5, std::max(2.0, to - from), lineHeight() - 10), 2, 2);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRect(width() - right, y, right, lineHeight()),
                         Qt::AlignVCenter | Qt::AlignRight,
                         durationText(phase.toMicros - phase.fromMicros));
        y += lineHeight();
    }
}

} // namespace sallyport
