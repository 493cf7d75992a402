// SPDX-License-Identifier: MIT
#include "ui/log/sessiongrouping.h"

#include "ui/log/sessionsummary.h"

namespace sallyport {

SessionGrouping::SessionGrouping(EngineInterface& engine, const ExchangeTableModel& model,
                                 QWidget& table, DetailView& detail)
    : m_engine(engine)
    , m_model(model)
    , m_table(table)
    , m_detail(detail)
    , m_action(tr("Group by session")) {
    m_tree.hide();
    m_action.setObjectName(QStringLiteral("groupBySession"));
    m_action.setCheckable(true);
    connect(&m_action, &QAction::toggled, this, [this](bool on) {
        m_table.setVisible(!on);
        m_tree.setVisible(on);
        (on ? &m_tree : &m_table)->setFocus();
    });
    connect(&m_detail, &DetailView::recordShown, this, &SessionGrouping::updateSession);
    connect(&m_detail, &DetailView::previousRequested, this, [this](quint64 id) {
        m_compared = id;
        m_engine.watchExchange(id);
    });
    connectEngine();
}

void SessionGrouping::connectBar(LogBar& bar) {
    connect(&bar, &LogBar::clearRequested, &m_tree, &SessionTree::clearEnded);
    connect(&bar.filter(), &FilterLine::queryChanged, &m_tree, &SessionTree::setQuery);
}

void SessionGrouping::connectEngine() {
    connect(&m_engine, &EngineInterface::exchangesChanged, &m_tree, &SessionTree::addRecords);
    connect(&m_engine, &EngineInterface::detailChanged, this, [this](const ExchangeDetail& detail) {
        if (detail.record.id == m_compared) compareWith(detail);
    });
    connect(&m_engine, &EngineInterface::detailGone, this, [this](quint64 id) {
        if (id == m_compared) compareWith({});
    });
}

void SessionGrouping::setPrices(const PriceTable& prices) {
    m_prices = prices;
    m_tree.setPrices(prices);
    m_detail.setPrices(prices);
    updateSession(m_detail.id());
}

void SessionGrouping::updateSession(quint64 id) {
    if (const ExchangeRecord* record = m_model.ring().find(id))
        m_detail.setSession(sessionSummary(m_model.ring(), *record, m_prices));
}

void SessionGrouping::compareWith(const ExchangeDetail& previous) {
    m_compared = 0;
    m_detail.setPrevious(previous);
    m_engine.watchExchange(m_detail.id());
}

} // namespace sallyport
