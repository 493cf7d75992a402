// SPDX-License-Identifier: MIT
#include "core/history/seenvalues.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace sallyport::filter {

namespace {

template <typename Value>
void count(QHash<Value, quint64>& counts, const Value& value) {
    const auto found = counts.find(value);
    if (found != counts.end())
        ++found.value();
    else if (counts.size() < SeenValues::kMaxValues)
        counts.insert(value, 1);
}

template <typename Value>
void countUnlessEmpty(QHash<Value, quint64>& counts, const Value& value) {
    if (!value.isEmpty()) count(counts, value);
}

QString textOf(const QByteArray& value) { return QString::fromUtf8(value); }
QString textOf(const QString& value) { return value; }
QString textOf(int value) { return QString::number(value); }

template <typename Value>
QStringList mostFrequentFirst(const QHash<Value, quint64>& counts) {
    std::vector<std::pair<quint64, QString>> seen;
    for (auto each = counts.begin(); each != counts.end(); ++each)
        seen.emplace_back(each.value(), textOf(each.key()));
    std::sort(seen.begin(), seen.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    QStringList words;
    for (auto& [times, word] : seen)
        words.append(std::move(word));
    return words;
}

} // namespace

// Runs for 10 000 rows between two keys in the filter line: no text is converted here.
void SeenValues::note(const ExchangeRecord& record) {
    countUnlessEmpty(m_methods, record.method);
    countUnlessEmpty(m_hosts, record.host);
    const qsizetype query = record.path.indexOf('?');
    countUnlessEmpty(m_paths, query < 0 ? record.path : record.path.first(query));
    countUnlessEmpty(m_models, record.modelAsked);
    if (record.modelSent != record.modelAsked) countUnlessEmpty(m_models, record.modelSent);
    countUnlessEmpty(m_routes, record.route);
    countUnlessEmpty(m_upstreams, record.upstream);
    if (record.status > 0) count(m_statuses, record.status);
}

QHash<QString, QStringList> SeenValues::values() const {
    QHash<QString, QStringList> out;
    const auto add = [&out](const char* key, const auto& counts) {
        if (!counts.isEmpty()) out.insert(QLatin1String(key), mostFrequentFirst(counts));
    };
    add("method", m_methods);
    add("host", m_hosts);
    add("path", m_paths);
    add("model", m_models);
    add("route", m_routes);
    add("upstream", m_upstreams);
    add("status", m_statuses);
    return out;
}

} // namespace sallyport::filter
