// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/pricetable.h"
#include "ui/detail/detailview.h"
#include "ui/engineinterface.h"
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
    SessionGrouping(EngineInterface& engine, const ExchangeTableModel& model, QWidget& table,
                    DetailView& detail);
    [[nodiscard]] SessionTree& tree() { return m_tree; }
    /// Shows the tree, or the table.
    [[nodiscard]] QAction& action() { return m_action; }
    /// Filters and clears the tree as `bar` does the table.
    void connectBar(LogBar& bar);
    void setPrices(const PriceTable& prices);

private:
    void connectEngine();
    void updateSession(quint64 id);
    void compareWith(const ExchangeDetail& previous);

    EngineInterface& m_engine;
    const ExchangeTableModel& m_model;
    QWidget& m_table;
    DetailView& m_detail;
    SessionTree m_tree;
    QAction m_action;
    PriceTable m_prices;
    quint64 m_compared = 0; ///< whose contents the detail waits for; 0: none
};

} // namespace sallyport
