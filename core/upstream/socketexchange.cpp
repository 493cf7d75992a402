// SPDX-License-Identifier: MIT
#include "core/upstream/socketexchange.h"

#include "core/upstream/authbinding.h"
#include "core/upstream/requesthead.h"
#include "core/upstream/upstreamerror.h"

#include <utility>

namespace sallyport {

SocketExchange::SocketExchange(std::shared_ptr<SocketTransportCore> core, UpstreamRequest request,
                               UpstreamObserver& observer)
    : m_core(std::move(core))
    , m_request(std::move(request))
    , m_observer(observer)
    , m_upload(m_request.framing)
    , m_turns(m_core->options.group, m_core->deadlines.clock(), m_request) {}

SocketExchange::~SocketExchange() {
    if (m_gone) *m_gone = true;
    if (m_connection) m_connection->abort();
}

void SocketExchange::open() {
    if (auto none = m_turns.next()) {
        failSoon(*std::move(none));
        return;
    }
    auto pooled = takeIdle();
    if (!pooled) {
        connectToTarget();
        return;
    }
    attachPooled(std::move(pooled));
    if (m_upload.isFinished()) sendHead({});
    // A head with content waits for its first piece, so that both leave in one write.
    m_core->connector.deferredTasks().add(*this);
}

std::shared_ptr<UpstreamConnection> SocketExchange::takeIdle() {
    if (m_request.bound)
        if (auto own = m_request.bound->take(m_core, m_turns.target())) return own;
    auto pooled = m_core->pool.take(m_turns.target());
    while (pooled && !m_core->isOfThisNetwork(*pooled)) {
        pooled->close();
        pooled = m_core->pool.take(m_turns.target());
    }
    return pooled;
}

void SocketExchange::keepConnection(std::shared_ptr<UpstreamConnection> connection) {
    if (!connection->isBound())
        m_core->pool.put(std::move(connection));
    else if (m_request.bound && !m_core->pool.isClosed())
        m_request.bound->put(m_core, std::move(connection));
    else
        connection->close();
}

void SocketExchange::connectToTarget() {
    const UpstreamTarget& target = m_core->options.targets[m_turns.target()];
    ConnectTarget to;
    to.host = target.host;
    to.port = target.port;
    to.namedBy = m_core->options.namedBy;
    to.tls = m_core->tls[m_turns.target()];
    to.timeout = m_core->options.timeouts.connect;
    to.mayConnect = m_core->options.mayConnect;
    to.wayOut = m_way = m_core->wayTo(m_turns.target(), m_request.fields);
    m_attempt = m_core->connector.connectTo(std::move(to), *this);
}

void SocketExchange::connected(StreamPtr stream) {
    m_attempt.reset();
    m_turns.connectWorked();
    auto connection = std::make_shared<UpstreamConnection>(std::move(stream), m_turns.target(),
                                                           m_core->deadlines, m_core->options);
    connection->setWay(std::move(m_way));
    attach(std::move(connection));
    // Only another target makes a copy worth its memory: this one has just been connected to.
    if (m_turns.hasOther()) {
        beginCopy();
        keep(m_held);
    }
    sendHead(std::exchange(m_held, {}));
    if (!tellProgress()) return;
    if (!m_wasCongested || isCongested()) return;
    m_wasCongested = false;
    m_observer.upstreamWritable();
}

void SocketExchange::connectFailed(const StreamError& error) {
    m_attempt.reset();
    const ExchangeError failure = connectFailure(error);
    m_turns.connectFailed(failure);
    if (m_turns.hasOther())
        goToNextTarget(failure);
    else
        fail(m_turns.withEarlier(failure));
}

void SocketExchange::goToNextTarget(const ExchangeError& failure) {
    m_observer.upstreamPassedOver(m_core->names[m_turns.target()], failure.detail);
    if (const auto none = m_turns.next()) {
        fail(*none);
        return;
    }
    m_didTellConnected = false;
    m_didSendHead = false;
    m_isReused = false;
    m_wasReplaced = false;
    m_forget.reset();
    auto pooled = takeIdle();
    if (!pooled) {
        connectToTarget();
        return;
    }
    attachPooled(std::move(pooled));
    keep(m_held);
    sendHead(std::exchange(m_held, {}));
    [[maybe_unused]] const bool isStillHere = tellProgress();
}

void SocketExchange::attach(std::shared_ptr<UpstreamConnection> connection) {
    m_connection = std::move(connection);
    if (credentialsBindConnection(m_request.fields)) m_connection->bindToClient();
    m_connection->begin(*this, m_request.method);
    if (!m_reading) m_connection->setReading(false);
}

void SocketExchange::attachPooled(std::shared_ptr<UpstreamConnection> connection) {
    m_isReused = true;
    attach(std::move(connection));
    beginCopy();
}

void SocketExchange::beginCopy() {
    const bool isLength = m_request.framing.kind == BodyKind::Length;
    m_copy.begin(isLength ? m_request.framing.length : 0);
}

void SocketExchange::keep(QByteArrayView framed) {
    m_copy.add(framed);
    if (!m_copy.isLarge() || m_forget) return;
    m_forget = std::make_unique<Deadline>(m_core->deadlines, [this] { m_copy.drop(); });
    m_forget->arm(kReplayTime);
}

void SocketExchange::appendHead(QByteArray& out) {
    m_didSendHead = true;
    const UpstreamTarget& target = m_core->options.targets[m_turns.target()];
    const WayOut* way = m_connection->way();
    if (!way || !way->login) return appendUpstreamHead(out, m_request, target);
    AbsoluteForm form{absoluteTarget(m_request, target), {}};
    form.authorization = way->login->authorization(m_request.method, form.target, way->identity);
    appendUpstreamHead(out, m_request, target, &form);
}

void SocketExchange::sendHead(QByteArrayView framed) {
    QByteArray& head = m_connection->scratch();
    appendHead(head);
    m_connection->stream().write(head, framed);
    m_connection->touch();
}

void SocketExchange::sendBody(QByteArrayView bytes) {
    if (m_isOver || m_failure || bytes.isEmpty()) return;
    if (!m_upload.accept(bytes.size())) {
        failSoon({ErrorCode::Internal, Side::Internal,
                  QStringLiteral("more content than was announced")});
        return;
    }
    if (m_connection)
        sendPiece(bytes);
    else
        m_upload.append(m_held, bytes);
    noteCongestion();
}

void SocketExchange::sendPiece(QByteArrayView bytes) {
    if (!m_upload.isChunked()) {
        keep(bytes);
        if (m_didSendHead)
            m_connection->stream().write(bytes);
        else
            sendHead(bytes);
        m_connection->touch();
        return;
    }
    // Copied, since a size line or a line end in a packet of its own would cost more.
    QByteArray& framed = m_connection->scratch();
    if (!m_didSendHead) appendHead(framed);
    const qsizetype headSize = framed.size();
    m_upload.append(framed, bytes);
    keep(QByteArrayView(framed).sliced(headSize));
    m_connection->stream().write(framed);
    m_connection->touch();
}

void SocketExchange::finishBody(const FieldList& trailers) {
    if (m_isOver || m_failure || m_upload.isFinished()) return;
    if (!m_upload.finish()) {
        failSoon({ErrorCode::Internal, Side::Internal,
                  QStringLiteral("less content than was announced")});
        return;
    }
    sendEnd(trailers);
    if (m_connection) m_core->connector.deferredTasks().add(*this);
}

void SocketExchange::sendEnd(const FieldList& trailers) {
    if (!m_connection) {
        m_upload.appendEnd(m_held, trailers);
        return;
    }
    QByteArray& framed = m_connection->scratch();
    if (!m_didSendHead) appendHead(framed);
    const qsizetype headSize = framed.size();
    m_upload.appendEnd(framed, trailers);
    keep(QByteArrayView(framed).sliced(headSize));
    if (!framed.isEmpty()) m_connection->stream().write(framed);
    m_connection->touch();
}

bool SocketExchange::isCongested() const {
    if (m_isOver) return false;
    return m_connection ? m_connection->stream().isCongested()
                        : m_held.size() > ByteStream::kHighWatermark;
}

void SocketExchange::noteCongestion() {
    if (isCongested()) m_wasCongested = true;
}

void SocketExchange::setReading(bool on) {
    m_reading = on;
    if (m_connection) m_connection->setReading(on);
}

void SocketExchange::runDeferred() {
    if (m_failure) {
        fail(ExchangeError(*m_failure));
        return;
    }
    if (!m_connection) return;
    if (!m_didSendHead) sendHead({});
    [[maybe_unused]] const bool isStillHere = tellProgress();
}

bool SocketExchange::isWhollySent() const {
    return m_didSendHead && m_upload.isFinished() && m_connection &&
           m_connection->stream().pendingBytes() == 0;
}

/// Tells what the observer has to know before anything else; false when it let go meanwhile.
bool SocketExchange::tellProgress() {
    bool gone = false;
    m_gone = &gone;
    if (!m_didTellConnected) {
        m_didTellConnected = true;
        m_observer.upstreamConnected({m_core->names[m_turns.target()], m_connection->peer(),
                                      m_isReused,
                                      m_connection->way() ? m_connection->way()->name : QString()});
        if (gone) return false;
    }
    if (!m_didTellSent && isWhollySent()) {
        m_didTellSent = true;
        m_observer.upstreamRequestSent();
        if (gone) return false;
    }
    m_gone = nullptr;
    return true;
}

void SocketExchange::responseInterim(const ResponseHead& head) {
    m_copy.drop();
    if (tellProgress()) m_observer.upstreamInterim(head);
}

void SocketExchange::responseHead(ResponseHead head, Framing framing) {
    m_copy.drop();
    m_turns.responded(head);
    if (tellProgress()) m_observer.upstreamHead(std::move(head), framing);
}

void SocketExchange::responseBody(QByteArrayView bytes) { m_observer.upstreamBody(bytes); }

void SocketExchange::responseTurnEnded() { m_observer.upstreamTurnEnded(); }

void SocketExchange::responseEnd(const FieldList& trailers, bool mayBeReused) {
    if (!tellProgress()) return;
    const bool isReusable = mayBeReused && isWhollySent();
    const auto connection = std::exchange(m_connection, nullptr);
    m_isOver = true;
    m_turns.completed();
    // Before the last call, in which the next exchange may begin.
    if (isReusable)
        keepConnection(connection);
    else
        connection->close();
    m_observer.upstreamComplete(trailers);
}

void SocketExchange::responseSwitched(ResponseHead head, StreamPtr stream, QByteArray early) {
    if (!tellProgress()) return;
    m_connection.reset();
    m_isOver = true;
    m_turns.completed();
    m_observer.upstreamSwitched(std::move(head), std::move(stream), std::move(early));
}

void SocketExchange::connectionWritable() {
    if (!tellProgress()) return;
    if (!m_wasCongested || isCongested()) return;
    m_wasCongested = false;
    m_observer.upstreamWritable();
}

bool SocketExchange::asksForProof() const {
    return (mayReplay() || m_turns.hasOther()) && m_copy.isWhole() && !mayBeSentAgain(m_request);
}

bool SocketExchange::isSentAgain(Loss loss) const {
    return mayReplay() && mayBeRepeatedAfter(loss, m_request, m_copy.isWhole());
}

bool SocketExchange::goesElsewhere(Loss loss) const {
    return m_turns.hasOther() && mayBeRepeatedAfter(loss, m_request, m_copy.isWhole());
}

void SocketExchange::connectionLost(const ExchangeError& error, Loss loss) {
    m_connection.reset();
    if (!isSentAgain(loss)) {
        m_turns.failed(error);
        if (!goesElsewhere(loss)) {
            fail(m_turns.withEarlier(error));
            return;
        }
        m_held = m_copy.take();
        goToNextTarget(error);
        return;
    }
    m_wasReplaced = true;
    m_isReused = false;
    m_didSendHead = false;
    m_held = m_copy.take();
    connectToTarget();
}

void SocketExchange::failSoon(ExchangeError error) {
    if (m_connection) m_connection->abort();
    m_connection.reset();
    m_attempt.reset();
    m_failure = std::move(error);
    m_core->connector.deferredTasks().add(*this);
}

void SocketExchange::fail(const ExchangeError& error) {
    m_isOver = true;
    m_attempt.reset();
    if (m_connection) m_connection->abort();
    m_connection.reset();
    m_observer.upstreamFailed(error);
}

} // namespace sallyport
