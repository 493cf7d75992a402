// SPDX-License-Identifier: MIT
#include "ui/detail/websocketmodel.h"

#include "ui/detail/websockettext.h"
#include "ui/log/rowtext.h"

#include <algorithm>
#include <array>

namespace sallyport {

namespace {
constexpr qint64 kLongGap = 2000000; ///< µs; as in a stream of events

bool isFigure(int column) {
    return column <= WebSocketModel::Gap || column == WebSocketModel::Size;
}

QVariant alignment(int column) {
    return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter) |
                               (isFigure(column) ? Qt::AlignRight : Qt::AlignLeft));
}
} // namespace

int WebSocketModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int WebSocketModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

const WebSocketEntry* WebSocketModel::at(int row) const {
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<std::size_t>(row)].entry : nullptr;
}

QVariant WebSocketModel::data(const QModelIndex& index, int role) const {
    if (!at(index.row())) return {};
    if (role == Qt::TextAlignmentRole) return alignment(index.column());
    if (role != Qt::DisplayRole) return {};
    return textOf(m_rows[static_cast<std::size_t>(index.row())], index.column());
}

QString WebSocketModel::textOf(const Row& row, int column) const {
    const WebSocketMessage& message = row.entry.message;
    switch (column) {
    case Number: return QString::number(row.entry.number);
    case At: return durationText(row.entry.atMicros);
    case Gap: {
        if (row.gapMicros < 0) return {};
        const QString gap = gapText(row.gapMicros);
        return row.gapMicros >= kLongGap ? QString(QStringLiteral("! ") + gap) : gap;
    }
    case Direction: return directionText(row.entry.from);
    case Kind: return kindText(message);
    case Size: return messageSizeText(message);
    case Text: return messageLine(message);
    default: return {};
    }
}

QVariant WebSocketModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
    if (role == Qt::TextAlignmentRole) return alignment(section);
    if (role != Qt::DisplayRole) return {};
    const std::array<QString, kColumns> names{tr("#"),    tr("Time"), tr("Gap"), tr("Direction"),
                                              tr("Kind"), tr("Size"), tr("Data")};
    return names[static_cast<std::size_t>(section)];
}

void WebSocketModel::clear() {
    beginResetModel();
    m_rows.clear();
    m_longestGap = 0;
    endResetModel();
}

void WebSocketModel::dropBefore(quint64 number) {
    const auto firstKept = std::find_if(m_rows.begin(), m_rows.end(), [number](const Row& row) {
        return row.entry.number >= number;
    });
    const auto gone = static_cast<int>(firstKept - m_rows.begin());
    if (gone == 0) return;
    beginRemoveRows({}, 0, gone - 1);
    m_rows.erase(m_rows.begin(), firstKept);
    endRemoveRows();
}

void WebSocketModel::update(const QVector<WebSocketEntry>& kept, qint64 startMicros) {
    const quint64 last = m_rows.empty() ? 0 : m_rows.back().entry.number;
    const auto fresh = std::find_if(kept.begin(), kept.end(), [last](const WebSocketEntry& entry) {
        return entry.number > last;
    });
    std::vector<Row> rows;
    const WebSocketEntry* before = m_rows.empty() ? nullptr : &m_rows.back().entry;
    for (auto each = fresh; each != kept.end(); ++each) {
        const bool isNext = before && before->number + 1 == each->number;
        const qint64 from = isNext ? before->atMicros : each->number == 1 ? startMicros : -1;
        rows.push_back({*each, from < 0 ? -1 : std::max<qint64>(0, each->atMicros - from)});
        m_longestGap = std::max(m_longestGap, rows.back().gapMicros);
        before = &*each;
    }
    dropBefore(kept.isEmpty() ? last + 1 : kept.first().number);
    if (rows.empty()) return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(rows.size()) - 1);
    std::move(rows.begin(), rows.end(), std::back_inserter(m_rows));
    endInsertRows();
}

} // namespace sallyport
