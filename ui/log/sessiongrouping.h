// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/pricetable.h"
#include "ui/detail/detailview.h"
#include "ui/log/detailreads.h"
#include "ui/log/exchangetablemodel.h"
#include "ui/log/logbar.h"
#include "ui/log/sessiontree.h"

#include <QAction>
#include <QObject>

namespace sallyport {

/// Requests by session: the tree that can stand in place of the table, what the detail says of the
/// session, and the contents that it compares.
class SessionGrouping : public QObject {
    Q_OBJECT
public:
    /// All outlive it; the tree is a sibling of `table`.
    SessionGrouping(DetailReads& reads, const ExchangeTableModel& model, QWidget& table,
                    DetailView& detail);
    /// Rows of the history are looked at as well; outlives this.
    void setHistory(HistoryInterface& history);
    [[nodiscard]] SessionTree& tree() { return m_tree; }
    /// Shows the tree, or the table.
    [[nodiscard]] QAction& action() { return m_action; }
    /// Filters and clears the tree as `bar` does the table.
    void connectBar(LogBar& bar);
    void addRecords(const QVector<ExchangeRecord>& records) { m_tree.addRecords(records); }
    void setPrices(const PriceTable& prices);

private:
    void connectReads();
    void updateSession(quint64 id);
    void compareWith(const ExchangeDetail& previous);

    DetailReads& m_reads;
    HistoryInterface* m_history = nullptr;
    const ExchangeTableModel& m_model;
    QWidget& m_table;
    DetailView& m_detail;
    SessionTree m_tree;
    QAction m_action;
    PriceTable m_prices;
    ExchangeRecord m_earlier; ///< the turn before a row of the history; id 0: none
    quint64 m_compared = 0;   ///< whose contents the detail waits for; 0: none
};

} // namespace sallyport
