// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QByteArray>
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
    QHash<QByteArray, quint64> m_methods;
    QHash<QByteArray, quint64> m_hosts;
    QHash<QByteArray, quint64> m_paths;
    QHash<QByteArray, quint64> m_models;
    QHash<QString, quint64> m_routes;
    QHash<QString, quint64> m_upstreams;
    QHash<int, quint64> m_statuses;
};

} // namespace sallyport::filter
