// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QHostAddress>

namespace sallyport {

/// How many connections each client has, and whether one more is within the limit. An IPv6 client
/// from another machine is its /64, since it can take as many addresses of that as it likes.
class ConnectionLimit {
public:
    /// Counts one more, also one that is to be refused. True where the client has at most `limit`
    /// with it; 0 is without a limit.
    [[nodiscard]] bool add(const QHostAddress& client, int limit);
    void remove(const QHostAddress& client);

private:
    QHash<QHostAddress, int> m_counts;
};

} // namespace sallyport
