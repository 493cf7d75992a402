// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QHash>
#include <QStringList>

namespace sallyport::filter {

/// What the fields of exchanges have held, for completion: methods, hosts, paths without query,
/// models, routes, upstreams and statuses, at most kMaxValues of each.
class SeenValues {
public:
    static constexpr qsizetype kMaxValues = 200;

    /// An exchange that has ended.
    void note(const ExchangeRecord& record);
    /// By key without colon, most frequent first.
    [[nodiscard]] QHash<QString, QStringList> values() const;

private:
    void count(const char* key, const QString& value);

    QHash<QString, QHash<QString, quint64>> m_counts;
};

} // namespace sallyport::filter
