// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/listener.h"
#include "core/net/reactor.h"
#include "core/observe/exchangelog.h"
#include "core/proxy/clientconnection.h"
#include "core/proxy/clientcount.h"
#include "core/proxy/proxycontext.h"
#include "core/support/deadline.h"

#include <QObject>

#include <memory>
#include <unordered_map>
#include <vector>

namespace sallyport {

/// The listener with its connections. Rules can be swapped at any time: exchanges under way end
/// under the ones that they began with.
class ProxyServer : public QObject, private ConnectionKeeper {
    Q_OBJECT
public:
    ProxyServer(StreamReactor& reactor, DeadlineQueue& deadlines, ExchangeLog& log,
                QObject* parent = nullptr);
    ~ProxyServer() override;

    /// Must be called before listen(). The listener's own port is put into the rules by listen().
    void setRules(std::shared_ptr<const RuleSet> rules);
    [[nodiscard]] Result<Endpoint, ListenError> listen(const QHostAddress& address, quint16 port);
    /// Stops accepting and closes idle connections; running exchanges go on.
    void stopListening();
    [[nodiscard]] bool isListening() const;
    /// stopListening(), then drained() when all exchanges have ended, at the latest after `grace`,
    /// when what is left is cut.
    void drain(std::chrono::milliseconds grace);
    /// Who reads the records along.
    [[nodiscard]] EventFeed& events() { return m_events; }
    [[nodiscard]] std::size_t connections() const { return m_connections.size(); }
    /// Connections with an exchange or a tunnel under way.
    [[nodiscard]] std::size_t busyConnections() const;

signals:
    void drained();

private:
    void connectionOver(ClientConnection& connection) override;
    void resumeLater(ClientConnection& connection) override;
    void accept(StreamPtr stream);
    void pauseWhenFull();
    void sweepSoon();
    void sweep();
    void cutAll();

    EventFeed m_events;
    ProxyContext m_context;
    Listener m_listener;
    std::unordered_map<ClientConnection*, std::unique_ptr<ClientConnection>> m_connections;
    ClientCount m_clients;
    std::vector<std::unique_ptr<ClientConnection>> m_over;
    std::vector<ClientConnection*> m_toResume;
    Deadline m_drainDeadline;
    bool m_isSweepPosted = false;
    bool m_isPaused = false;
};

} // namespace sallyport
