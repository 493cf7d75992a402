// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/filterquery.h"
#include "core/support/clock.h"
#include "ui/log/rowring.h"
#include "ui/log/runningrows.h"

#include <QAbstractTableModel>
#include <QFont>
#include <QPalette>

#include <deque>
#include <map>
#include <vector>

namespace sallyport {

/// The id of a row of the history is its id there with this bit.
inline constexpr quint64 kHistoryBit = 1ULL << 63;
[[nodiscard]] constexpr bool isHistoryId(quint64 id) { return (id & kHistoryBit) != 0; }
/// As the table shows it: of a row of the history as `sallyport log --json` numbers it, after an H.
[[nodiscard]] QString numberText(quint64 id);

/// The rows of the log: a ring of records and an own index of those that pass the filter. Always
/// sorted by id; a batch is one change for the view. While paused nothing that is shown changes,
/// and what comes is kept. Above the live rows stand those that were loaded of the history.
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
        Cache,
        FirstByte,
        Duration,
        Size,
        Error,
        Waterfall,
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
    void addRecords(const QVector<ExchangeRecord>& records);
    /// Takes the rows of the history out: they passed another filter.
    void setQuery(filter::Query query);
    [[nodiscard]] const filter::Query& query() const { return m_query; }
    /// Exchanges of the history, newest first, each older than those that stand there; what is
    /// shown as a live row is left out.
    void prependOlder(const QVector<ExchangeRecord>& newestFirst);
    void clearOlder();
    [[nodiscard]] int olderRows() const { return static_cast<int>(m_older.size()); }
    /// Leaves requests for Sallyport's own health checks out, those that failed excepted.
    void setHidesHealthChecks(bool on);
    [[nodiscard]] std::size_t hiddenHealthChecks() const;
    void setPaused(bool isPaused);
    /// Forgets all that have ended.
    void clearEnded();
    /// The palette of the view, and the font for figures.
    void setAppearance(const QPalette& palette, const QFont& figures);
    /// Repaints running rows of [first, last], whose duration grows. Does nothing while paused.
    void refreshRunning(int first, int last);

    /// The moment that the ages of running rows are counted to.
    [[nodiscard]] WallTime shownNow() const { return m_isPaused ? m_pausedAt : m_clock.wallNow(); }
    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    /// Requests that came or changed while paused; what is shown does not have them yet.
    [[nodiscard]] std::size_t waiting() const { return m_waiting.size(); }
    [[nodiscard]] const RowRing& ring() const { return m_ring; }
    /// Null when the row is gone.
    [[nodiscard]] const ExchangeRecord* recordAt(int row) const;
    /// A live record, or one of a row of the history; null when it is gone.
    [[nodiscard]] const ExchangeRecord* find(quint64 id) const;
    /// -1 when it is not visible.
    [[nodiscard]] int rowOf(quint64 id) const;

signals:
    /// Counts of shown, total or groups may have changed.
    void countsChanged();
    /// The rows of the history were taken out.
    void olderCleared();

private:
    void addRecord(const ExchangeRecord& record);
    [[nodiscard]] QString stateText(const ExchangeRecord& record) const;
    [[nodiscard]] bool isWanted(const ExchangeRecord& record) const;
    void appendRows();
    void updateRow(quint64 id, bool isMatching);
    void emitChangedRows();
    void evict();
    void rebuildIndex();
    [[nodiscard]] std::ptrdiff_t positionOf(quint64 id) const;
    [[nodiscard]] int olderRowOf(quint64 id) const;
    [[nodiscard]] QVariant display(const ExchangeRecord& record, int column) const;
    /// The row in one sentence, for a screen reader.
    [[nodiscard]] QString sentence(const ExchangeRecord& record) const;
    [[nodiscard]] QVariant foreground(const ExchangeRecord& record, int column) const;
    [[nodiscard]] QString toolTip(const ExchangeRecord& record, int column) const;

    const Clock& m_clock;
    RowRing m_ring;
    filter::Query m_query;
    std::deque<ExchangeRecord> m_older; ///< of the history, ids rising
    std::deque<quint64> m_visible;      ///< ids that pass the filter, rising
    std::vector<quint64> m_appending;   ///< of the batch at hand, to be appended at once
    std::vector<int> m_changedRows;     ///< of the batch at hand
    RunningRows m_running;
    std::map<quint64, ExchangeRecord> m_waiting; ///< by id, the newest state of each
    bool m_hidesHealthChecks = false;
    bool m_isPaused = false;
    WallTime m_pausedAt; ///< running rows show their age at this moment while paused
    QPalette m_palette;
    QFont m_figures;
};

} // namespace sallyport
