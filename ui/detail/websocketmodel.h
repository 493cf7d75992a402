// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/websocketrecord.h"

#include <QAbstractTableModel>
#include <QVector>

#include <deque>

namespace sallyport {

/// The kept messages of one WebSocket: appended at the end, evicted at the front.
class WebSocketModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Number, At, Gap, Direction, Kind, Size, Text, kColumns };
    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    void clear();
    /// Appends what is new in `kept` and removes what is no longer in it. `startMicros`:
    /// when the WebSocket began; the first gap counts from there.
    void update(const QVector<WebSocketEntry>& kept, qint64 startMicros);
    /// Null when there is no such row.
    [[nodiscard]] const WebSocketEntry* at(int row) const;
    [[nodiscard]] qint64 longestGap() const { return m_longestGap; }

private:
    struct Row {
        WebSocketEntry entry;
        qint64 gapMicros = -1; ///< negative: the one before is not known
    };
    void dropBefore(quint64 number);
    [[nodiscard]] QString textOf(const Row& row, int column) const;
    std::deque<Row> m_rows;
    qint64 m_longestGap = 0;
};

} // namespace sallyport
