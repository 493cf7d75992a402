// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QString>
#include <QVector>

namespace sallyport {

/// A request that failed, as one line of a menu.
struct RecentError {
    quint64 id = 0;
    QString text; ///< `14:03:18  502 bad gateway  /v1/messages`
    friend bool operator==(const RecentError&, const RecentError&) = default;
};

/// The last requests that failed, the latest first. Values only.
class RecentErrors {
public:
    static constexpr qsizetype kKept = 8;
    /// True when the list has changed.
    bool add(const QVector<ExchangeRecord>& records);
    [[nodiscard]] const QVector<RecentError>& list() const { return m_list; }

private:
    QVector<RecentError> m_list;
};

} // namespace sallyport
