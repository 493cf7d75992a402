// SPDX-License-Identifier: MIT
#include "core/proxy/upstreamleg.h"

#include "core/anthropic/messagespath.h"
#include "core/http/mediatype.h"
#include "core/proxy/forwardedmessage.h"
#include "core/upstream/retryafter.h"

namespace sallyport {

namespace {

constexpr int kUnauthorized = 401;
constexpr int kTooManyRequests = 429;

ExchangeError refused(ErrorCode code, const QString& detail = {}) {
    return {code, Side::Downstream, detail};
}

bool isRenamed(const Route* route, const RequestHead& head, Framing framing) {
    return route && !route->model.empty() && framing.kind != BodyKind::None &&
           head.method == "POST" && isMessagesPath(head.target.pathAndQuery()) &&
           !head.fields.contains("Content-Encoding");
}

/// Whose turn it is in a queue: the named client's, else the session's, else the address's.
QByteArray flowOf(const NamedClient* client, const RequestHead& head, const QByteArray& address) {
    constexpr qsizetype kMaxSession = 128;
    const QByteArrayView session =
        head.fields.first("X-Claude-Code-Session-Id").value_or(QByteArrayView());
    QByteArray flow = client ? client->config.name.toUtf8() : address;
    return flow.append('\n').append(session.first(std::min(session.size(), kMaxSession)));
}

/// A variable of the environment does not change, and a single one has no other beside it.
bool mayHaveOther(const std::vector<CredentialSource>& sources) {
    return sources.size() > 1 ||
           (sources.size() == 1 && sources[0].kind != CredentialSource::Kind::Environment);
}

/// An IPv4 address that came over IPv6 by itself; without the zone of a link-local one.
QByteArray plainAddress(const QByteArray& address) {
    constexpr QByteArrayView kMapped("::ffff:");
    const qsizetype zone = address.indexOf('%');
    const QByteArray plain = zone < 0 ? address : address.first(zone);
    return plain.startsWith(kMapped) && plain.contains('.') ? plain.sliced(kMapped.size()) : plain;
}

} // namespace

UpstreamLeg::UpstreamLeg(const Parts& parts, LegTarget target)
    : m_context(parts.context)
    , m_downstream(parts.downstream)
    , m_observer(parts.observer)
    , m_owner(parts.owner)
    , m_recorder(parts.recorder)
    , m_rules(parts.rules)
    , m_head(parts.head)
    , m_framing(parts.framing)
    , m_route(parts.route)
    , m_client(parts.client)
    , m_target(std::move(target)) {
    m_isEnded = m_framing.kind == BodyKind::None;
    m_keepsCopy = m_target.group && mayHaveOther(m_target.group->config.credentials);
    if (m_keepsCopy)
        m_gate.emplace(m_observer, [this](const ResponseHead& head) { return judge(head); });
    if (isRenamed(m_route, m_head, m_framing)) m_rename.emplace(m_route->model);
}

UpstreamLeg::~UpstreamLeg() = default;

std::optional<ExchangeError> UpstreamLeg::start() {
    if (m_client) m_wanted.push_back(m_context.limits.placesOfClient(m_client->config));
    if (m_route) m_wanted.push_back(m_context.limits.placesOfRoute(*m_route));
    std::erase(m_wanted, nullptr);
    return advance();
}

/// Goes on as far as it can: places, credential, the model's name, the upstream.
std::optional<ExchangeError> UpstreamLeg::advance() {
    if (m_upstream) return std::nullopt;
    if (auto error = takePlaces()) return error;
    const bool hasPlaces = m_wanted.empty() && (m_places.empty() || m_places.back()->isGranted());
    if (!hasPlaces) {
        hold(!m_isEnded);
        return std::nullopt;
    }
    if (std::exchange(m_hasWaited, false)) m_recorder.admitted();
    if (auto error = takeKey()) return error;
    const bool lacksKey = m_target.group && m_target.group->credential && !m_key;
    hold(lacksKey && !m_isEnded);
    if (!lacksKey && !isRenaming()) open();
    return std::nullopt;
}

/// One after the other, the client's first: all take them in this order, so that none waits for
/// what another one holds that waits for it.
std::optional<ExchangeError> UpstreamLeg::takePlaces() {
    while (!m_wanted.empty() && (m_places.empty() || m_places.back()->isGranted())) {
        auto place = m_wanted.front()->ask(flowOf(m_client, m_head, m_target.clientAddress), *this);
        if (!place) return refused(ErrorCode::TooManyInFlight, QStringLiteral("the queue is full"));
        m_hasWaited = m_hasWaited || !place->isGranted();
        m_places.push_back(std::move(place));
        m_wanted.erase(m_wanted.begin());
    }
    return std::nullopt;
}

std::optional<ExchangeError> UpstreamLeg::takeKey() {
    CredentialSupply* supply = m_target.group ? m_target.group->credential.get() : nullptr;
    if (!supply || m_key) return std::nullopt;
    CredentialChoice choice = supply->choose();
    if (auto* key = std::get_if<CredentialKey>(&choice))
        m_key = std::move(*key);
    else if (const auto* none = std::get_if<SecretUnavailable>(&choice))
        return ExchangeError{ErrorCode::CredentialMissing, Side::Internal, none->problem};
    else
        supply->wait(*this);
    return std::nullopt;
}

void UpstreamLeg::placeGranted() { advanceLater(); }

void UpstreamLeg::placeRefused() {
    m_owner.legFailed(refused(ErrorCode::TooManyInFlight,
                              QStringLiteral("no place came free in time, or others have waited "
                                             "for fewer")));
}

/// A source of credentials has changed.
void UpstreamLeg::runDeferred() {
    if (m_awaitsKey)
        keyChanged();
    else
        advanceLater();
}

void UpstreamLeg::advanceLater() {
    if (const auto error = advance()) m_owner.legFailed(*error);
}

UpstreamRequest UpstreamLeg::rewrittenRequest() const {
    OutboundRules rules;
    rules.fields = m_route ? &m_route->requestFields : nullptr;
    rules.beta = m_route ? &m_route->anthropicBeta : nullptr;
    rules.localToken = m_rules.token;
    rules.clients = &m_rules.clients;
    rules.pseudonym = m_context.pseudonym;
    const ForwardedFor client{plainAddress(m_target.clientAddress), m_target.host, m_target.isTls};
    rules.forwarded = m_route && m_route->addsForwarded ? &client : nullptr;
    if (m_target.group && m_target.group->credential) {
        rules.replacesCredentials = true;
        rules.credential = m_key->secret;
        rules.credentialAs = m_target.group->config.credentialAs;
    }
    rules.isContinued = m_rename.has_value();
    rules.wantsPlainResponse = m_rename && m_route->echoesModel;
    Framing framing = m_framing;
    if (m_rename && framing.kind == BodyKind::Length)
        framing.length = static_cast<quint64>(qint64(framing.length) + m_rename->growth());
    return outboundRequest(m_head, m_target.target, framing, rules);
}

void UpstreamLeg::open() {
    UpstreamRequest request = rewrittenRequest();
    request.bound = m_downstream.boundConnections();
    if (m_rename && !m_rename->sent().isEmpty()) m_recorder.modelRenamed(m_rename->sent());
    m_recorder.sentFields(request.fields);
    UpstreamObserver& observer = m_gate ? *m_gate : m_observer;
    m_upstream = m_target.transport->start(std::move(request), observer);
    const QByteArray held = std::exchange(m_held, {});
    if (!held.isEmpty()) send(held);
    if (m_isEnded && m_framing.kind != BodyKind::None) finish();
}

void UpstreamLeg::send(QByteArrayView bytes) {
    m_upstream->sendBody(bytes);
    if (m_upstream->isCongested()) hold(true);
}

void UpstreamLeg::finish() { m_upstream->finishBody(m_trailers); }

bool UpstreamLeg::isRenaming() const {
    return m_rename && m_rename->state() == ModelRename::State::Looking;
}

bool UpstreamLeg::needsContent() const { return isRenaming() && !m_isEnded; }

std::optional<ExchangeError> UpstreamLeg::renameError() const {
    if (m_rename && m_rename->state() == ModelRename::State::Twice)
        return refused(ErrorCode::MalformedRequest,
                       QStringLiteral("the request has two members \"model\""));
    if (m_rename && m_rename->state() == ModelRename::State::TooFar)
        return refused(ErrorCode::ContentTooLarge,
                       QStringLiteral("the model is not within the first 32 MiB"));
    return std::nullopt;
}

std::optional<ExchangeError> UpstreamLeg::body(QByteArrayView bytes) {
    m_received += static_cast<quint64>(bytes.size());
    if (m_route && m_route->maxBody > 0 && m_received > static_cast<quint64>(m_route->maxBody))
        return refused(ErrorCode::ContentTooLarge);
    const bool wasRenaming = isRenaming();
    const QByteArrayView out = m_rename ? m_rename->feed(bytes) : bytes;
    if (auto error = renameError()) return error;
    if (m_keepsCopy) {
        m_copy.append(out);
        m_keepsCopy = m_copy.size() <= kMaxCopy;
        if (!m_keepsCopy) m_copy = {};
    }
    if (m_upstream) {
        send(out);
        return std::nullopt;
    }
    m_held.append(out);
    return wasRenaming && !isRenaming() ? advance() : std::nullopt;
}

std::optional<ExchangeError> UpstreamLeg::end(const FieldList& trailers) {
    m_isEnded = true;
    hold(false);
    m_trailers = outboundTrailers(trailers, m_head, m_route);
    if (m_upstream) {
        finish();
        return std::nullopt;
    }
    if (!isRenaming()) return std::nullopt;
    const QByteArrayView rest = m_rename->finish();
    if (m_keepsCopy && rest.size() <= kMaxCopy)
        m_copy.append(rest);
    else
        m_keepsCopy = false;
    m_held.append(rest);
    return advance();
}

std::optional<ModelEcho> UpstreamLeg::echoFor(const ResponseHead& head, Framing& framing) const {
    const bool isWanted = m_rename && m_route->echoesModel && !m_rename->asked().isEmpty();
    if (!isWanted || framing.kind == BodyKind::None) return std::nullopt;
    const bool isStream = hasMediaType(head.fields, "text/event-stream");
    const bool isReadable = isStream || hasMediaType(head.fields, "application/json");
    if (!isReadable || head.fields.contains("Content-Encoding")) return std::nullopt;
    if (framing.kind == BodyKind::Length) framing = {BodyKind::Chunked, 0};
    return ModelEcho(m_rename->asked(), isStream);
}

void UpstreamLeg::hold(bool isHeld) {
    if (isHeld == m_isHeld) return;
    m_isHeld = isHeld;
    m_downstream.holdUpload(isHeld);
}

void UpstreamLeg::writable() { hold(false); }

RefusalGate::Verdict UpstreamLeg::judge(const ResponseHead& head) {
    using Verdict = RefusalGate::Verdict;
    using Next = CredentialSupply::Next;
    if (!m_key || (head.status != kUnauthorized && head.status != kTooManyRequests))
        return Verdict::Pass;
    CredentialSupply& supply = *m_target.group->credential;
    if (head.status == kUnauthorized)
        supply.refused(*m_key);
    else
        supply.limited(*m_key, retryAfter(head, m_context.deadlines.clock().wallNow()));
    if (!m_isEnded || (m_received > 0 && !m_keepsCopy)) return Verdict::Pass;
    m_refusedWith = head.status;
    m_tries.refused(*m_key);
    switch (supply.nextAfter(m_tries)) {
    case Next::None: return Verdict::Pass;
    case Next::Another: sendAgain(); return Verdict::Drop;
    case Next::Pending: break;
    }
    m_awaitsKey = true;
    m_upstream->setReading(false);
    supply.wait(*this);
    return Verdict::Hold;
}

/// A source has changed while a refusal is held.
void UpstreamLeg::keyChanged() {
    using Next = CredentialSupply::Next;
    CredentialSupply& supply = *m_target.group->credential;
    const Next next = supply.nextAfter(m_tries);
    if (next == Next::Pending) return supply.wait(*this);
    m_awaitsKey = false;
    if (next == Next::Another) return sendAgain();
    if (supply.problem().isEmpty()) return m_gate->release(*m_upstream);
    m_owner.legFailed({ErrorCode::CredentialMissing, Side::Internal, supply.problem()});
}

void UpstreamLeg::sendAgain() {
    m_recorder.passedOver(
        m_recorder.record().target,
        QStringLiteral("status %1 to key %2").arg(m_refusedWith).arg(m_key->index + 1));
    m_gate->drop();
    m_upstream.reset();
    m_key.reset();
    m_held = m_copy;
    // In a turn of its own: the transport is still at this response.
    m_context.connector.deferredTasks().add(*this);
}

} // namespace sallyport
