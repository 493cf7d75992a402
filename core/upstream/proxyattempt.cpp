// SPDX-License-Identifier: MIT
#include "core/upstream/proxyattempt.h"

#include "core/http/framing.h"
#include "core/support/hostport.h"
#include "core/upstream/viaconnector.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <algorithm>
#include <utility>

namespace sallyport {

namespace {

QString told(const char* text) { return QCoreApplication::translate("ProxyFailure", text); }

QByteArray authorityOf(const ConnectTarget& target) {
    return hostPort(QString::fromLatin1(target.host), target.port).toLatin1();
}

/// Whether its connection takes more; also as proxies say it that know Proxy-Connection only
/// (RFC 9112 C.2.2).
bool keepsOpen(const ResponseHead& head) {
    const FieldList& fields = head.fields;
    if (fields.hasToken("Connection", "close") || fields.hasToken("Proxy-Connection", "close"))
        return false;
    return isPersistent(head.version, fields) || fields.hasToken("Proxy-Connection", "keep-alive");
}

} // namespace

ProxyAttempt::ProxyAttempt(Connector& plain, DeadlineQueue& deadlines, ConnectTarget target,
                           ConnectObserver& observer)
    : m_plain(plain)
    , m_clock(deadlines.clock())
    , m_target(std::move(target))
    , m_observer(observer)
    , m_due(m_clock.now() + m_target.timeout)
    , m_deadline(deadlines, [this] { timedOut(); }) {
    m_deadline.arm(m_target.timeout);
}

/// Goes on as far as it can: the proxies, the password, the connection.
void ProxyAttempt::advance() {
    DeferredTask& self = *this;
    if (!m_found) m_found = way().proxies->finder().find(way().query, self);
    if (!m_found) return;
    if (m_found->hops.empty()) return failSoon({StreamFault::Refused, m_found->problem});
    if (!m_identity) {
        auto identity = way().proxies->identity(self);
        if (!identity) return;
        if (!*identity)
            return failSoon(
                {StreamFault::ProxyLogin,
                 told(QT_TRANSLATE_NOOP("ProxyFailure",
                                        "the password for the proxy %1 cannot be read: %2"))
                     .arg(hopName(), identity->error())});
        m_identity = std::move(**identity);
    }
    dial();
}

void ProxyAttempt::runDeferred() {
    if (m_failure)
        fail(StreamError(*m_failure));
    else
        advance();
}

QString ProxyAttempt::hopName() const {
    return hostPort(QString::fromLatin1(hop().host), hop().port);
}

/// What a name means the proxy decides; an address that is denied it would take as well.
bool ProxyAttempt::isDenied() const {
    if (hop().host.isEmpty() || !m_target.mayConnect) return false;
    const QHostAddress address(QString::fromLatin1(m_target.host));
    return !address.isNull() && !m_target.mayConnect(address);
}

void ProxyAttempt::dial() {
    if (isDenied())
        return failSoon({StreamFault::Denied, QStringLiteral("%1 is an address that is not allowed")
                                                  .arg(QString::fromLatin1(m_target.host))});
    m_handshake.reset();
    m_tokens.reset();
    m_unsent.clear();
    m_isReadyOnNew = false;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_due - now());
    m_hopTime = std::max(hasOther() ? left / 2 : left, std::chrono::milliseconds(1));
    m_deadline.arm(m_hopTime);
    redial();
}

void ProxyAttempt::redial() {
    m_stream.reset();
    m_unanswered.clear();
    m_hasAnswered = false;
    ConnectTarget to;
    if (hop().host.isEmpty()) {
        to = m_target;
        to.wayOut.reset();
    } else {
        to.host = hop().host;
        to.port = hop().port;
    }
    to.timeout = m_hopTime;
    ConnectObserver& self = *this;
    m_dialling = m_plain.connectTo(std::move(to), self);
}

void ProxyAttempt::connected(StreamPtr stream) {
    m_dialling.reset();
    m_stream = std::move(stream);
    if (hop().host.isEmpty() || m_isReadyOnNew) return finish();
    StreamObserver& self = *this;
    m_stream->setObserver(&self);
    if (m_handshake) return follow(ProxyHandshake::Send{std::exchange(m_unsent, {})});
    m_login = way().proxies->loginTo(hop());
    m_handshake.emplace(
        *m_login, identity(),
        ProxyHandshake::Request{way().form, authorityOf(m_target), hopName(), true, way().via});
    perform(m_handshake->start(now()));
}

void ProxyAttempt::connectFailed(const StreamError& error) {
    m_dialling.reset();
    if (hop().host.isEmpty())
        hopFailed(error);
    else
        hopFailed({error.fault, told(QT_TRANSLATE_NOOP("ProxyFailure", "the proxy %1: %2"))
                                    .arg(hopName(), error.detail)});
}

/// Nothing was asked of the origin, and the next proxy may be well.
void ProxyAttempt::hopFailed(const StreamError& error) {
    m_stream.reset();
    m_dialling.reset();
    if (!hasOther()) return fail(error);
    ++m_at;
    dial();
}

void ProxyAttempt::perform(ProxyHandshake::Step step) {
    std::visit([this](const auto& each) { follow(each); }, step);
}

void ProxyAttempt::follow(const ProxyHandshake::Send& send) {
    if (send.onNewConnection) {
        m_unsent = send.bytes;
        return redial();
    }
    m_parser.reset();
    m_parser.expectResponseTo(m_handshake->method());
    m_head.reset();
    m_content = 0;
    const bool isContinued = std::exchange(m_isContinued, false);
    if (m_hasAnswered && !isContinued) m_unanswered = send.bytes;
    m_stream->write(send.bytes);
    m_stream->setReading(true);
}

void ProxyAttempt::follow(const ProxyHandshake::AskToken& ask) {
    if (ask.challenge.isEmpty())
        m_tokens = std::make_unique<SecurityTokens>(ask.scheme, hop().host, identity());
    m_isContinued = !ask.challenge.isEmpty();
    m_tokens->next(ask.challenge,
                   [this](const auto& token) { perform(m_handshake->token(token)); });
}

void ProxyAttempt::follow(const ProxyHandshake::Ready& ready) {
    m_isReadyOnNew = ready.onNewConnection;
    if (m_isReadyOnNew)
        redial();
    else
        finish();
}

void ProxyAttempt::follow(const ProxyHandshake::Failed& failed) {
    if (failed.fault == StreamFault::ProxyLogin) way().proxies->refused(identity());
    fail({failed.fault, failed.reason});
}

/// The outcome stands in the way before the observer is called, which may destroy this.
void ProxyAttempt::finish() {
    m_deadline.disarm();
    WayOut& way = *m_target.wayOut;
    if (!hop().host.isEmpty()) {
        way.name = hopName();
        const QString scheme = m_handshake->schemeName();
        if (!m_found->source.isEmpty()) way.name.prepend(m_found->source + QStringLiteral(": "));
        if (!scheme.isEmpty()) way.name += QStringLiteral(", ") + scheme;
        if (way.form == ProxyForm::Absolute) way.login = m_login;
        way.identity = identity();
    } else if (!m_found->source.isEmpty()) {
        way.name = m_found->source + QStringLiteral(": direct");
    }
    m_stream->setReading(false);
    m_stream->setObserver(nullptr);
    m_observer.connected(std::move(m_stream));
}

void ProxyAttempt::streamReceived(QByteArrayView bytes) {
    m_unanswered.clear();
    while (true) {
        const ParseOutcome outcome = m_parser.next(bytes);
        bytes = bytes.sliced(outcome.consumed);
        if (!step(outcome, bytes)) return;
    }
}

/// False when the connection, or the attempt, has gone on.
bool ProxyAttempt::step(const ParseOutcome& outcome, QByteArrayView rest) {
    switch (outcome.step) {
    case ParseStep::NeedMore: return false;
    case ParseStep::Head: return headCame();
    case ParseStep::Body:
        m_content += outcome.body.size();
        if (m_content <= ViaConnector::kMaxContent) return true;
        answered(false, {});
        return false;
    case ParseStep::End:
        if (!m_head) { // of an interim response
            m_parser.reset();
            return true;
        }
        answered(true, rest);
        return false;
    case ParseStep::Error:
        hopFailed({StreamFault::Other,
                   told(QT_TRANSLATE_NOOP("ProxyFailure", "the proxy %1 does not speak HTTP (%2)"))
                       .arg(hopName(), QString::fromLatin1(m_parser.error().reason))});
        return false;
    }
    return false;
}

bool ProxyAttempt::headCame() {
    if (m_parser.head().isInterim()) return true;
    const Framing framing = m_parser.framing();
    m_head = m_parser.takeHead();
    const bool isTunnel = way().form == ProxyForm::Tunnel && m_head->status / 100 == 2;
    const bool isPersistent =
        isTunnel || (framing.kind != BodyKind::UntilClose && keepsOpen(*m_head));
    if (isPersistent) return true; // its end follows
    answered(false, {});
    return false;
}

void ProxyAttempt::answered(bool isPersistent, QByteArrayView rest) {
    m_stream->setReading(false);
    m_hasAnswered = true;
    const ResponseHead head = *std::exchange(m_head, std::nullopt);
    const bool isTunnel = way().form == ProxyForm::Tunnel && head.status / 100 == 2;
    if (isTunnel) way().early = rest.toByteArray();
    perform(m_handshake->response(head, isPersistent && (isTunnel || rest.isEmpty()), now()));
}

void ProxyAttempt::streamPeerFinished() {
    connectionEnded({StreamFault::Reset,
                     told(QT_TRANSLATE_NOOP("ProxyFailure",
                                            "the proxy %1 ended the connection before it answered"))
                         .arg(hopName())});
}

void ProxyAttempt::streamFailed(const StreamError& error) {
    connectionEnded(
        {error.fault,
         told(QT_TRANSLATE_NOOP("ProxyFailure", "the proxy %1: %2")).arg(hopName(), error.detail)});
}

/// Some proxies close after a 407 and do not say so in it: what came after that is sent again once.
void ProxyAttempt::connectionEnded(const StreamError& error) {
    if (m_unanswered.isEmpty()) return hopFailed(error);
    m_unsent = std::exchange(m_unanswered, {});
    redial();
}

void ProxyAttempt::failSoon(const StreamError& error) {
    m_failure = error;
    m_plain.deferredTasks().add(*this);
}

void ProxyAttempt::fail(const StreamError& error) {
    m_deadline.disarm();
    m_dialling.reset();
    m_stream.reset();
    m_observer.connectFailed(error);
}

void ProxyAttempt::timedOut() {
    if (!m_found || !m_identity)
        return fail({StreamFault::TimedOut,
                     told(QT_TRANSLATE_NOOP("ProxyFailure",
                                            "it was not known within %1 ms which proxy to take"))
                         .arg(m_target.timeout.count())});
    hopFailed({StreamFault::TimedOut,
               told(QT_TRANSLATE_NOOP("ProxyFailure",
                                      "the proxy %1 did not make the connection within %2 ms"))
                   .arg(hopName())
                   .arg(m_hopTime.count())});
}

} // namespace sallyport
