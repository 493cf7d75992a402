// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/http2connection.h"
#include "core/upstream/sockettransport.h"

#include <memory>
#include <vector>

namespace sallyport {

/// The HTTP/2 connections of one upstream, and what its exchanges share; outlives the transport
/// while one of them runs.
class Http2Pool {
public:
    /// `options.group` is not null. What is borrowed outlives it.
    Http2Pool(Connector& connector, DeadlineQueue& deadlines, SocketTransportOptions options);

    /// A connection to that target with a place for one more: one that stands, one that is being
    /// made, or a new one.
    [[nodiscard]] std::shared_ptr<Http2Connection> connectionTo(std::size_t target);
    /// No more exchanges.
    void close();

    [[nodiscard]] const SocketTransportOptions& options() const { return m_options; }
    [[nodiscard]] const QString& nameOf(std::size_t target) const { return m_names[target]; }
    [[nodiscard]] DeadlineQueue& deadlines() { return m_deadlines; }
    [[nodiscard]] DeferredTaskQueue& deferredTasks() { return m_connector.deferredTasks(); }

private:
    [[nodiscard]] ConnectTarget connectTargetOf(std::size_t target) const;
    [[nodiscard]] bool isOfThisNetwork(const Http2Connection& connection) const;

    Connector& m_connector;
    DeadlineQueue& m_deadlines;
    SocketTransportOptions m_options;
    std::vector<QString> m_names;
    std::vector<std::shared_ptr<const TlsClientOptions>> m_tls;               ///< null: plain
    std::vector<std::vector<std::shared_ptr<Http2Connection>>> m_connections; ///< of each target
};

} // namespace sallyport
