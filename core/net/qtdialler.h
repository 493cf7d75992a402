// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/dial.h"

#include <memory>
#include <vector>

namespace sallyport {

class DeadlineQueue;

/// Dials by QTcpSocket, and by QSslSocket where TLS is wanted.
///
/// Certificates of our own and the system's store are two stores, tried in this order by two
/// connections: Qt takes both together only by reading the whole system store, which holds the
/// thread up for a third of a second; alone, OpenSSL looks its roots up one by one.
class QtDialler final : public Dialler {
public:
    /// `deadlines` must outlive the dialler and its streams.
    explicit QtDialler(DeadlineQueue& deadlines)
        : m_deadlines(deadlines) {}
    [[nodiscard]] std::unique_ptr<Dial> dial(const Endpoint& to,
                                             const std::shared_ptr<const TlsClientOptions>& tls,
                                             Dial::Observer& observer) override;

private:
    friend class QtDial;
    /// Options whose peer turned out to be in the system's store: the other is not tried again.
    [[nodiscard]] bool isInSystemStore(const TlsClientOptions& options) const;
    void rememberSystemStore(const std::shared_ptr<const TlsClientOptions>& options);

    DeadlineQueue& m_deadlines;
    std::vector<std::weak_ptr<const TlsClientOptions>> m_inSystemStore;
};

} // namespace sallyport
