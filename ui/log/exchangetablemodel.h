// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/clock.h"
#include "ui/filter/filterquery.h"
#include "ui/log/rowring.h"

#include <QAbstractTableModel>
#include <QFont>
#include <QPalette>

#include <deque>
#include <optional>
#include <vector>

namespace sallyport {

/// The rows of the log: a ring of records and an own index of those that pass the filter. Sorted by
/// id, always; told to the view in whole batches. Takes nothing in while paused, but keeps it.
class ExchangeTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        Number,
        Time,
        State,
        Method,
        Address,
        Model,
        Route,
        TokensIn,
        TokensOut,
        FirstByte,
        Duration,
        Size,
        kColumns
    };
    enum Role { IdRole = Qt::UserRole + 1, LiveRole };

    explicit ExchangeTableModel(const Clock& clock, std::size_t capacity = 100000,
                                QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    /// New records and newer states of old ones, in order of id.
    void take(const QVector<ExchangeRecord>& records);
    void setQuery(filter::Query query);
    void setPaused(bool on);
    /// Forgets all that have ended.
    void clearEnded();
    /// Colours and the font of figures follow the view.
    void setLook(const QPalette& palette, const QFont& figures);
    /// Repaints what time alone changes, in rows [first, last].
    void tick(int first, int last);

    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    /// Records that came while paused and are not shown yet.
    [[nodiscard]] std::size_t waiting() const { return m_waiting.size(); }
    [[nodiscard]] const RowRing& ring() const { return m_ring; }
    /// Null when the row is gone.
    [[nodiscard]] const ExchangeRecord* recordAt(int row) const;
    /// -1 when it is not visible.
    [[nodiscard]] int rowOf(quint64 id) const;

signals:
    /// Counts of shown, total or groups may have changed.
    void countsChanged();

private:
    void apply(const ExchangeRecord& record);
    void appendVisible();
    void refresh(quint64 id, bool isMatching);
    void tellChanged();
    void evict();
    void rebuildIndex();
    [[nodiscard]] std::ptrdiff_t placeOf(quint64 id) const;
    [[nodiscard]] QVariant display(const ExchangeRecord& record, int column) const;
    [[nodiscard]] QVariant foreground(const ExchangeRecord& record, int column) const;
    [[nodiscard]] QString toolTip(const ExchangeRecord& record, int column) const;

    const Clock& m_clock;
    RowRing m_ring;
    filter::Query m_query;
    std::deque<quint64> m_visible;   ///< ids that pass the filter, rising
    std::vector<quint64> m_arriving; ///< of the batch at hand, to be appended at once
    std::optional<std::pair<int, int>> m_changedRows;
    std::vector<ExchangeRecord> m_waiting;
    bool m_isPaused = false;
    QPalette m_palette;
    QFont m_figures;
};

} // namespace sallyport
