// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QWidget>

#include <vector>

namespace sallyport {

/// One phase of an exchange's time; the names are those of HAR.
struct TimingPhase {
    enum class Kind { Connect, Send, Wait, Receive };
    Kind kind = Kind::Wait;
    qint64 fromMicros = 0;
    qint64 toMicros = 0;
    friend bool operator==(const TimingPhase&, const TimingPhase&) = default;
};

/// The phases of an exchange. Those that were not reached are left out; the current one lasts until
/// `elapsed`.
[[nodiscard]] std::vector<TimingPhase> timingPhases(const ExchangeTimes& times, qint64 elapsed);
[[nodiscard]] QString phaseName(TimingPhase::Kind kind);

/// Draws the phases to scale, with a line of text for each.
class TimingBar : public QWidget {
    Q_OBJECT
public:
    explicit TimingBar(QWidget* parent = nullptr);
    void setPhases(std::vector<TimingPhase> phases);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int lineHeight() const { return fontMetrics().height() + 6; }
    std::vector<TimingPhase> m_phases;
};

} // namespace sallyport
