// SPDX-License-Identifier: MIT
#include "core/history/seenvalues.h"

#include <algorithm>

namespace sallyport::filter {

void SeenValues::note(const ExchangeRecord& record) {
    const QString path = QString::fromUtf8(record.path);
    count("method", QString::fromUtf8(record.method));
    count("host", QString::fromUtf8(record.host));
    count("path", path.section(u'?', 0, 0));
    count("model", QString::fromUtf8(record.modelAsked));
    count("model",
          record.modelSent == record.modelAsked ? QString() : QString::fromUtf8(record.modelSent));
    count("route", record.route);
    count("upstream", record.upstream);
    if (record.status > 0) count("status", QString::number(record.status));
}

void SeenValues::count(const char* key, const QString& value) {
    if (value.isEmpty()) return;
    auto& counts = m_counts[QLatin1String(key)];
    const auto found = counts.find(value);
    if (found != counts.end())
        ++found.value();
    else if (counts.size() < kMaxValues)
        counts.insert(value, 1);
}

QHash<QString, QStringList> SeenValues::values() const {
    QHash<QString, QStringList> out;
    for (auto counts = m_counts.begin(); counts != m_counts.end(); ++counts) {
        QStringList words = counts->keys();
        std::sort(words.begin(), words.end(), [&counts](const QString& a, const QString& b) {
            const quint64 first = counts->value(a);
            const quint64 second = counts->value(b);
            return first != second ? first > second : a < b;
        });
        out.insert(counts.key(), words);
    }
    return out;
}

} // namespace sallyport::filter
