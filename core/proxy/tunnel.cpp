// SPDX-License-Identifier: MIT
#include "core/proxy/tunnel.h"

namespace sallyport {

/// One side: takes octets from its own stream and writes them to the other's.
class Tunnel::Half final : public StreamObserver {
public:
    Half(Tunnel& tunnel, StreamPtr stream, bool isClient)
        : m_tunnel(tunnel)
        , m_stream(std::move(stream))
        , m_isClient(isClient) {
        m_stream->setObserver(this);
    }

    void setOther(Half& other) { m_other = &other; }
    [[nodiscard]] bool isClient() const { return m_isClient; }
    [[nodiscard]] bool hasFinished() const { return m_hasFinished; }
    [[nodiscard]] ByteStream& stream() { return *m_stream; }
    [[nodiscard]] StreamPtr takeStream() { return std::move(m_stream); }

    void send(QByteArrayView octets) {
        if (octets.isEmpty()) return;
        if (m_isClient)
            m_tunnel.m_recorder->tunnelled(octets.size(), 0);
        else
            m_tunnel.m_recorder->tunnelled(0, octets.size());
        ByteStream& target = m_other->stream();
        target.write(octets);
        if (target.isCongested()) m_stream->setReading(false);
    }

    void streamReceived(QByteArrayView octets) override { send(octets); }
    void streamWritable() override {
        if (!m_other->hasFinished()) m_other->stream().setReading(true);
    }
    void streamPeerFinished() override {
        m_hasFinished = true;
        m_other->stream().finishWriting();
        m_tunnel.halfFinished();
    }
    void streamFailed(const StreamError& error) override { m_tunnel.halfFailed(*this, error); }

private:
    Tunnel& m_tunnel;
    StreamPtr m_stream;
    Half* m_other = nullptr;
    bool m_isClient;
    bool m_hasFinished = false;
};

Tunnel::Tunnel(StreamPtr client, StreamPtr upstream, std::unique_ptr<ExchangeRecorder> recorder,
               std::function<void()> ended)
    : m_client(std::make_unique<Half>(*this, std::move(client), true))
    , m_upstream(std::make_unique<Half>(*this, std::move(upstream), false))
    , m_recorder(std::move(recorder))
    , m_ended(std::move(ended)) {
    m_client->setOther(*m_upstream);
    m_upstream->setOther(*m_client);
}

Tunnel::~Tunnel() = default;

void Tunnel::start(const QByteArray& fromClient, const QByteArray& fromUpstream) {
    // The switch is on first: what send() finds congested it turns off again.
    m_client->stream().setReading(true);
    m_upstream->stream().setReading(true);
    m_client->send(fromClient);
    m_upstream->send(fromUpstream);
}

void Tunnel::cut() {
    m_client->stream().abort();
    m_upstream->stream().abort();
    over(ExchangeEnd::Truncated, QStringLiteral("shut down"));
}

void Tunnel::halfFinished() {
    if (!m_client->hasFinished() || !m_upstream->hasFinished()) return;
    // What is still pending in either direction leaves before the sockets go.
    m_client->stream().closeGracefully();
    m_upstream->stream().closeGracefully();
    over(ExchangeEnd::Complete, {});
}

void Tunnel::halfFailed(const Half& half, const StreamError& error) {
    // An abrupt end on one side is an abrupt end on the other.
    Half& other = half.isClient() ? *m_upstream : *m_client;
    other.stream().abort();
    over(half.isClient() ? ExchangeEnd::ClientGone : ExchangeEnd::Truncated, error.detail);
}

void Tunnel::over(ExchangeEnd end, const QString& error) {
    m_recorder->ended(end, error);
    const auto ended = std::move(m_ended);
    if (ended) ended();
}

} // namespace sallyport
