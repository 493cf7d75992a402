// SPDX-License-Identifier: MIT
#include "ui/log/liverowdelegate.h"

#include "ui/log/exchangetablemodel.h"
#include "ui/tones.h"

#include <QPainter>
#include <QTableView>

namespace sallyport {

void LiveRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    if (!isSelected && index.data(ExchangeTableModel::LiveRole).toBool()) {
        QColor ground = toneColor(Tone::Live, option.palette);
        ground.setAlphaF(static_cast<float>(0.05 + 0.07 * m_pulse));
        painter->fillRect(option.rect, ground);
    }
    QStyleOptionViewItem plain(option);
    if (isSelected) {
        // A tone may be unreadable on the highlight; the glyph and the word say the same.
        plain.palette.setColor(QPalette::Text, option.palette.color(QPalette::HighlightedText));
    }
    plain.state &= ~QStyle::State_HasFocus;
    QStyledItemDelegate::paint(painter, plain, index);
    const auto* table = qobject_cast<const QTableView*>(option.widget);
    if (!table || !table->hasFocus() || table->currentIndex().row() != index.row()) return;
    const QColor line = isSelected ? option.palette.color(QPalette::HighlightedText)
                                   : option.palette.color(QPalette::Highlight);
    painter->fillRect(QRect(option.rect.topLeft(), QSize(option.rect.width(), 1)), line);
    painter->fillRect(QRect(option.rect.bottomLeft(), QSize(option.rect.width(), 1)), line);
}

} // namespace sallyport
