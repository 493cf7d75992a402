// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"
#include "ui/log/celltexts.h"

#include <QStyledItemDelegate>

namespace sallyport {

class ExchangeTableModel;

/// Paints a row; the background of one that still runs pulses.
class LiveRowDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    /// 0 to 1.
    void setPulse(double pulse) { m_pulse = pulse; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

    /// The times between which the bars of the waterfall lie.
    struct Span {
        WallTime from{};
        WallTime to{};
        friend bool operator==(const Span&, const Span&) = default;
    };
    /// From the first start to the last end of the rows [first, last]; to the next second where one
    /// runs, so that the scale changes once a second at most.
    [[nodiscard]] static Span spanOf(const ExchangeTableModel& model, int first, int last);
    /// Whether it is another one than before.
    bool setSpan(const Span& span);

private:
    [[nodiscard]] QColor pulsingGround(const QPalette& palette) const;
    void paintText(QPainter& painter, const QStyleOptionViewItem& option,
                   const QModelIndex& index) const;
    void paintBar(QPainter& painter, const QStyleOptionViewItem& option,
                  const QModelIndex& index) const;

    Span m_span;
    double m_pulse = 0;
    // What paint(), which is const, has laid out.
    mutable CellTexts m_words;
    mutable CellTexts m_figures;
};

} // namespace sallyport
