// SPDX-License-Identifier: MIT
#include "core/engine/requestexplanation.h"

#include "core/config/gatewayedit.h"
#include "core/http/requestparser.h"
#include "core/proxy/dispatch.h"
#include "core/proxy/errorresponse.h"
#include "core/support/defaultport.h"

#include <QCoreApplication>
#include <QUrl>

namespace sallyport {

namespace {

using Outcome = RequestExplanation::Outcome;

QString text(const char* source) { return QCoreApplication::translate("Explain", source); }

/// Whether there is a local authority says nothing of where a request goes.
class AnyCertificate final : public CertificateSource {
public:
    [[nodiscard]] QString problemFor(const QByteArray&) const override { return {}; }
    [[nodiscard]] Result<std::unique_ptr<TlsEngine>, QString>
    engineFor(const QByteArray&) override {
        return Failure{QString()};
    }
};

RuleSet rulesOf(const Config& config, quint16 port) {
    RuleSet rules;
    rules.config = std::make_shared<const Config>(config);
    rules.table = RouteTable(config.routes);
    rules.own.port = port;
    rules.own.allowedHosts = config.settings.allowedHosts;
    rules.certificates = std::make_shared<AnyCertificate>();
    for (const UpstreamConfig& upstream : config.upstreams)
        rules.upstreams[upstream.name].config = upstream;
    return rules;
}

Authority authorityOf(const QUrl& url) {
    const int port = url.port(-1);
    QByteArray bytes = url.host(QUrl::FullyEncoded).toLatin1();
    if (bytes.contains(':')) bytes = '[' + bytes + ']';
    if (port > 0) bytes += ':' + QByteArray::number(port);
    const auto authority = parseAuthority(bytes);
    return authority ? *authority : Authority();
}

QString hostText(const Authority& authority, quint16 port) {
    return QString::fromLatin1(authority.host) + u':' + QString::number(authority.portOr(port));
}

QString credentialText(const UpstreamConfig& upstream) {
    if (upstream.credentials.empty())
        return text(QT_TRANSLATE_NOOP("Explain", "The client's own credential is passed on."));
    const QString field = upstream.credentialAs == CredentialForm::XApiKey
                              ? QStringLiteral("x-api-key")
                              : QStringLiteral("Authorization: Bearer");
    return text(QT_TRANSLATE_NOOP(
                    "Explain", "The client's credential is taken out; that of \"%1\" goes as %2."))
        .arg(upstream.name, field);
}

QString fieldNames(const FieldRules& rules) {
    QStringList names;
    for (const QByteArray& name : rules.remove)
        names.append(u'-' + QString::fromLatin1(name));
    for (const auto& [name, value] : rules.set)
        names.append(u'+' + QString::fromLatin1(name));
    return names.join(QLatin1String(", "));
}

class Explainer {
public:
    Explainer(const PastedRequest& request, const Config& config, quint16 port)
        : m_request(request)
        , m_config(config)
        , m_rules(rulesOf(config, port))
        , m_port(port) {}

    [[nodiscard]] RequestExplanation run() {
        if (m_request.url.startsWith('/'))
            ask(m_request.url, {}, nullptr);
        else
            askUrl(QUrl::fromEncoded(m_request.url, QUrl::TolerantMode));
        return std::move(m_out);
    }

private:
    void askUrl(const QUrl& url) {
        const Authority authority = authorityOf(url);
        QByteArray path = url.path(QUrl::FullyEncoded).toUtf8();
        if (path.isEmpty()) path = "/";
        if (url.hasQuery()) path += '?' + url.query(QUrl::FullyEncoded).toUtf8();
        if (url.scheme() == QLatin1String("https"))
            askTunnel(authority, path);
        else if (m_rules.own.isOwn(authority, kHttpPort))
            ask(path, authority, nullptr);
        else
            ask("http://" + authority.toBytes() + path, authority, nullptr);
    }

    /// https comes by CONNECT; what is inside is seen only where the tunnel is opened.
    void askTunnel(const Authority& authority, const QByteArray& path) {
        const auto head = headOf("CONNECT", hostText(authority, kHttpsPort).toLatin1(), authority);
        if (!head) return;
        const Dispatch out = dispatch(*head, {}, m_rules, {});
        if (const auto* opened = std::get_if<ToInterception>(&out.to)) {
            m_out.reasons << text(QT_TRANSLATE_NOOP(
                                      "Explain",
                                      "\"%1\" of intercept opens the tunnel; the request inside "
                                      "takes the routes."))
                                 .arg(QString::fromLatin1(opened->tunnel.entry));
            const OpenedTunnel tunnel = opened->tunnel;
            ask(path, tunnel.authority, &tunnel);
            return;
        }
        m_out.reasons << text(QT_TRANSLATE_NOOP(
            "Explain", "https comes as a tunnel (CONNECT), and no entry of intercept is "
                       "for this host."));
        conclude(out, authority, {});
        if (m_out.outcome == Outcome::Sent)
            m_out.destination =
                text(QT_TRANSLATE_NOOP("Explain",
                                       "A blind tunnel to %1: no route sees the request."))
                    .arg(hostText(authority, kHttpsPort));
    }

    void ask(const QByteArray& target, const Authority& host, const OpenedTunnel* tunnel) {
        const auto head = headOf(m_request.method, target, host);
        if (!head) return;
        DispatchContext context;
        context.tunnel = tunnel;
        context.isInsideTls = tunnel != nullptr;
        conclude(dispatch(*head, {}, m_rules, context), host, head->target.pathAndQuery());
    }

    /// As the parser gives it; without it the explanation says why.
    [[nodiscard]] std::optional<RequestHead>
    headOf(const QByteArray& method, const QByteArray& target, const Authority& host) {
        QByteArray bytes = method + ' ' + target + " HTTP/1.1\r\nHost: ";
        bytes += host.host.isEmpty() ? "127.0.0.1:" + QByteArray::number(m_port) : host.toBytes();
        for (const auto& [name, value] : m_request.fields)
            if (name.toLower() != "host" && name.toLower() != "content-length" &&
                name.toLower() != "transfer-encoding")
                bytes += "\r\n" + name + ": " + value;
        RequestParser parser;
        const ParseOutcome outcome = parser.next(QByteArray(bytes + "\r\n\r\n"));
        if (outcome.step == ParseStep::Head) return parser.takeHead();
        m_out.outcome = Outcome::Refused;
        m_out.destination =
            text(QT_TRANSLATE_NOOP("Explain", "Refused with 400: this is no valid request."));
        return std::nullopt;
    }

    void conclude(const Dispatch& out, const Authority& host, const QByteArray& path) {
        if (out.route) takenBy(*out.route);
        noteSwitchedOff(out, path);
        if (const auto* error = std::get_if<ExchangeError>(&out.to))
            refused(*error, out);
        else if (const auto* response = std::get_if<LocalResponse>(&out.to))
            answered(*response, out.route);
        else if (const auto* group = std::get_if<ToGroup>(&out.to))
            sentTo(*group, out, path);
        else if (const auto* direct = std::get_if<ToHost>(&out.to))
            sentToHost(*direct, host, out);
        else
            m_out.outcome =
                std::holds_alternative<ToTunnel>(out.to) ? Outcome::Sent : Outcome::Answered;
        if (m_out.destination.isEmpty() && m_out.outcome == Outcome::Answered)
            m_out.destination = text(QT_TRANSLATE_NOOP("Explain", "Answered by Sallyport itself."));
    }

    void takenBy(const Route& route) {
        m_out.route = route.name;
        const QString host = route.match.host.isEmpty()
                                 ? text(QT_TRANSLATE_NOOP("Explain", "sent to Sallyport itself"))
                                 : QString::fromLatin1(route.match.host);
        m_out.reasons
            << text(QT_TRANSLATE_NOOP("Explain", "Route \"%1\" takes it: %2, path %3, %4."))
                   .arg(route.name, host, QString::fromUtf8(route.match.path),
                        route.match.methods.empty()
                            ? text(QT_TRANSLATE_NOOP("Explain", "all methods"))
                            : QString::fromLatin1(QByteArrayList(route.match.methods.begin(),
                                                                 route.match.methods.end())
                                                      .join(", ")));
        if (route.access == RouteAccess::Token)
            m_out.reasons << text(QT_TRANSLATE_NOOP("Explain", "It asks for the local token."));
    }

    /// A route that would take it and is switched off is what people look for.
    void noteSwitchedOff(const Dispatch& out, const QByteArray& path) {
        if (path.isEmpty()) return;
        std::vector<Route> all = m_config.routes;
        for (Route& route : all)
            route.isEnabled = true;
        const RouteTable table(all);
        const auto outcome =
            table.match({m_request.method, out.admission.routeHost, out.admission.pathAndQuery});
        const auto* found = std::get_if<RouteFound>(&outcome);
        if (found && (!out.route || found->route->name != out.route->name))
            m_out.reasons << text(
                                 QT_TRANSLATE_NOOP(
                                     "Explain", "Route \"%1\" would take it, but is switched off."))
                                 .arg(found->route->name);
    }

    void refused(const ExchangeError& error, const Dispatch& out) {
        ErrorContext context;
        context.isMessages = out.admission.pathAndQuery.startsWith("/v1/messages");
        context.isProxyRequest =
            out.admission.role == RequestRole::Forward || out.admission.role == RequestRole::Tunnel;
        const ErrorResponse response = errorResponseFor(error, context);
        m_out.outcome = Outcome::Refused;
        m_out.destination = text(QT_TRANSLATE_NOOP("Explain", "Refused with %1 (%2)."))
                                .arg(response.status)
                                .arg(QString::fromLatin1(response.code));
        if (error.code == ErrorCode::NoRoute)
            m_out.reasons << text(QT_TRANSLATE_NOOP("Explain", "No enabled route takes it."));
        else if (error.code == ErrorCode::TargetEscapesRoute)
            m_out.reasons << text(QT_TRANSLATE_NOOP(
                "Explain", "Its path climbs out of a route, or can be read as another one."));
        else if (!error.detail.isEmpty())
            m_out.reasons << error.detail;
    }

    void answered(const LocalResponse& response, const Route* route) {
        m_out.outcome = Outcome::Answered;
        const auto* redirect = route ? std::get_if<ToRedirect>(&route->action) : nullptr;
        if (redirect)
            m_out.destination = text(QT_TRANSLATE_NOOP("Explain", "Redirected with %1 to %2."))
                                    .arg(redirect->status)
                                    .arg(QString::fromLatin1(redirect->location));
        else
            m_out.destination = text(QT_TRANSLATE_NOOP("Explain", "Answered here with status %1."))
                                    .arg(response.status);
    }

    void sentTo(const ToGroup& group, const Dispatch& out, const QByteArray& path) {
        const UpstreamConfig& upstream = group.group->config;
        m_out.outcome = Outcome::Sent;
        m_out.destination =
            upstream.isSandbox || upstream.targets.empty()
                ? text(QT_TRANSLATE_NOOP("Explain",
                                         "To upstream \"%1\", which answers on this machine."))
                      .arg(upstream.name)
                : text(QT_TRANSLATE_NOOP("Explain", "To upstream \"%1\": %2"))
                      .arg(upstream.name,
                           targetUrl(upstream.targets.front()) + QString::fromUtf8(group.target));
        if (group.target != path)
            m_out.reasons << text(QT_TRANSLATE_NOOP("Explain", "The path %1 becomes %2."))
                                 .arg(QString::fromUtf8(path), QString::fromUtf8(group.target));
        if (upstream.targets.size() > 1)
            m_out.reasons << text(
                                 QT_TRANSLATE_NOOP(
                                     "Explain", "The upstream has %1 targets; its policy chooses."))
                                 .arg(upstream.targets.size());
        if (!upstream.isSandbox) m_out.reasons << credentialText(upstream);
        addRules(*out.route);
    }

    void addRules(const Route& route) {
        if (const QString names = fieldNames(route.requestFields); !names.isEmpty())
            m_out.reasons
                << text(QT_TRANSLATE_NOOP("Explain", "Headers of the request: %1.")).arg(names);
        if (const QString names = fieldNames(route.responseFields); !names.isEmpty())
            m_out.reasons
                << text(QT_TRANSLATE_NOOP("Explain", "Headers of the response: %1.")).arg(names);
        for (const auto& [pattern, name] : route.model)
            m_out.reasons << text(QT_TRANSLATE_NOOP("Explain", "The model %1 becomes %2."))
                                 .arg(QString::fromUtf8(pattern), QString::fromUtf8(name));
    }

    void sentToHost(const ToHost& to, const Authority& host, const Dispatch& out) {
        const quint16 port = defaultPort(out.admission.isTls);
        m_out.outcome = Outcome::Sent;
        m_out.destination = text(QT_TRANSLATE_NOOP("Explain", "Straight to %1, path %2."))
                                .arg(hostText(host, port), QString::fromUtf8(to.target));
        if (!out.route)
            m_out.reasons << text(QT_TRANSLATE_NOOP(
                "Explain", "No route is for this host; forward allows the port."));
    }

    const PastedRequest& m_request;
    const Config& m_config;
    RuleSet m_rules;
    quint16 m_port;
    RequestExplanation m_out;
};

} // namespace

RequestExplanation explainRequest(const PastedRequest& request, const Config& config,
                                  quint16 port) {
    return Explainer(request, config, port).run();
}

} // namespace sallyport
