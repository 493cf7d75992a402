// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace sallyport {

/// Paints a row; the background of one that still runs pulses.
class LiveRowDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    /// 0 to 1.
    void setPulse(double pulse) { m_pulse = pulse; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    double m_pulse = 0;
};

} // namespace sallyport
