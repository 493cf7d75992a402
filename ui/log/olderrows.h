// SPDX-License-Identifier: MIT
#pragma once

#include "ui/log/exchangetablemodel.h"
#include "ui/log/historyinterface.h"

#include <QObject>

#include <optional>

namespace sallyport {

/// How far the rows of the history reach that stand above the live ones.
struct OlderState {
    enum class Kind {
        None, ///< no history is kept here
        Idle, ///< nothing has been asked for
        Searching,
        More, ///< there may be older ones
        All,  ///< there are none
        Full, ///< no more are held at a time
        Failed,
    };
    Kind kind = Kind::None;
    int rows = 0;
    std::optional<WallTime> reached; ///< start of the oldest exchange that was looked at
    QString problem;                 ///< of Failed, a clause
    bool isFiltered = false;
    friend bool operator==(const OlderState&, const OlderState&) = default;
};

/// Brings exchanges of the history into the table, page by page, above the live ones: those that
/// pass the filter as soon as there is one, and the others when they are asked for. Answers to an
/// earlier filter are dropped.
class OlderRows : public QObject {
    Q_OBJECT
public:
    /// Rows of the history that are held at a time.
    static constexpr int kMaxRows = 20'000;

    /// `model` outlives this.
    explicit OlderRows(ExchangeTableModel& model, QObject* parent = nullptr);
    /// `history` outlives this; without one there are no older rows.
    void setHistory(HistoryInterface& history);
    /// Whether exchanges are kept at all (`history.enabled`).
    void setKept(bool isKept);

    /// Filters the table, and searches the history unless the filter is empty.
    void setQuery(const filter::Query& query);
    /// Asks for the next page, unless one is under way or there is none.
    void loadMore();
    void cancel();
    /// Takes the rows out of the table; loadMore() begins anew.
    void drop();
    /// Asks for headers and bodies; ends in detailRead() or detailGone().
    void readDetail(const ExchangeRecord& record);

    [[nodiscard]] const OlderState& state() const { return m_state; }
    [[nodiscard]] bool hasHistory() const { return m_history != nullptr && m_isKept; }

signals:
    void stateChanged();
    /// With the id of the row.
    void detailRead(const sallyport::ExchangeDetail& detail);
    void detailGone(quint64 id);

private:
    void restart();
    void ask();
    void addPage(const HistoryPage& page);
    void setState(OlderState state);

    ExchangeTableModel& m_model;
    HistoryInterface* m_history = nullptr;
    bool m_isKept = true;
    filter::Query m_query;
    quint64 m_search = 0;
    quint64 m_before = ~0ULL;
    bool m_isAsking = false; ///< an answer is awaited
    quint64 m_wanted = 0;    ///< the row whose detail was asked for last
    OlderState m_state;
};

} // namespace sallyport
