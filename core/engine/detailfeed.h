// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangelog.h"
#include "core/support/deadline.h"

#include <functional>
#include <vector>

namespace sallyport {

/// Hands on the contents of exchanges: of one that is followed as it grows, at most 20 times a
/// second, and of any other once.
class DetailFeed {
public:
    /// What the log has of an exchange, which may be nothing any more.
    using Deliver = std::function<void(quint64 id, const std::optional<ExchangeDetail>& detail)>;

    /// Both outlive this.
    DetailFeed(DeadlineQueue& deadlines, const ExchangeLog& log, Deliver deliver);

    /// Delivers at once, and whenever noteChanges() names it; 0 follows none.
    void follow(quint64 id);
    void read(quint64 id) { m_deliver(id, m_log.detail(id)); }
    void noteChanges(const std::vector<ExchangeRecord>& records);

private:
    void deliverFollowed();

    const ExchangeLog& m_log;
    Deliver m_deliver;
    Deadline m_deadline;
    quint64 m_followed = 0;
};

} // namespace sallyport
