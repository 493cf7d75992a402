// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/listener.h"
#include "core/net/streamreactor.h"
#include "core/observe/exchangelog.h"
#include "core/proxy/clientconnection.h"
#include "core/proxy/connectionlimit.h"
#include "core/proxy/proxycontext.h"
#include "core/support/deadline.h"

#include <QObject>

#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

namespace sallyport {

/// The listener with its connections. Rules can be replaced at any time: exchanges under way end
/// under the ones that they began with.
class ProxyServer : public QObject, private ConnectionKeeper {
    Q_OBJECT
public:
    /// Connections that have another turn with kept input before the sockets are asked again.
    static constexpr std::size_t kResumedAtOnce = 4;

    /// Accepts on `reactor`, and makes upstream connections by `connector`; all outlive it.
    ProxyServer(StreamReactor& reactor, Connector& connector, DeadlineQueue& deadlines,
                ExchangeLog& log);
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
    /// The readers of live records.
    [[nodiscard]] EventFeed& events() { return m_events; }

signals:
    void drained();

private:
    void connectionOver(ClientConnection& connection) override;
    void resumeLater(ClientConnection& connection) override;
    void tunnelOpened(ClientConnection& connection, StreamPtr stream,
                      OpenedConnect opened) override;
    void accept(StreamPtr stream);
    [[nodiscard]] ClientConnection& add(std::unique_ptr<ClientConnection> connection);
    void pauseWhenFull();
    void resumeSome();
    void sweepSoon();
    void sweep();
    void cutAll();

    EventFeed m_events;
    ProxyContext m_context;
    Listener m_listener;
    std::unordered_map<ClientConnection*, std::unique_ptr<ClientConnection>> m_connections;
    ConnectionLimit m_clients;
    std::vector<std::unique_ptr<ClientConnection>> m_over;
    std::deque<ClientConnection*> m_toResume; ///< in the order in which they asked
    Deadline m_drainDeadline;
    bool m_isSweepPosted = false;
    bool m_isPaused = false;
};

} // namespace sallyport
