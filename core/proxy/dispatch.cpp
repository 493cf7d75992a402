// SPDX-License-Identifier: MIT
#include "core/proxy/dispatch.h"

#include "core/http/overridefields.h"
#include "core/http/serialiser.h"
#include "core/proxy/foreignorigin.h"
#include "core/proxy/forwardedmessage.h"
#include "core/proxy/loopdetection.h"
#include "core/proxy/providerprefix.h"
#include "core/secrets/redact.h"
#include "core/support/defaultport.h"

#include <algorithm>
#include <iterator>

namespace sallyport {

namespace {

constexpr int kResetContent = 205;

ExchangeError refusal(ErrorCode code, const QString& detail = {}) {
    return {code, Side::Downstream, detail};
}

const Route* routeOf(const RouteOutcome& outcome) {
    const auto* found = std::get_if<RouteFound>(&outcome);
    return found ? found->route : nullptr;
}

LocalResponse emptyResponse() {
    return {200, {{"Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, CONNECT"}}, {}};
}

LocalResponse traceRefusal() {
    return {405, {{"Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"}}, {}};
}

/// RFC 9110 9.3.8: what came, as message/http, without the fields that the log would redact.
LocalResponse traceResponse(const RequestHead& head) {
    FieldList fields;
    for (const FieldView field : head.fields)
        if (redactedField(field.name, field.value) == field.value)
            fields.append(field.name, field.value);
    LocalResponse out{200, {{"Content-Type", "message/http"}}, {}};
    appendRequestHead(out.content, head.method, head.target.asReceived(), fields);
    return out;
}

class Dispatcher {
public:
    Dispatcher(const RequestHead& head, Framing framing, const RuleSet& rules,
               const DispatchContext& facts)
        : m_head(head)
        , m_framing(framing)
        , m_rules(rules)
        , m_facts(facts) {}

    Dispatch run() {
        auto admitted = admit(m_head, m_rules.own, m_facts.tunnel);
        if (const auto* error = std::get_if<ExchangeError>(&admitted)) {
            m_out.to = *error;
            // For the record: whom it is for is the Host field's word, if there is one.
            m_out.admission.authority = m_head.target.authority;
            m_out.admission.pathAndQuery = m_head.target.pathAndQuery();
            return std::move(m_out);
        }
        m_out.admission = std::get<Admission>(std::move(admitted));
        m_identity = identity();
        m_out.client = m_identity.client;
        m_out.to = decide();
        return std::move(m_out);
    }

private:
    using To = decltype(Dispatch::to);

    To decide() {
        const Admission& what = m_out.admission;
        if (hasPassedHere(m_head.fields, m_facts.pseudonym)) return refusal(ErrorCode::Loop);
        if (what.role == RequestRole::Tunnel) return decideTunnel();
        const bool isOwn = what.isOwn && what.role == RequestRole::Gateway;
        if (isOwn && what.routeHost.isEmpty() && isLocalEndpoint(what.pathAndQuery))
            return decideLocal();
        if (isOwn && what.routeHost.isEmpty() && isEventsEndpoint(what.pathAndQuery))
            return decideEvents();
        if (auto response = responseForHops()) return std::move(*response);
        return decideRoute();
    }

    To decideLocal() {
        const QByteArray& path = m_out.admission.pathAndQuery;
        m_out.admission.role = RequestRole::Local;
        if (isForeign()) return refusal(ErrorCode::ForbiddenOrigin);
        if (m_facts.isRemoteClient && needsTokenFromAfar(path) &&
            !carriesToken(m_head.fields, m_rules.token))
            return refusal(ErrorCode::TokenRequired);
        if (asksForMetrics(m_head.method, path)) return ToMetrics{};
        Readiness readiness = m_rules.readiness(m_facts.now);
        readiness.isRemoteClient = m_facts.isRemoteClient;
        return localResponse(m_head.method, path, readiness);
    }

    /// Records hold the targets of all clients: never without the token, on any route.
    To decideEvents() {
        m_out.admission.role = RequestRole::Local;
        if (isForeign()) return refusal(ErrorCode::ForbiddenOrigin);
        if (m_rules.token.isEmpty())
            return refusal(ErrorCode::Blocked,
                           QStringLiteral("events need access.token to be other than none"));
        if (!carriesToken(m_head.fields, m_rules.token)) return refusal(ErrorCode::TokenRequired);
        if (auto refused = refusedHandshake(m_head)) return std::move(*refused);
        if (m_framing.kind != BodyKind::None)
            return refusal(ErrorCode::MalformedRequest,
                           QStringLiteral("a WebSocket handshake with content"));
        return ToEvents{};
    }

    [[nodiscard]] bool isForeign() const {
        const Admission& what = m_out.admission;
        return isForeignOrigin(m_head.fields, m_rules.own,
                               what.role == RequestRole::Forward ? Authority() : what.authority);
    }

    /// A route whose requests get a key, ours or the user's, is not for a web page to use. An open
    /// route without one is what its owner made it, and browsers may be its clients.
    [[nodiscard]] bool isKeyRoute(const Route& route) const {
        if (route.access == RouteAccess::Token) return true;
        const auto* to = std::get_if<ToUpstream>(&route.action);
        const UpstreamGroup* group = to ? m_rules.group(upstreamOf(*to)) : nullptr;
        return group && !group->config.credentials.empty();
    }

    /// The client's own upstream, the one that the path names, or the route's.
    [[nodiscard]] const QString& upstreamOf(const ToUpstream& to) const {
        if (m_identity.client && !m_identity.client->config.upstream.isEmpty())
            return m_identity.client->config.upstream;
        return m_provider.isEmpty() ? to.upstream : m_provider;
    }

    /// By a token of its own, or by that of the CONNECT whose tunnel it came by; the client may be
    /// no longer there.
    [[nodiscard]] ClientIdentity identity() const {
        ClientIdentity out = identifyClient(m_head.fields, m_rules.token, m_rules.clients);
        if (out.hasToken || !m_facts.tunnel || !m_facts.tunnel->hasToken) return out;
        const QString& name = m_facts.tunnel->client;
        const auto& all = m_rules.clients;
        const auto found = std::find_if(all.begin(), all.end(), [&](const NamedClient& each) {
            return each.config.name == name;
        });
        out.client = found == all.end() ? nullptr : &*found;
        out.hasToken = name.isEmpty() || out.client;
        return out;
    }

    [[nodiscard]] bool hasToken() const { return m_identity.hasToken; }

    /// Takes `/p/NAME` off the path, unless a route is for paths that begin so. The error is that
    /// there is no such upstream, or that the client has another one.
    std::optional<ExchangeError> takeProvider() {
        m_path = m_out.admission.pathAndQuery;
        if (m_out.admission.role != RequestRole::Gateway) return std::nullopt;
        auto prefix = providerPrefixOf(m_path);
        if (!prefix) return std::nullopt;
        const auto outcome = match(m_head.method);
        // A path that servers read in different ways is refused before anything of it is taken off.
        if (std::holds_alternative<RouteEscape>(outcome)) return std::nullopt;
        const Route* own = routeOf(outcome);
        if (own && (own->match.path == "/p" || own->match.path.startsWith("/p/")))
            return std::nullopt;
        if (!m_rules.group(prefix->name))
            return refusal(ErrorCode::NoRoute, QStringLiteral("/p/NAME names an upstream, and "
                                                              "there is no such one"));
        if (m_identity.client && !m_identity.client->config.upstream.isEmpty() &&
            m_identity.client->config.upstream != prefix->name)
            return refusal(
                ErrorCode::Blocked,
                QStringLiteral("the token of the client \"%1\" is for the upstream "
                               "\"%2\"; a path with /p/ can name no other")
                    .arg(m_identity.client->config.name, m_identity.client->config.upstream));
        m_provider = prefix->name;
        m_path = std::move(prefix->pathAndQuery);
        return std::nullopt;
    }

    /// Max-Forwards 0, `OPTIONS *` to ourselves, and TRACE where an upstream could echo secrets.
    std::optional<To> responseForHops() const {
        const bool isOwn = m_out.admission.role == RequestRole::Gateway;
        if (m_head.method == "TRACE" && isOwn) return traceRefusal();
        if (const auto left = maxForwards(m_head); left && *left == 0)
            return m_head.method == "TRACE" ? traceResponse(m_head) : emptyResponse();
        if (isOwn && m_out.admission.pathAndQuery == "*") return emptyResponse();
        return std::nullopt;
    }

    To decideTunnel() {
        if (m_framing.kind != BodyKind::None)
            return refusal(ErrorCode::MalformedRequest, QStringLiteral("CONNECT with content"));
        if (m_out.admission.isOwn) return ToSelf{};
        if (m_facts.isInsideTls)
            return refusal(ErrorCode::MethodUnsupported,
                           QStringLiteral("CONNECT inside a tunnel that Sallyport has opened"));
        const auto denied = deniedForward(kHttpsPort);
        const Authority& asked = m_out.admission.authority;
        if (const InterceptEntry* entry =
                m_rules.config->intercept.find(asked.host, asked.portOr(kHttpsPort)))
            return decideInterception(*entry, denied);
        if (denied) return *denied;
        const auto outcome = m_rules.table.match({"CONNECT", m_out.admission.routeHost, "/"});
        if (const auto* found = std::get_if<RouteFound>(&outcome);
            found && std::holds_alternative<ToBlock>(found->route->action)) {
            m_out.route = found->route;
            return refusal(ErrorCode::Blocked);
        }
        return ToTunnel{};
    }

    /// Neither `forward` nor a route that blocks the whole host is asked: routes decide on the
    /// requests inside. Without a certificate the tunnel is refused and not blind, which would
    /// lead the requests past these routes.
    To decideInterception(const InterceptEntry& entry,
                          const std::optional<ExchangeError>& denied) const {
        if (denied && denied->code == ErrorCode::TokenRequired) return *denied;
        OpenedTunnel tunnel{m_out.admission.authority, entry.toBytes(), hasToken(), {}};
        if (m_identity.client) tunnel.client = m_identity.client->config.name;
        if (tunnel.authority.portOr(kHttpsPort) == kHttpsPort) tunnel.authority.port.reset();
        if (tunnel.authority.host.endsWith('.')) tunnel.authority.host.chop(1);
        const QString problem = m_rules.certificates
                                    ? m_rules.certificates->problemFor(tunnel.authority.host)
                                    : QStringLiteral("there is no local authority");
        if (!problem.isEmpty())
            return ExchangeError{ErrorCode::NoCertificate, Side::Internal, problem};
        return ToInterception{std::move(tunnel), denied};
    }

    /// Routes with a host are asked first; a name of `allowed_hosts` is ours as well.
    [[nodiscard]] RouteOutcome match(QByteArrayView method) const {
        const Admission& what = m_out.admission;
        auto outcome = m_rules.table.match({method, what.routeHost, m_path});
        if (std::holds_alternative<RouteNotFound>(outcome) && what.role == RequestRole::Gateway &&
            !what.routeHost.isEmpty())
            outcome = m_rules.table.match({method, {}, m_path});
        return outcome;
    }

    /// Whether a field by which frameworks take another method for the request's names one that is
    /// not for the same route.
    [[nodiscard]] bool leavesRouteByMethod(const RouteOutcome& outcome) const {
        return std::any_of(m_head.fields.begin(), m_head.fields.end(), [&](FieldView field) {
            return overridesMethod(field.name) && routeOf(match(field.value)) != routeOf(outcome);
        });
    }

    To decideRoute() {
        const Admission& what = m_out.admission;
        if (auto error = takeProvider()) return std::move(*error);
        auto outcome = match(m_head.method);
        if (std::holds_alternative<RouteEscape>(outcome)) {
            // Where no route is for the host there is none that a path could climb out of.
            if (what.role == RequestRole::Forward && !m_rules.table.hasRouteForHost(what.routeHost))
                return decideForward(what.pathAndQuery);
            return refusal(ErrorCode::TargetEscapesRoute);
        }
        if (leavesRouteByMethod(outcome))
            return refusal(ErrorCode::MalformedRequest,
                           QStringLiteral("a field names a method that is not for the same route"));
        if (auto* found = std::get_if<RouteFound>(&outcome)) return followRoute(std::move(*found));
        if (what.role == RequestRole::Gateway) return refusal(ErrorCode::NoRoute);
        return decideForward(what.pathAndQuery);
    }

    To followRoute(RouteFound found) {
        const Route& route = *found.route;
        m_out.route = &route;
        if (isKeyRoute(route) && isForeign()) return refusal(ErrorCode::ForbiddenOrigin);
        // An open route is open toward its own upstream: `/p/NAME` is no way to another one's key.
        const bool wantsToken =
            route.access == RouteAccess::Token || m_facts.isRemoteClient || leadsElsewhere(route);
        if (wantsToken && !m_rules.token.isEmpty() && !hasToken())
            return refusal(ErrorCode::TokenRequired);
        if (const auto* respond = std::get_if<ToRespond>(&route.action))
            return LocalResponse{respond->status, respond->headers,
                                 // RFC 9110 15.3.6: no content in a 205.
                                 respond->status == kResetContent ? QByteArray() : respond->body};
        if (const auto* redirect = std::get_if<ToRedirect>(&route.action))
            return LocalResponse{redirect->status, {{"Location", redirect->location}}, {}};
        if (std::holds_alternative<ToBlock>(route.action)) return refusal(ErrorCode::Blocked);
        if (std::holds_alternative<ToDirect>(route.action))
            return decideForward(std::move(found.target));
        // What comes back would show the credential and the fields that we put in.
        if (m_head.method == "TRACE") return traceRefusal();
        return toGroup(upstreamOf(std::get<ToUpstream>(route.action)), std::move(found.target));
    }

    /// Whether `/p/NAME` chose another upstream than that of the route.
    [[nodiscard]] bool leadsElsewhere(const Route& route) const {
        const auto* to = std::get_if<ToUpstream>(&route.action);
        return to && !m_provider.isEmpty() && m_provider != to->upstream;
    }

    To toGroup(const QString& name, QByteArray target) const {
        const UpstreamGroup* group = m_rules.group(name);
        if (!group) return refusal(ErrorCode::NoRoute, name);
        if (!group->problem.isEmpty())
            return ExchangeError{ErrorCode::CredentialMissing, Side::Internal, group->problem};
        return ToGroup{group, std::move(target)};
    }

    To decideForward(QByteArray target) const {
        const Admission& what = m_out.admission;
        if (what.authority.host.isEmpty() || what.isOwn) return refusal(ErrorCode::NoRoute);
        if (const auto denied = deniedForward(defaultPort(what.isTls))) return *denied;
        return ToHost{std::move(target)};
    }

    std::optional<ExchangeError> deniedForward(quint16 defaultPort) const {
        const DestinationPolicy& policy = m_rules.config->forward;
        if (m_facts.isRemoteClient && !hasToken()) return refusal(ErrorCode::TokenRequired);
        if (!policy.isEnabled)
            return refusal(ErrorCode::Blocked, QStringLiteral("forward is switched off"));
        const quint16 port = m_out.admission.authority.portOr(defaultPort);
        if (!policy.allowsPort(port))
            return refusal(ErrorCode::Blocked,
                           QStringLiteral("port %1 is not in forward.ports").arg(port));
        return std::nullopt;
    }

    const RequestHead& m_head;
    Framing m_framing;
    const RuleSet& m_rules;
    const DispatchContext& m_facts;
    Dispatch m_out;
    ClientIdentity m_identity;
    QString m_provider; ///< of `/p/NAME`; empty: none
    QByteArray m_path;  ///< that routes decide on: without `/p/NAME`
};

} // namespace

Dispatch dispatch(const RequestHead& head, Framing framing, const RuleSet& rules,
                  const DispatchContext& facts) {
    return Dispatcher(head, framing, rules, facts).run();
}

} // namespace sallyport
