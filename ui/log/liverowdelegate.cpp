// SPDX-License-Identifier: MIT
#include "ui/log/liverowdelegate.h"

#include "ui/log/exchangetablemodel.h"
#include "ui/log/rowtext.h"
#include "ui/tones.h"

#include <QPainter>
#include <QTableView>

#include <algorithm>

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
    if (index.column() == ExchangeTableModel::Waterfall) paintBar(*painter, plain, index);
    const auto* table = qobject_cast<const QTableView*>(option.widget);
    if (!table || !table->hasFocus() || table->currentIndex().row() != index.row()) return;
    const QColor line = isSelected ? option.palette.color(QPalette::HighlightedText)
                                   : option.palette.color(QPalette::Highlight);
    painter->fillRect(QRect(option.rect.topLeft(), QSize(option.rect.width(), 1)), line);
    painter->fillRect(QRect(option.rect.bottomLeft(), QSize(option.rect.width(), 1)), line);
}

LiveRowDelegate::Span LiveRowDelegate::spanOf(const ExchangeTableModel& model, int first,
                                              int last) {
    Span span;
    const WallTime now = std::chrono::ceil<std::chrono::seconds>(model.shownNow());
    for (int row = std::max(first, 0); row <= last; ++row) {
        const ExchangeRecord& record = *model.recordAt(row);
        const auto end = record.startedAt + std::chrono::microseconds(elapsedMicros(record, now));
        if (span.from == WallTime{} || record.startedAt < span.from) span.from = record.startedAt;
        span.to = std::max(span.to, end);
    }
    return span;
}

bool LiveRowDelegate::setSpan(const Span& span) {
    const bool isOther = span != m_span;
    m_span = span;
    return isOther;
}

/// Waiting is a thin line, receiving a thick one: not told by colour alone.
void LiveRowDelegate::paintBar(QPainter& painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const {
    const auto* model = qobject_cast<const ExchangeTableModel*>(index.model());
    const ExchangeRecord* record = model ? model->recordAt(index.row()) : nullptr;
    if (!record || m_span.to <= m_span.from) return;
    const QRect room = option.rect.adjusted(4, 0, -4, 0);
    const auto whole = static_cast<double>((m_span.to - m_span.from).count());
    const auto placeOf = [&](qint64 micros) {
        const auto at = record->startedAt + std::chrono::microseconds(micros) - m_span.from;
        const double part = std::clamp(static_cast<double>(at.count()) / whole, 0.0, 1.0);
        return room.left() + static_cast<int>(part * room.width());
    };
    const qint64 end = elapsedMicros(*record, model->shownNow());
    const int start = placeOf(0);
    const int first = placeOf(std::min(record->times.firstByte.value_or(end), end));
    const int last = std::max(placeOf(end), start + 2);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QColor colour = isSelected ? option.palette.color(QPalette::HighlightedText)
                                     : toneColor(rowState(*record).tone, option.palette);
    const int middle = room.center().y();
    painter.fillRect(QRect(start, middle, std::max(first - start, 1), 2), colour);
    painter.fillRect(QRect(first, middle - 3, std::max(last - first, 2), 8), colour);
}

} // namespace sallyport
