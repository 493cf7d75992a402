// SPDX-License-Identifier: MIT
#pragma once

#include "ui/detail/silences.h"

#include <QWidget>

namespace sallyport {

[[nodiscard]] QString silentText(Silence::By by);

/// An exchange as one line of time: where bytes passed, and the silences in the tone of whose turn
/// it was, with a line below that sums them up. Hover names one; the accessible name says all.
class SilenceChart : public QWidget {
    Q_OBJECT
public:
    explicit SilenceChart(QWidget* parent = nullptr);
    /// `elapsed`: µs since the exchange began, or of all of it.
    void setDetail(const ExchangeDetail& detail, qint64 elapsed);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] double at(qint64 micros) const;
    [[nodiscard]] QString silenceAt(int x) const;

    std::vector<Silence> m_silences;
    std::vector<qint64> m_moments; ///< at which bytes passed
    qint64 m_elapsed = 1;
};

} // namespace sallyport
