// SPDX-License-Identifier: MIT
#include "ui/log/sessiontree.h"

#include "core/anthropic/usagesum.h"
#include "core/history/filtermatcher.h"
#include "core/history/statistics.h"
#include "ui/log/rowtext.h"
#include "ui/pricefile.h"

#include <QHeaderView>
#include <QSignalBlocker>

#include <algorithm>
#include <span>
#include <utility>

namespace sallyport {

namespace {

constexpr int kIdRole = Qt::UserRole + 1;

QString shortName(const QByteArray& name) {
    constexpr qsizetype kShort = 8;
    return QString::fromUtf8(name.size() > kShort + 4 ? QByteArray(name.first(kShort) + "…")
                                                      : name);
}

QString cachedText(const UsageSum& sum) {
    if (sum.prompt() == 0) return {};
    return QStringLiteral("%1 %").arg(
        qRound64(100.0 * static_cast<double>(sum.cacheRead) / static_cast<double>(sum.prompt())));
}

/// What has no price is told, never counted as nothing.
QString costText(const UsageSum& sum) {
    if (sum.requests == sum.unpriced || (sum.dollars == 0 && sum.unpriced > 0))
        return QStringLiteral("–");
    return sum.unpriced > 0 ? QString(QStringLiteral("≥ ") + dollarText(sum.dollars))
                            : dollarText(sum.dollars);
}

void setSum(QTreeWidgetItem& item, const UsageSum& sum) {
    item.setText(SessionTree::Requests, countText(sum.requests));
    item.setText(SessionTree::Input, countText(sum.prompt()));
    item.setText(SessionTree::Cached, cachedText(sum));
    item.setText(SessionTree::Output, countText(sum.output));
    item.setText(SessionTree::Cost, costText(sum));
    QStringList spoken;
    for (int column = 0; column < SessionTree::kColumns; ++column)
        if (!item.text(column).isEmpty()) spoken += item.text(column);
    item.setData(0, Qt::AccessibleTextRole, spoken.join(QStringLiteral(", ")));
}

} // namespace

SessionTree::SessionTree(QWidget* parent)
    : QTreeWidget(parent) {
    header()->hide(); // until it is shown: measuring it loads a bold font
    setObjectName(QStringLiteral("sessionTree"));
    setAccessibleName(tr("Requests by session"));
    setColumnCount(kColumns);
    setHeaderLabels({tr("Session"), tr("Requests"), tr("In"), tr("From cache"), tr("Out"),
                     tr("Cost"), tr("State")});
    setUniformRowHeights(true);
    QSizePolicy stretched(QSizePolicy::Expanding, QSizePolicy::Expanding);
    stretched.setHorizontalStretch(3); // as the table that it stands in place of
    stretched.setVerticalStretch(3);
    setSizePolicy(stretched);
    setFrameShape(NoFrame);
    setAlternatingRowColors(false);
    header()->setStretchLastSection(true);
    const int unit = fontMetrics().averageCharWidth();
    header()->resizeSection(Title, 44 * unit);
    for (const int column : {Requests, Input, Cached, Output, Cost}) {
        header()->resizeSection(column, 13 * unit);
        headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
    connect(this, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (item && item->data(0, kIdRole).isValid())
            emit exchangeChosen(item->data(0, kIdRole).toULongLong());
    });
}

void SessionTree::addRecords(const QVector<ExchangeRecord>& records) {
    const auto kept = std::min(records.size(), static_cast<qsizetype>(kMaxRequests));
    for (const ExchangeRecord& record : std::span(records).last(static_cast<std::size_t>(kept))) {
        if (record.session.isEmpty()) continue;
        Entry& entry = m_entries[record.id];
        entry.record = record;
        if (isVisible())
            showEntry(entry);
        else
            m_isStale = true;
    }
    while (m_entries.size() > kMaxRequests)
        drop(m_entries.begin());
    updateSums();
}

void SessionTree::setQuery(filter::Query query) {
    m_query = std::move(query);
    m_isStale = true;
    if (isVisible()) rebuild();
}

void SessionTree::setPrices(const PriceTable& prices) {
    m_prices = prices;
    QVector<ExchangeRecord> records;
    for (const auto& [id, entry] : m_entries)
        records += entry.record;
    addRecords(records);
}

void SessionTree::clearEnded() {
    for (auto at = m_entries.begin(); at != m_entries.end();)
        at = at->second.record.end == ExchangeEnd::Running ? std::next(at) : m_entries.erase(at);
    rebuild();
}

void SessionTree::showEvent(QShowEvent* event) {
    header()->show();
    QTreeWidget::showEvent(event);
    if (m_isStale) rebuild();
}

void SessionTree::rebuild() {
    m_isStale = false;
    const QSignalBlocker blocker(this);
    clear();
    m_sessions.clear();
    m_agents.clear();
    m_changed.clear();
    for (auto& [id, entry] : m_entries) {
        entry.item = nullptr;
        showEntry(entry);
    }
    updateSums();
}

void SessionTree::drop(std::map<quint64, Entry>::iterator entry) {
    const QSignalBlocker blocker(this); // what becomes the current row was not chosen
    if (QTreeWidgetItem* item = entry->second.item) {
        m_changed.insert(item->parent());
        delete item;
    }
    m_entries.erase(entry);
}

QTreeWidgetItem* SessionTree::sessionItem(const QByteArray& session) {
    QTreeWidgetItem*& item = m_sessions[session];
    if (item) return item;
    item = new QTreeWidgetItem;
    item->setText(Title, tr("Session %1").arg(shortName(session)));
    item->setToolTip(Title, QString::fromUtf8(session));
    insertTopLevelItem(0, item); // the latest first
    item->setExpanded(true);
    return item;
}

QTreeWidgetItem* SessionTree::agentItem(const ExchangeRecord& record) {
    QTreeWidgetItem*& item = m_agents[{record.session, record.agent}];
    if (item) return item;
    // A subagent of a subagent stands below that one.
    const auto parent = m_agents.find({record.session, record.parentAgent});
    const bool isNested = !record.parentAgent.isEmpty() && parent != m_agents.end() &&
                          parent->second && parent->second != item;
    QTreeWidgetItem* above = isNested ? parent->second : sessionItem(record.session);
    item = new QTreeWidgetItem(above);
    item->setText(Title, record.agent.isEmpty() ? tr("Main agent")
                                                : tr("Subagent %1").arg(shortName(record.agent)));
    item->setToolTip(Title, QString::fromUtf8(record.agent));
    return item;
}

void SessionTree::showEntry(Entry& entry) {
    const ExchangeRecord& record = entry.record;
    entry.cost = m_prices.cost(billedModel(record), record.usage);
    if (!filter::matches(m_query, record)) {
        const QSignalBlocker blocker(this);
        if (entry.item) m_changed.insert(entry.item->parent());
        delete std::exchange(entry.item, nullptr);
        return;
    }
    if (!entry.item) {
        entry.item = new QTreeWidgetItem(agentItem(record));
        entry.item->setData(0, kIdRole, record.id);
        for (const int column : {Requests, Input, Cached, Output, Cost})
            entry.item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
    UsageSum sum;
    sum.add(record.usage, entry.cost);
    entry.item->setText(
        Title, QStringLiteral("%1  %2").arg(timeText(record.startedAt), shortModelText(record)));
    entry.item->setText(State, rowState(record).text(record.status));
    setSum(*entry.item, sum);
    entry.item->setText(Requests, QString());
    m_changed.insert(entry.item->parent());
}

/// From the requests up: a session has the sums of all that stands below it.
void SessionTree::updateSums() {
    QSet<QTreeWidgetItem*> sessions;
    for (QTreeWidgetItem* group : std::exchange(m_changed, {}))
        for (QTreeWidgetItem* above = group; above; above = above->parent())
            sessions.insert(above);
    for (QTreeWidgetItem* group : std::as_const(sessions))
        updateSum(*group);
}

void SessionTree::updateSum(QTreeWidgetItem& group) {
    UsageSum sum;
    QVector<const QTreeWidgetItem*> open{&group};
    while (!open.isEmpty()) {
        const QTreeWidgetItem* item = open.takeLast();
        for (int i = 0; i < item->childCount(); ++i)
            open += item->child(i);
        const auto entry = m_entries.find(item->data(0, kIdRole).toULongLong());
        if (entry != m_entries.end()) sum.add(entry->second.record.usage, entry->second.cost);
    }
    for (const int column : {Requests, Input, Cached, Output, Cost})
        group.setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    setSum(group, sum);
}

} // namespace sallyport
