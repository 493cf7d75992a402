// SPDX-License-Identifier: MIT
// What is decided about a CONNECT to a listed host, and about the requests inside such a tunnel.
#include "core/proxy/dispatch.h"

#include "request.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

namespace {

struct SomeCertificates final : CertificateSource {
    [[nodiscard]] QString problemFor(const QByteArray& host) const override {
        return host == "expired.example" ? QStringLiteral("the CA has ended") : QString();
    }
    [[nodiscard]] Result<std::unique_ptr<TlsEngine>, QString>
    engineFor(const QByteArray&) override {
        return Failure{QStringLiteral("none here")};
    }
};

Route route(const char* name, const char* host, const char* path, RouteAction action,
            RouteAccess access = RouteAccess::Open) {
    Route out;
    out.name = QString::fromLatin1(name);
    out.match.host = host;
    out.match.path = path;
    out.action = std::move(action);
    out.access = access;
    return out;
}

RuleSet rules(bool forwards = true) {
    const ToUpstream corp{QStringLiteral("corp")};
    auto config = std::make_shared<Config>();
    config->routes = {route("own", "", "/", ToRespond{200, {}, "own"}),
                      route("hello", "api.example", "/api/hello", ToRespond{200, {}, "{}"}),
                      route("messages", "api.example", "/v1", corp, RouteAccess::Token),
                      route("blocked", "blocked.example", "/", ToBlock{})};
    config->intercept.entries = {{"api.example"},     {"*.corp.example"},  {"git.example", 8443},
                                 {"expired.example"}, {"blocked.example"}, {"10.0.0.1"}};
    config->forward.isEnabled = forwards;
    RuleSet out;
    out.table = RouteTable(config->routes);
    out.config = config;
    out.token = "sp-secret";
    out.own.port = 8899;
    out.certificates = std::make_shared<SomeCertificates>();
    UpstreamGroup group;
    group.config.name = corp.upstream;
    out.upstreams.emplace(corp.upstream, group);
    return out;
}

QByteArray error(ErrorCode code) { return "error " + QByteArray::number(static_cast<int>(code)); }

QByteArray outcomeOf(const Dispatch& decision) {
    if (const auto* failed = std::get_if<ExchangeError>(&decision.to)) return error(failed->code);
    if (const auto* local = std::get_if<LocalResponse>(&decision.to))
        return "local " + local->content;
    if (const auto* group = std::get_if<ToGroup>(&decision.to)) return "group " + group->target;
    if (const auto* host = std::get_if<ToHost>(&decision.to))
        return (decision.admission.isTls ? "tls " : "plain ") +
               decision.admission.authority.toBytes() + ' ' + host->target;
    if (std::holds_alternative<ToSelf>(decision.to)) return "self";
    if (const auto* opened = std::get_if<ToInterception>(&decision.to))
        return "intercept " + opened->tunnel.authority.toBytes() + " by " + opened->tunnel.entry +
               (opened->tunnel.hasToken ? " with token" : "") +
               (opened->blindRefusal ? " never blind" : "");
    return "tunnel " + decision.admission.authority.toBytes();
}

const char* const kToken = "\nProxy-Authorization: Bearer sp-secret";

} // namespace

class TestInsideTunnel : public QObject {
    Q_OBJECT
    static void columns() {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("outcome");
    }
    static void row(const char* tag, const QByteArray& request, const QByteArray& outcome) {
        QTest::newRow(tag) << request << outcome;
    }
    static QByteArray connectTo(const QByteArray& authority, const QByteArray& more = {}) {
        return "CONNECT " + authority + " HTTP/1.1\nHost: " + authority + more;
    }

private slots:
    void aConnect_data() {
        columns();
        row("to a listed host", connectTo("api.example:443"),
            "intercept api.example by api.example");
        row("in capitals", connectTo("API.Example:443"), "intercept api.example by api.example");
        row("with the dot of the root", connectTo("api.example.:443"),
            "intercept api.example by api.example");
        row("with the token", connectTo("api.example:443", kToken),
            "intercept api.example by api.example with token");
        row("below a suffix", connectTo("x.corp.example:443"),
            "intercept x.corp.example by *.corp.example");
        row("to a listed port", connectTo("git.example:8443"),
            "intercept git.example:8443 by git.example:8443");
        row("to an address", connectTo("10.0.0.1:443"), "intercept 10.0.0.1 by 10.0.0.1");
        row("to another port of a listed host stays blind", connectTo("api.example:80"),
            "tunnel api.example:80");
        row("to the usual port where another is listed", connectTo("git.example:443"),
            "tunnel git.example:443");
        row("to another host", connectTo("other.example:443"), "tunnel other.example:443");
        row("where no certificate can be shown", connectTo("expired.example:443"),
            error(ErrorCode::NoCertificate));
        row("to a host that is blocked: the request inside is told so",
            connectTo("blocked.example:443"), "intercept blocked.example by blocked.example");
    }
    void aConnect() {
        QFETCH(const QByteArray, request);
        const RuleSet set = rules();
        const auto [head, framing] = parsed(request);
        QTEST(outcomeOf(dispatch(head, framing, set, {false, "me"})), "outcome");
    }

    void withoutForwardTheTunnelIsOpenedOrNothing() {
        const RuleSet set = rules(false);
        const auto [head, framing] = parsed(connectTo("api.example:443"));
        QCOMPARE(outcomeOf(dispatch(head, framing, set, {false, "me"})),
                 QByteArray("intercept api.example by api.example never blind"));
    }
    void withoutAnAuthorityTheTunnelIsRefused() {
        RuleSet set = rules();
        set.certificates.reset();
        const auto [head, framing] = parsed(connectTo("api.example:443"));
        QCOMPARE(outcomeOf(dispatch(head, framing, set, {false, "me"})),
                 error(ErrorCode::NoCertificate));
    }
    void anotherMachineNeedsTheToken() {
        const RuleSet set = rules();
        const auto without = parsed(connectTo("api.example:443"));
        QCOMPARE(outcomeOf(dispatch(without.first, without.second, set, {true, "me"})),
                 error(ErrorCode::TokenRequired));
        const auto with = parsed(connectTo("api.example:443", kToken));
        QCOMPARE(outcomeOf(dispatch(with.first, with.second, set, {true, "me"})),
                 QByteArray("intercept api.example by api.example with token"));
    }

    void aRequestInside_data() {
        columns();
        const QByteArray host = " HTTP/1.1\nHost: api.example";
        row("takes the routes of its host", "GET /api/hello" + host, "local {}");
        row("with the port in Host", "GET /api/hello" + host + ":443", "local {}");
        row("with Host in capitals", "GET /api/hello HTTP/1.1\nHost: API.example", "local {}");
        row("with the dot of the root", "GET /api/hello" + host + '.', "local {}");
        row("without a route goes to the host, by TLS", "GET /a?b" + host, "tls api.example /a?b");
        row("OPTIONS * goes there as well", "OPTIONS *" + host, "tls api.example *");
        row("HTTP/1.0 without Host", "GET /a HTTP/1.0", "tls api.example /a");
        row("in absolute-form", "GET https://api.example/a" + host, "tls api.example /a");
        row("in absolute-form with the port", "GET https://api.example:443/a" + host,
            "tls api.example:443 /a");
        row("a route that needs a token", "POST /v1/messages" + host,
            error(ErrorCode::TokenRequired));
        row("a route that needs a token, with it",
            "POST /v1/messages" + host + "\nx-api-key: sp-secret", "group /v1/messages");
        row("our own routes are not for it", "GET /healthz" + host, "tls api.example /healthz");
        row("for another host", "GET / HTTP/1.1\nHost: other.example",
            error(ErrorCode::Misdirected));
        row("for another port", "GET / HTTP/1.1\nHost: api.example:8443",
            error(ErrorCode::Misdirected));
        row("for ourselves in Host", "GET / HTTP/1.1\nHost: localhost:8899",
            error(ErrorCode::Misdirected));
        row("for another host in absolute-form", "GET https://other.example/" + host,
            error(ErrorCode::Misdirected));
        row("in plain text in absolute-form", "GET http://api.example/" + host,
            error(ErrorCode::Misdirected));
        row("for ourselves in absolute-form", "GET http://localhost:8899/x HTTP/1.1\nHost: x",
            "local own");
        row("CONNECT to ourselves", connectTo("127.0.0.1:8899"), "self");
        row("CONNECT to another host", connectTo("other.example:443"),
            error(ErrorCode::MethodUnsupported));
        row("CONNECT to the same host again", connectTo("api.example:443"),
            error(ErrorCode::MethodUnsupported));
        row("an odd path where routes are for the host", "GET /api/hello/../../x" + host,
            error(ErrorCode::TargetEscapesRoute));
    }
    void aRequestInside() {
        QFETCH(const QByteArray, request);
        const RuleSet set = rules();
        OpenedTunnel tunnel;
        tunnel.authority.host = "api.example";
        const auto [head, framing] = parsed(request);
        QTEST(outcomeOf(dispatch(head, framing, set, {false, "me", {}, &tunnel, true})), "outcome");
    }

    void theTokenOfTheConnectCountsForAllInside() {
        const RuleSet set = rules();
        OpenedTunnel tunnel;
        tunnel.authority.host = "api.example";
        tunnel.hasToken = true;
        const auto [head, framing] = parsed("POST /v1/messages HTTP/1.1\nHost: api.example");
        QCOMPARE(outcomeOf(dispatch(head, framing, set, {true, "me", {}, &tunnel, true})),
                 QByteArray("group /v1/messages"));
    }

    void aTunnelToAnotherPortSaysSo() {
        const RuleSet set = rules();
        OpenedTunnel tunnel;
        tunnel.authority.host = "git.example";
        tunnel.authority.port = 8443;
        for (const char* host : {"git.example:8443", "git.example"}) {
            const auto [head, framing] = parsed(QByteArray("GET /a HTTP/1.1\nHost: ") + host);
            QCOMPARE(outcomeOf(dispatch(head, framing, set, {false, "me", {}, &tunnel, true})),
                     QByteArray("tls git.example:8443 /a"));
        }
    }

    void anOddPathToAHostWithoutRoutesIsTheHostsAffair_data() {
        columns();
        row("a climbing one", "GET http://h.example/a/../../x HTTP/1.1\nHost: x",
            "plain h.example /a/../../x");
        row("an encoded zero byte", "GET http://h.example/a%00 HTTP/1.1\nHost: x",
            "plain h.example /a%00");
        row("to ourselves it is refused", "GET /a%00 HTTP/1.1\nHost: localhost:8899",
            error(ErrorCode::TargetEscapesRoute));
    }
    void anOddPathToAHostWithoutRoutesIsTheHostsAffair() {
        QFETCH(const QByteArray, request);
        const RuleSet set = rules();
        const auto [head, framing] = parsed(request);
        QTEST(outcomeOf(dispatch(head, framing, set, {false, "me"})), "outcome");
    }
};

QTEST_APPLESS_MAIN(TestInsideTunnel)
#include "tst_insidetunnel.moc"
