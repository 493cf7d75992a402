// SPDX-License-Identifier: MIT
#include "core/proxy/dispatch.h"

#include "request.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

namespace {

Route route(const char* name, QByteArray path, RouteAction action, RouteAccess access,
            QByteArray host = {}) {
    Route out;
    out.name = QString::fromLatin1(name);
    out.match.path = std::move(path);
    out.match.host = std::move(host);
    out.action = std::move(action);
    out.access = access;
    return out;
}

RuleSet rules() {
    auto config = std::make_shared<Config>();
    const ToUpstream corp{QStringLiteral("corp")};
    config->routes = {
        route("claude", "/", corp, RouteAccess::Token),
        route("open", "/open", corp, RouteAccess::Open),
        route("broken", "/broken", ToUpstream{QStringLiteral("broken")}, RouteAccess::Open),
        route("keyed", "/keyed", ToUpstream{QStringLiteral("keyed")}, RouteAccess::Open),
        route("hello", "/api/hello", ToRespond{200, {{"Content-Type", "application/json"}}, "{}"},
              RouteAccess::Open, "api.anthropic.com"),
        route("moved", "/old", ToRedirect{308, "/new"}, RouteAccess::Open),
        route("ads", "/", ToBlock{}, RouteAccess::Open, "ads.example"),
        route("reset", "/reset", ToRespond{205, {}, "not sent"}, RouteAccess::Open),
        route("keyed host", "/", ToUpstream{QStringLiteral("keyed")}, RouteAccess::Open,
              "keyed.example"),
        route("named", "/n", corp, RouteAccess::Open, "gate.local"),
        route("keyed name", "/nk", ToUpstream{QStringLiteral("keyed")}, RouteAccess::Open,
              "gate.local"),
        route("no deleting", "/open", ToBlock{}, RouteAccess::Open),
    };
    config->routes.back().match.path = "/open/kept";
    config->routes.back().match.methods = {"DELETE"};
    config->routes[1].rewritePrefix = "/api/v2";
    config->forward.ports = {{80, 80}, {443, 443}, {8000, 9000}};
    RuleSet out;
    out.table = RouteTable(config->routes);
    out.config = config;
    out.token = "sp-secret";
    out.own.port = 8899;
    out.own.allowedHosts = {"gate.local"};
    UpstreamGroup usable;
    usable.config.name = QStringLiteral("corp");
    out.upstreams.emplace(QStringLiteral("corp"), usable);
    UpstreamGroup keyed;
    keyed.config.credentials.resize(1);
    out.upstreams.emplace(QStringLiteral("keyed"), keyed);
    UpstreamGroup broken;
    broken.problem = QStringLiteral("no key");
    out.upstreams.emplace(QStringLiteral("broken"), broken);
    return out;
}

QByteArray outcomeOf(const Dispatch& decision) {
    if (const auto* error = std::get_if<ExchangeError>(&decision.to))
        return "error " + QByteArray::number(static_cast<int>(error->code));
    if (const auto* local = std::get_if<LocalResponse>(&decision.to))
        return "local " + QByteArray::number(local->status);
    if (const auto* group = std::get_if<ToGroup>(&decision.to)) return "group " + group->target;
    if (const auto* host = std::get_if<ToHost>(&decision.to))
        return "host " + decision.admission.authority.toBytes() + ' ' + host->target;
    if (std::holds_alternative<ToSelf>(decision.to)) return "self";
    if (std::holds_alternative<ToMetrics>(decision.to)) return "metrics";
    return "tunnel " + decision.admission.authority.toBytes();
}

QByteArray error(ErrorCode code) { return "error " + QByteArray::number(static_cast<int>(code)); }

} // namespace

class TestDispatch : public QObject {
    Q_OBJECT
private slots:
    void decides_data();
    void decides();
    void remoteClientsNeedTheToken_data();
    void remoteClientsNeedTheToken();
    void traceEchoesNoSecret();
    void aResetHasNoContent();
    void readinessNamesTheRoute();
    void readinessNamesNothingToOtherMachines();
};

void TestDispatch::decides_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("outcome");
    const auto row = [](const char* tag, QByteArray request, QByteArray outcome) {
        QTest::newRow(tag) << request << outcome;
    };
    const QByteArray own = "\nHost: 127.0.0.1:8899";
    const QByteArray token = "\nAuthorization: Bearer sp-secret";
    row("health is answered here", "GET /healthz HTTP/1.1" + own, "local 200");
    row("healthcheck is its other name", "GET /healthcheck?x=1 HTTP/1.1" + own, "local 200");
    row("health by HEAD", "HEAD /healthz HTTP/1.1" + own, "local 200");
    row("health by POST is no method", "POST /healthz HTTP/1.1" + own, "local 405");
    row("metrics", "GET /metrics HTTP/1.1" + own, "metrics");
    row("metrics by HEAD", "HEAD /metrics HTTP/1.1" + own, "metrics");
    row("metrics by POST is no method", "POST /metrics HTTP/1.1" + own, "local 405");
    row("metrics for a web page", "GET /metrics HTTP/1.1" + own + "\nOrigin: http://evil.test",
        error(ErrorCode::ForbiddenOrigin));
    row("the version", "GET /_sallyport/version HTTP/1.1" + own, "local 200");
    row("readiness sees the route whose credential is missing", "GET /readyz HTTP/1.1" + own,
        "local 503");
    row("our own endpoints answer when they come through the proxy",
        "GET http://localhost:8899/healthz HTTP/1.1\nHost: x", "local 200");
    row("a token route with the token as bearer", "POST /v1/messages HTTP/1.1" + own + token,
        "group /v1/messages");
    row("the token as x-api-key", "POST /v1/messages HTTP/1.1" + own + "\nx-api-key: sp-secret",
        "group /v1/messages");
    row("no token", "POST /v1/messages HTTP/1.1" + own, error(ErrorCode::TokenRequired));
    row("a wrong token", "GET /x HTTP/1.1" + own + "\nAuthorization: Bearer sp-secreT",
        error(ErrorCode::TokenRequired));
    row("a token cut short", "GET /x HTTP/1.1" + own + "\nAuthorization: Bearer sp-secre",
        error(ErrorCode::TokenRequired));
    row("an open route rewrites its prefix", "GET /open/a?b=c HTTP/1.1" + own,
        "group /api/v2/a?b=c");
    row("a path that climbs out is refused", "GET /open/../x HTTP/1.1" + own + token,
        error(ErrorCode::TargetEscapesRoute));
    row("a broken credential is said", "GET /broken HTTP/1.1" + own,
        error(ErrorCode::CredentialMissing));
    row("a redirect", "GET /old HTTP/1.1" + own, "local 308");
    row("a foreign Host", "GET /x HTTP/1.1\nHost: evil.example", error(ErrorCode::ForbiddenHost));
    row("our name with another port", "GET /x HTTP/1.1\nHost: localhost:80",
        error(ErrorCode::ForbiddenHost));
    row("our name without a port", "GET /open HTTP/1.1\nHost: localhost", "group /api/v2");
    row("localhost in IPv6", "GET /open HTTP/1.1\nHost: [::1]:8899", "group /api/v2");
    row("no Host in 1.0", "GET /open HTTP/1.0", "group /api/v2");
    row("an allowed host name takes its own routes first", "GET /n HTTP/1.1\nHost: gate.local:1",
        "group /n");
    row("and then those without a host", "GET /open HTTP/1.1\nHost: gate.local", "group /api/v2");
    row("a foreign Origin", "GET /k HTTP/1.1" + own + token + "\nOrigin: https://evil.example",
        error(ErrorCode::ForbiddenOrigin));
    row("Origin null", "GET /k HTTP/1.1" + own + token + "\nOrigin: null",
        error(ErrorCode::ForbiddenOrigin));
    row("an Origin of another port",
        "GET /k HTTP/1.1" + own + token + "\nOrigin: http://localhost:3000",
        error(ErrorCode::ForbiddenOrigin));
    row("a web page may use an open route without a key",
        "GET /open HTTP/1.1" + own + "\nOrigin: https://page.example", "group /api/v2");
    row("but not one with a credential behind it",
        "GET /keyed HTTP/1.1" + own + "\nOrigin: https://page.example",
        error(ErrorCode::ForbiddenOrigin));
    row("nor one that the proxy form reaches",
        "POST http://keyed.example/v1/messages HTTP/1.1\nHost: keyed.example"
        "\nOrigin: https://page.example",
        error(ErrorCode::ForbiddenOrigin));
    row("not even a page of that host: the key is not its own",
        "POST http://keyed.example/v1/messages HTTP/1.1\nHost: keyed.example"
        "\nOrigin: http://keyed.example",
        error(ErrorCode::ForbiddenOrigin));
    row("a program may, which sends no Origin",
        "POST http://keyed.example/v1/messages HTTP/1.1\nHost: keyed.example",
        "group /v1/messages");
    row("our own Origin", "GET /open HTTP/1.1" + own + "\nOrigin: http://localhost:8899",
        "group /api/v2");
    row("an extension's Origin",
        "GET /k HTTP/1.1" + own + token + "\nOrigin: chrome-extension://abc",
        error(ErrorCode::ForbiddenOrigin));
    row("Sec-Fetch-Site cross-site",
        "GET /k HTTP/1.1" + own + token + "\nSec-Fetch-Site: cross-site",
        error(ErrorCode::ForbiddenOrigin));
    row("a foreign Referer without Origin",
        "GET /k HTTP/1.1" + own + token + "\nReferer: http://evil.example/x",
        error(ErrorCode::ForbiddenOrigin));
    row("Sec-Fetch-Site of a kind that is not known",
        "GET /k HTTP/1.1" + own + token + "\nSec-Fetch-Site: x", error(ErrorCode::ForbiddenOrigin));
    row("a second Sec-Fetch-Site",
        "GET /k HTTP/1.1" + own + token + "\nSec-Fetch-Site: none\nSec-Fetch-Site: cross-site",
        error(ErrorCode::ForbiddenOrigin));
    row("Sec-Fetch-Site of the user's own doing",
        "GET /k HTTP/1.1" + own + token + "\nSec-Fetch-Site: none", "group /k");
    row("a foreign Referer with a scheme in capitals",
        "GET /k HTTP/1.1" + own + token + "\nReferer: HTTP://evil.example/x",
        error(ErrorCode::ForbiddenOrigin));
    row("a Referer of another scheme",
        "GET /k HTTP/1.1" + own + token + "\nReferer: android-app://x",
        error(ErrorCode::ForbiddenOrigin));
    row("a second Referer is foreign",
        "GET /k HTTP/1.1" + own + token +
            "\nReferer: http://localhost:8899/\nReferer: http://evil.example/",
        error(ErrorCode::ForbiddenOrigin));
    row("a Referer of a program", "GET /k HTTP/1.1" + own + token + "\nReferer: a program",
        "group /k");
    const QByteArray keyedName = "GET /keyed HTTP/1.1\nHost: gate.local";
    row("a page on another port of an allowed name",
        keyedName + ":8899\nOrigin: http://gate.local:3000", error(ErrorCode::ForbiddenOrigin));
    row("a page on the default port of an allowed name",
        keyedName + ":8899\nOrigin: http://gate.local", error(ErrorCode::ForbiddenOrigin));
    row("a page of https with an allowed name", keyedName + "\nOrigin: https://gate.local",
        error(ErrorCode::ForbiddenOrigin));
    row("a page of https with an allowed name and our port",
        keyedName + ":8899\nOrigin: https://gate.local:8899", error(ErrorCode::ForbiddenOrigin));
    row("a Referer on another port of an allowed name",
        keyedName + ":8899\nReferer: http://gate.local:3000/x", error(ErrorCode::ForbiddenOrigin));
    row("a WebSocket of a page on another port of an allowed name",
        keyedName + ":8899\nOrigin: http://gate.local:3000\nConnection: upgrade\n"
                    "Upgrade: websocket",
        error(ErrorCode::ForbiddenOrigin));
    row("a page that asks by our address for an allowed name's sake",
        "GET /keyed HTTP/1.1" + own + "\nOrigin: http://gate.local:3000",
        error(ErrorCode::ForbiddenOrigin));
    row("a page of an allowed name with our port",
        keyedName + ":8899\nOrigin: http://GATE.local:8899", "group /keyed");
    row("a page of an allowed name with the port that leads here",
        keyedName + ":9000\nOrigin: http://gate.local:9000", "group /keyed");
    row("a page of an allowed name without a port, and with the default one",
        keyedName + "\nOrigin: http://gate.local:80", "group /keyed");
    row("a page of an allowed name in the proxy form: the key is not its own",
        "GET http://gate.local:3000/nk HTTP/1.1\nHost: gate.local:3000\n"
        "Origin: http://gate.local:3000",
        error(ErrorCode::ForbiddenOrigin));
    row("a program in the proxy form may",
        "GET http://gate.local:3000/nk HTTP/1.1\nHost: gate.local:3000", "group /nk");
    row("a method that is blocked", "DELETE /open/kept/x HTTP/1.1" + own,
        error(ErrorCode::Blocked));
    row("a method that is not", "POST /open/kept/x HTTP/1.1" + own, "group /api/v2/kept/x");
    row("a blocked method that a field names",
        "POST /open/kept/x HTTP/1.1" + own + "\nX-HTTP-Method-Override: delete",
        error(ErrorCode::MalformedRequest));
    row("a blocked method that a field in another spelling names",
        "POST /open/kept/x HTTP/1.1" + own + "\nx_http_method: DELETE",
        error(ErrorCode::MalformedRequest));
    row("a field may name a method of the same route",
        "POST /open/kept/x HTTP/1.1" + own + "\nX-HTTP-Method-Override: PATCH",
        "group /api/v2/kept/x");
    row("a letter outside ASCII goes on encoded", "GET /open?q=\xc3\xa9 HTTP/1.1" + own,
        "group /api/v2?q=%C3%A9");
    row("what is encoded on the way decides as such", "GET /open\xef\xbc\x8f.. HTTP/1.1" + own,
        error(ErrorCode::TargetEscapesRoute));
    row("health for a web page", "GET /healthz HTTP/1.1" + own + "\nOrigin: https://evil.example",
        error(ErrorCode::ForbiddenOrigin));
    row("absolute-form to ourselves takes our routes",
        "GET http://127.0.0.1:8899/open HTTP/1.1\nHost: evil.example", "group /api/v2");
    row("absolute-form to a host goes there", "GET http://h.example:8080/a?b HTTP/1.1\nHost: x",
        "host h.example:8080 /a?b");
    row("an empty path is /", "GET http://h.example HTTP/1.1\nHost: x", "host h.example /");
    row("OPTIONS with an empty path is *", "OPTIONS http://h.example HTTP/1.1\nHost: x",
        "host h.example *");
    row("OPTIONS * to ourselves", "OPTIONS * HTTP/1.1" + own, "local 200");
    row("a route for that host answers",
        "GET http://api.anthropic.com/api/hello HTTP/1.1\nHost: api.anthropic.com", "local 200");
    row("a blocked host", "GET http://ads.example/x HTTP/1.1\nHost: ads.example",
        error(ErrorCode::Blocked));
    row("a blocked host by CONNECT", "CONNECT ads.example:443 HTTP/1.1\nHost: ads.example:443",
        error(ErrorCode::Blocked));
    row("a port that is not allowed", "GET http://h.example:25/ HTTP/1.1\nHost: x",
        error(ErrorCode::Blocked));
    row("CONNECT", "CONNECT h.example:443 HTTP/1.1\nHost: h.example:443", "tunnel h.example:443");
    row("CONNECT to a port that is not allowed", "CONNECT h.example:22 HTTP/1.1\nHost: x",
        error(ErrorCode::Blocked));
    row("CONNECT to ourselves", "CONNECT localhost:8899 HTTP/1.1\nHost: x", "self");
    row("CONNECT to a name of ours", "CONNECT gate.local:8899 HTTP/1.1\nHost: x", "self");
    row("https to ourselves", "GET https://localhost:8899/healthz HTTP/1.1\nHost: x",
        error(ErrorCode::TlsToPlainPort));
    row("a request that has been here", "GET /open HTTP/1.1" + own + "\nVia: 1.1 fred, 1.1 me (c)",
        error(ErrorCode::Loop));
    row("a request that has been elsewhere", "GET /open HTTP/1.1" + own + "\nVia: 1.1 meme",
        "group /api/v2");
    row("OPTIONS that may go no further", "OPTIONS /open HTTP/1.1" + own + "\nMax-Forwards: 0",
        "local 200");
    row("TRACE to a gateway could echo secrets", "TRACE /open HTTP/1.1" + own, "local 405");
    row("a comment in Via may hold a comma and our name",
        "GET /open HTTP/1.1" + own + "\nVia: 1.1 fred (a, 1.1 me), 1.0 bob", "group /api/v2");
    row("behind such a comment our name counts",
        "GET /open HTTP/1.1" + own + "\nVia: 1.1 fred (a, \\)b), HTTP/1.1\tme",
        error(ErrorCode::Loop));
    row("a second Via line counts", "GET /open HTTP/1.1" + own + "\nVia: 1.1 fred\nvia: 1.1 me",
        error(ErrorCode::Loop));
    row("TRACE through the proxy to an upstream could echo its credential",
        "TRACE http://keyed.example/ HTTP/1.1\nHost: x", "local 405");
    row("a 205 of a route has no content", "GET /reset HTTP/1.1" + own, "local 205");
    row("Max-Forwards that is no number is none",
        "OPTIONS http://h.example/ HTTP/1.1\nHost: x\nMax-Forwards: -0", "host h.example /");
    row("Max-Forwards of many zeros is 0",
        "OPTIONS http://h.example/ HTTP/1.1\nHost: x\nMax-Forwards: 000", "local 200");
    row("Max-Forwards of another method is none of ours",
        "GET http://h.example/ HTTP/1.1\nHost: x\nMax-Forwards: 0", "host h.example /");
    row("TRACE through the proxy ends at 0",
        "TRACE http://h.example/ HTTP/1.1\nHost: x\nMax-Forwards: 0", "local 200");
}

void TestDispatch::decides() {
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, outcome);
    const RuleSet set = rules();
    const auto [head, framing] = parsed(request);
    QCOMPARE(outcomeOf(dispatch(head, framing, set, {false, "me"})), outcome);
}

void TestDispatch::remoteClientsNeedTheToken_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("outcome");
    QTest::newRow("an open route")
        << QByteArray("GET /open HTTP/1.1\nHost: gate.local") << error(ErrorCode::TokenRequired);
    QTest::newRow("absolute-form")
        << QByteArray("GET http://h.example/ HTTP/1.1\nHost: x") << error(ErrorCode::TokenRequired);
    QTest::newRow("CONNECT") << QByteArray("CONNECT h.example:443 HTTP/1.1\nHost: x")
                             << error(ErrorCode::TokenRequired);
    QTest::newRow("health is open")
        << QByteArray("GET /healthz HTTP/1.1\nHost: localhost:8899") << QByteArray("local 200");
    QTest::newRow("metrics") << QByteArray("GET /metrics HTTP/1.1\nHost: localhost:8899")
                             << error(ErrorCode::TokenRequired);
    QTest::newRow("metrics with the token")
        << QByteArray(
               "GET /metrics HTTP/1.1\nHost: localhost:8899\nAuthorization: Bearer sp-secret")
        << QByteArray("metrics");
    QTest::newRow("the version") << QByteArray(
                                        "GET /_sallyport/version HTTP/1.1\nHost: localhost:8899")
                                 << error(ErrorCode::TokenRequired);
    QTest::newRow("CONNECT with the token as password")
        << QByteArray("CONNECT h.example:443 HTTP/1.1\nHost: x\nProxy-Authorization: Basic " +
                      QByteArray("me:sp-secret").toBase64())
        << QByteArray("tunnel h.example:443");
}

void TestDispatch::remoteClientsNeedTheToken() {
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, outcome);
    const RuleSet set = rules();
    const auto [head, framing] = parsed(request);
    QCOMPARE(outcomeOf(dispatch(head, framing, set, {true, "me"})), outcome);
}

void TestDispatch::traceEchoesNoSecret() {
    const RuleSet set = rules();
    const auto [head, framing] =
        parsed("TRACE http://h.example/a?b HTTP/1.1\nHost: h.example\nMax-Forwards: 0\n"
               "Authorization: Bearer s3\nCookie: s3\nX-Api-Key: s3\nProxy-Authorization: s3\n"
               "X-Auth-Token: s3\nX-Corp-Secret: s3\nReferer: http://u:s3@h/?key=s3\n"
               "X-Plain: Bearer s3\nX_Api_Key: s3\nX-Kept: v");
    const Dispatch decision = dispatch(head, framing, set, {false, "me"});
    const auto* response = std::get_if<LocalResponse>(&decision.to);
    QVERIFY(response);
    QVERIFY(response->content.startsWith("TRACE http://h.example/a?b HTTP/1.1\r\n"));
    QVERIFY(response->content.contains("X-Kept: v\r\n"));
    QVERIFY(!response->content.contains("s3"));
    QCOMPARE(response->fields.front().second, QByteArray("message/http"));
}

void TestDispatch::aResetHasNoContent() {
    const RuleSet set = rules();
    const auto [head, framing] = parsed("GET /reset HTTP/1.1\nHost: 127.0.0.1:8899");
    const Dispatch decision = dispatch(head, framing, set, {false, "me"});
    const auto* response = std::get_if<LocalResponse>(&decision.to);
    QVERIFY(response);
    QCOMPARE(response->content, QByteArray());
}

void TestDispatch::readinessNamesTheRoute() {
    const Readiness readiness = rules().readiness({});
    QCOMPARE(readiness.notReady, QStringList{QStringLiteral("broken: no key")});
}

void TestDispatch::readinessNamesNothingToOtherMachines() {
    const auto [head, framing] = parsed("GET /readyz HTTP/1.1\nHost: 127.0.0.1:8899");
    const RuleSet set = rules();
    const Dispatch here = dispatch(head, framing, set, {false, "sallyport-1"});
    const Dispatch elsewhere = dispatch(head, framing, set, {true, "sallyport-1"});
    QVERIFY(std::get<LocalResponse>(here.to).content.contains("broken"));
    QCOMPARE(std::get<LocalResponse>(elsewhere.to).content, QByteArray("not ready\n"));
}

QTEST_GUILESS_MAIN(TestDispatch)
#include "tst_dispatch.moc"
