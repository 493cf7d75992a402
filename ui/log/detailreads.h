// SPDX-License-Identifier: MIT
#pragma once

#include "ui/engineinterface.h"
#include "ui/log/exchangetablemodel.h"
#include "ui/log/historyinterface.h"

#include <QObject>

#include <deque>
#include <optional>

namespace sallyport {

/// Reads the contents of any row once, one after the other, whatever the window follows: from the
/// running core, then from the history.
class DetailReads : public QObject {
    Q_OBJECT
public:
    /// Rows that wait; the oldest give way.
    static constexpr std::size_t kMostWaiting = 16;

    /// Both outlive this.
    DetailReads(EngineInterface& engine, const ExchangeTableModel& model);
    /// Outlives this.
    void setHistory(HistoryInterface& history);
    /// Ends in read() or missing().
    void ask(quint64 id);
    /// The same for an exchange that needs no row; an id of the history has kHistoryBit.
    void askFor(const ExchangeRecord& record);

signals:
    /// With the id of the row.
    void read(const sallyport::ExchangeDetail& detail);
    void missing(quint64 id);

private:
    void askNext();
    void askHistory();
    void finish(const std::optional<ExchangeDetail>& detail);

    EngineInterface& m_engine;
    const ExchangeTableModel& m_model;
    HistoryInterface* m_history = nullptr;
    std::deque<ExchangeRecord> m_waiting;
    ExchangeRecord m_asked; ///< that is being read; id 0: none
};

} // namespace sallyport
