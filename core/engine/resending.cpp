// SPDX-License-Identifier: MIT
#include "core/engine/resending.h"

#include "core/engine/configsummary.h"

#include <utility>

namespace sallyport {

class Resending::Sender final : private ConnectObserver,
                                private StreamObserver,
                                private DeferredTask {
public:
    Sender(Resending& owner, quint64 number, QByteArray bytes)
        : m_owner(owner)
        , m_number(number)
        , m_bytes(std::move(bytes)) {}

    void start(const Endpoint& listener) {
        ConnectTarget target;
        target.host = listener.address.toString().toLatin1();
        target.port = listener.port;
        m_attempt = m_owner.m_connector.connectTo(std::move(target), *this);
    }

private:
    void connected(StreamPtr stream) override {
        m_attempt.reset();
        m_stream = std::move(stream);
        m_stream->setObserver(this);
        m_stream->setReading(true);
        m_stream->write(std::exchange(m_bytes, {}));
    }
    void connectFailed(const StreamError& error) override {
        m_attempt.reset();
        end(error.detail);
    }
    void streamReceived(QByteArrayView) override {}
    void streamPeerFinished() override { end({}); }
    void streamWritable() override {}
    // The log says of a response that was cut; the listener had the request.
    void streamFailed(const StreamError&) override { end({}); }

    void end(const QString& problem) {
        m_problem = problem;
        m_stream.reset();
        m_owner.m_connector.deferredTasks().add(*this);
    }
    void runDeferred() override { m_owner.senderOver(m_number, m_problem); }

    Resending& m_owner;
    quint64 m_number;
    QByteArray m_bytes;
    QString m_problem;
    std::unique_ptr<ConnectAttempt> m_attempt;
    StreamPtr m_stream;
};

Resending::Resending(Connector& connector, Ended ended)
    : m_connector(connector)
    , m_ended(std::move(ended)) {}

Resending::~Resending() = default;

QString Resending::send(const ResendRequest& request, Endpoint listener, QByteArrayView token) {
    if (m_senders.size() >= kMostAtOnce || m_senders.contains(request.number))
        return Engine::tr("%n request(s) are on their way already", nullptr,
                          static_cast<int>(m_senders.size()));
    // A listener on every address is reached by loopback as well.
    if (!listener.address.isLoopback()) listener.address = QHostAddress::LocalHost;
    const QByteArray bytes = resendBytes(request, addressText(listener).toLatin1(), token);
    auto sender = std::make_unique<Sender>(*this, request.number, bytes);
    sender->start(listener);
    m_senders.emplace(request.number, std::move(sender));
    return {};
}

void Resending::cancel(quint64 number) { m_senders.erase(number); }

void Resending::senderOver(quint64 number, const QString& problem) {
    const auto over = m_senders.extract(number);
    m_ended(number, problem);
}

} // namespace sallyport
