// SPDX-License-Identifier: MIT
#include "ui/log/sessiongrouping.h"

#include "ui/log/sessionsummary.h"

namespace sallyport {

SessionGrouping::SessionGrouping(DetailReads& reads, const ExchangeTableModel& model,
                                 QWidget& table, DetailView& detail)
    : m_reads(reads)
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
        if (m_earlier.id == id)
            m_reads.askFor(m_earlier);
        else
            m_reads.ask(id);
    });
    connectReads();
}

void SessionGrouping::connectBar(LogBar& bar) {
    connect(&bar, &LogBar::clearRequested, &m_tree, &SessionTree::clearEnded);
    connect(&bar.filter(), &FilterLine::queryChanged, &m_tree, &SessionTree::setQuery);
}

void SessionGrouping::connectReads() {
    connect(&m_reads, &DetailReads::read, this, [this](const ExchangeDetail& detail) {
        if (detail.record.id == m_compared) compareWith(detail);
    });
    connect(&m_reads, &DetailReads::missing, this, [this](quint64 id) {
        if (id == m_compared) compareWith({});
    });
}

void SessionGrouping::setHistory(HistoryInterface& history) {
    m_history = &history;
    connect(&history, &HistoryInterface::earlierTurnRead, this,
            [this](quint64 id, const ExchangeRecord& earlier) {
                if ((id | kHistoryBit) != m_detail.id() || earlier.id == 0) return;
                m_earlier = earlier;
                m_earlier.id |= kHistoryBit;
                SessionSummary summary;
                summary.previous = m_earlier;
                m_detail.setSession(summary);
            });
}

void SessionGrouping::setPrices(const PriceTable& prices) {
    m_prices = prices;
    m_tree.setPrices(prices);
    m_detail.setPrices(prices);
    updateSession(m_detail.id());
}

void SessionGrouping::updateSession(quint64 id) {
    m_earlier = {};
    const ExchangeRecord* record = m_model.find(id);
    if (!record) return;
    if (!isHistoryId(id))
        return m_detail.setSession(sessionSummary(m_model.ring(), *record, m_prices));
    if (!m_history || record->session.isEmpty()) return;
    ExchangeRecord asked = *record;
    asked.id &= ~kHistoryBit;
    m_history->readEarlierTurn(asked);
}

void SessionGrouping::compareWith(const ExchangeDetail& previous) {
    m_compared = 0;
    m_detail.setPrevious(previous);
}

} // namespace sallyport
