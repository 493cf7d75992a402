// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QHostAddress>

namespace sallyport {

/// How many connections each client has. An IPv6 client from another machine is its /64, since it
/// can take as many addresses of that as it likes.
class ClientCount {
public:
    /// Counts one more; the number with it.
    int add(const QHostAddress& client);
    void remove(const QHostAddress& client);

private:
    QHash<QHostAddress, int> m_counts;
};

} // namespace sallyport
