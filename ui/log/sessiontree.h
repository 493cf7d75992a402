// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/pricetable.h"
#include "core/history/filterquery.h"
#include "core/observe/exchangerecord.h"

#include <QHash>
#include <QSet>
#include <QTreeWidget>

#include <map>
#include <optional>

namespace sallyport {

/// The requests of Claude Code's sessions as a tree: session, its main agent and subagents, their
/// requests, with sums of tokens and cost at each. The latest 5000 requests that name a session.
class SessionTree : public QTreeWidget {
    Q_OBJECT
public:
    enum Column { Title, Requests, Input, Cached, Output, Cost, State, kColumns };
    static constexpr std::size_t kMaxRequests = 5000;

    explicit SessionTree(QWidget* parent = nullptr);
    void addRecords(const QVector<ExchangeRecord>& records);
    /// Leaves out what does not match.
    void setQuery(filter::Query query);
    void setPrices(const PriceTable& prices);
    /// Forgets all that have ended.
    void clearEnded();

signals:
    void exchangeChosen(quint64 id);

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Entry {
        ExchangeRecord record;
        std::optional<double> cost;
        QTreeWidgetItem* item = nullptr; ///< null: the filter leaves it out, or not shown yet
    };
    using Group = std::pair<QByteArray, QByteArray>; ///< session and agent

    void rebuild();
    void showEntry(Entry& entry);
    void drop(std::map<quint64, Entry>::iterator entry);
    [[nodiscard]] QTreeWidgetItem* sessionItem(const QByteArray& session);
    [[nodiscard]] QTreeWidgetItem* agentItem(const ExchangeRecord& record);
    void updateSums();
    void updateSum(QTreeWidgetItem& group);

    std::map<quint64, Entry> m_entries; ///< by id
    std::map<QByteArray, QTreeWidgetItem*> m_sessions;
    std::map<Group, QTreeWidgetItem*> m_agents;
    QSet<QTreeWidgetItem*> m_changed; ///< groups whose sums are to be made anew
    filter::Query m_query;
    PriceTable m_prices;
    bool m_isStale = false; ///< what came while it was hidden is not shown
};

} // namespace sallyport
