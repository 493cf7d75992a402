// SPDX-License-Identifier: MIT
#include "ui/log/liverowdelegate.h"

#include "ui/log/exchangetablemodel.h"
#include "ui/log/rowtext.h"
#include "ui/tones.h"

#include <QApplication>
#include <QPainter>
#include <QTableView>

#include <algorithm>
#include <cmath>

namespace sallyport {

namespace {
/// Between the edge of a cell and its text; what the styles of Qt leave there.
constexpr qreal kMargin = 3;
} // namespace

void LiveRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    if (!isSelected && index.data(ExchangeTableModel::LiveRole).toBool())
        painter->fillRect(option.rect, pulsingGround(option.palette));
    if (isSelected || option.state.testFlag(QStyle::State_MouseOver)) {
        QStyleOptionViewItem plain(option);
        plain.state &= ~QStyle::State_HasFocus;
        const QStyle& style = option.widget ? *option.widget->style() : *QApplication::style();
        style.drawPrimitive(QStyle::PE_PanelItemViewItem, &plain, painter, option.widget);
    }
    paintText(*painter, option, index);
    if (index.column() == ExchangeTableModel::Waterfall) paintBar(*painter, option, index);
    const auto* table = qobject_cast<const QTableView*>(option.widget);
    if (!table || !table->hasFocus() || table->currentIndex().row() != index.row()) return;
    const QColor line = isSelected ? option.palette.color(QPalette::HighlightedText)
                                   : option.palette.color(QPalette::Highlight);
    painter->fillRect(QRect(option.rect.topLeft(), QSize(option.rect.width(), 1)), line);
    painter->fillRect(QRect(option.rect.bottomLeft(), QSize(option.rect.width(), 1)), line);
}

/// Opaque: blending it with what is below is a sixth of what painting a cell takes.
QColor LiveRowDelegate::pulsingGround(const QPalette& palette) const {
    const QColor base = palette.color(QPalette::Base);
    const QColor tone = toneColor(Tone::Live, palette);
    const double share = 0.05 + 0.07 * m_pulse;
    const auto mixed = [share](int below, int above) {
        return static_cast<int>(std::lround(below + (above - below) * share));
    };
    return {mixed(base.red(), tone.red()), mixed(base.green(), tone.green()),
            mixed(base.blue(), tone.blue())};
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

/// One line at its place. QStyledItemDelegate asks for ten roles and lays out a document for each
/// cell; a screen of 28 rows, painted 30 times a second, has some 340 of them.
void LiveRowDelegate::paintText(QPainter& painter, const QStyleOptionViewItem& option,
                                const QModelIndex& index) const {
    const QString text = index.data(Qt::DisplayRole).toString();
    if (text.isEmpty()) return;
    // A tone may be unreadable on the highlight; the glyph and the word say the same.
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QVariant tone = isSelected ? QVariant() : index.data(Qt::ForegroundRole);
    painter.setPen(tone.isValid() ? tone.value<QColor>()
                                  : option.palette.color(isSelected ? QPalette::HighlightedText
                                                                    : QPalette::Text));
    const QVariant font = index.data(Qt::FontRole);
    CellTexts& texts = font.isValid() ? m_figures : m_words;
    texts.setFont(font.isValid() ? font.value<QFont>() : option.font);
    const auto asked = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
    texts.paint(painter, text, QRectF(option.rect).adjusted(kMargin, 0, -kMargin, 0),
                QStyle::visualAlignment(option.direction, asked));
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
