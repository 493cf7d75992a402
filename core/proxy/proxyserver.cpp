// SPDX-License-Identifier: MIT
#include "core/proxy/proxyserver.h"

#include <QRandomGenerator>

#include <algorithm>

namespace sallyport {

namespace {

/// Unique to this process, so that a chain of two Sallyports is not taken for a loop.
QByteArray makePseudonym() {
    return "sallyport-" + QByteArray::number(QRandomGenerator::system()->generate(), 16);
}

} // namespace

ProxyServer::ProxyServer(StreamReactor& reactor, Connector& connector, DeadlineQueue& deadlines,
                         ExchangeLog& log)
    : m_events(deadlines)
    , m_context{connector, deadlines,       log,  DirectTransports(connector, deadlines), m_events,
                nullptr,   makePseudonym(), false}
    , m_listener(reactor, [this](StreamPtr stream) { accept(std::move(stream)); })
    , m_drainDeadline(deadlines, [this] { cutAll(); }) {}

ProxyServer::~ProxyServer() {
    m_listener.close();
    for (auto& [connection, owner] : m_connections)
        m_over.push_back(std::move(owner));
    m_connections.clear();
    m_over.clear();
}

void ProxyServer::setRules(std::shared_ptr<const RuleSet> rules) {
    m_context.rules = std::move(rules);
    if (m_isPaused) sweepSoon();
}

Result<Endpoint, ListenError> ProxyServer::listen(const QHostAddress& address, quint16 port) {
    m_context.isDraining = false;
    return m_listener.listen(address, port);
}

void ProxyServer::stopListening() {
    m_listener.close();
    m_context.isDraining = true;
    m_events.closeAll();
    std::vector<ClientConnection*> all;
    all.reserve(m_connections.size());
    for (const auto& [connection, owner] : m_connections)
        all.push_back(connection);
    for (ClientConnection* connection : all)
        connection->drain();
}

bool ProxyServer::isListening() const { return m_listener.isListening(); }

void ProxyServer::drain(std::chrono::milliseconds grace) {
    stopListening();
    m_drainDeadline.arm(std::max(grace, std::chrono::milliseconds(1)));
    sweepSoon();
}

void ProxyServer::accept(StreamPtr stream) {
    ConnectionKeeper& self = *this;
    ClientConnection& started =
        add(std::make_unique<ClientConnection>(m_context, self, std::move(stream)));
    const int limit = m_context.rules->config->settings.limits.connectionsPerClient;
    if (m_clients.add(started.clientAddress(), limit))
        started.start();
    else
        started.refuse({ErrorCode::TooManyConnections, Side::Downstream, {}});
    pauseWhenFull();
}

ClientConnection& ProxyServer::add(std::unique_ptr<ClientConnection> connection) {
    ClientConnection& added = *connection;
    m_connections.emplace(&added, std::move(connection));
    return added;
}

/// Takes the place of the connection that it came by, in the counts as well.
void ProxyServer::tunnelOpened(ClientConnection& connection, StreamPtr stream,
                               OpenedConnect opened) {
    ConnectionKeeper& self = *this;
    connectionOver(connection);
    ClientConnection& inside = add(
        std::make_unique<ClientConnection>(m_context, self, std::move(stream), std::move(opened)));
    const bool isWithin = m_clients.add(inside.clientAddress(), 0);
    Q_UNUSED(isWithin)
    inside.start();
    if (m_context.isDraining) inside.drain();
}

void ProxyServer::pauseWhenFull() {
    const int limit = m_context.rules->config->settings.limits.connections;
    const bool isFull = m_connections.size() >= static_cast<std::size_t>(limit);
    if (isFull == m_isPaused || !m_listener.isListening()) return;
    m_isPaused = isFull;
    m_listener.setPaused(isFull);
}

void ProxyServer::connectionOver(ClientConnection& connection) {
    const auto found = m_connections.find(&connection);
    if (found == m_connections.end()) return;
    m_clients.remove(connection.clientAddress());
    m_over.push_back(std::move(found->second));
    m_connections.erase(found);
    sweepSoon();
}

void ProxyServer::resumeLater(ClientConnection& connection) {
    m_toResume.push_back(&connection);
    sweepSoon();
}

void ProxyServer::sweepSoon() {
    if (m_isSweepPosted) return;
    m_isSweepPosted = true;
    QMetaObject::invokeMethod(this, &ProxyServer::sweep, Qt::QueuedConnection);
}

void ProxyServer::resumeSome() {
    // What asks again meanwhile has its turn after the others.
    for (auto count = std::min(m_toResume.size(), kResumedAtOnce); count > 0; --count) {
        ClientConnection* const connection = m_toResume.front();
        m_toResume.pop_front();
        if (m_connections.contains(connection)) connection->resume();
    }
    if (!m_toResume.empty()) sweepSoon();
}

void ProxyServer::sweep() {
    m_isSweepPosted = false;
    resumeSome();
    std::exchange(m_over, {}).clear();
    if (m_isPaused) pauseWhenFull();
    if (m_drainDeadline.isArmed() && m_connections.empty()) {
        m_drainDeadline.disarm();
        emit drained();
    }
}

void ProxyServer::cutAll() {
    std::vector<ClientConnection*> all;
    for (const auto& [connection, owner] : m_connections)
        all.push_back(connection);
    for (ClientConnection* connection : all)
        connection->cut();
    std::exchange(m_over, {}).clear();
    emit drained();
}

} // namespace sallyport
