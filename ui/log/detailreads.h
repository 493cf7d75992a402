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
    std::deque<quint64> m_waiting;
    quint64 m_asked = 0; ///< that is being read; 0: none
};

} // namespace sallyport
