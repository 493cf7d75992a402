// SPDX-License-Identifier: MIT
#include "core/config/defaultfiles.h"
#include "core/config/routesfile.h"

#include <QTest>

using namespace sallyport;

namespace {

const QString kFile = QStringLiteral("/etc/sallyport/routes.yaml");

RoutesFile parsed(const QByteArray& yaml) {
    auto file = parseRoutes(yaml, kFile);
    if (file) return std::move(file).value();
    qWarning("%s", qPrintable(file.error().toString()));
    return {};
}

/// A file with one upstream and one route that has these lines.
QByteArray withRoute(const QByteArray& lines) {
    return "upstreams:\n  - name: corp\n    targets: [{url: http://127.0.0.1:1}]\n"
           "routes:\n  - name: r\n" +
           lines;
}

} // namespace

class TestRoutesFile : public QObject {
    Q_OBJECT
private slots:
    void everyKeyOfAnUpstream() {
        const RoutesFile file =
            parsed("upstreams:\n"
                   "  - name: corp\n"
                   "    targets:\n"
                   "      - {url: \"https://gateway.corp.example/llm\", weight: 3}\n"
                   "      - {url: \"http://10.0.0.8:8080\"}\n"
                   "    policy: least-active\n"
                   "    health: {path: /healthz, every: 2s, fall: 4, rise: 5}\n"
                   "    breaker: {failures: 6, error_rate: 70%, window: 8s, open_for: 9s}\n"
                   "    credential: env:CORP_KEY\n"
                   "    credential_as: x-api-key\n"
                   "    timeouts: {connect: 1s, first_byte: 2s, idle: 3s}\n"
                   "    tls: {ca_file: corp.pem, verify: false, cert: me.pem, key: keys/me.key}\n"
                   "    via: http://CORP%5Calice@Proxy.corp.example:3128/\n"
                   "    via_credential: env:PROXY_PASSWORD\n"
                   "    http2: true\n"
                   "  - name: sandbox\n"
                   "    sandbox: true\n");
        QCOMPARE(file.upstreams.size(), std::size_t{2});
        UpstreamConfig corp;
        corp.name = QStringLiteral("corp");
        corp.targets = {{true, "gateway.corp.example", 443, "/llm", "gateway.corp.example", 3},
                        {false, "10.0.0.8", 8080, "", "10.0.0.8:8080", 1}};
        corp.usesHttp2 = true;
        corp.via.kind = Via::Kind::Proxy;
        corp.via.host = "proxy.corp.example";
        corp.via.port = 3128;
        corp.via.user = "CORP\\alice";
        corp.via.credential.kind = CredentialSource::Kind::Environment;
        corp.via.credential.name = QStringLiteral("PROXY_PASSWORD");
        corp.balance.policy = BalancePolicy::LeastActive;
        corp.balance.health = {"/healthz", std::chrono::seconds(2), 4, 5};
        corp.balance.breaker = {6, 70, std::chrono::seconds(8), std::chrono::seconds(9)};
        CredentialSource key;
        key.kind = CredentialSource::Kind::Environment;
        key.name = QStringLiteral("CORP_KEY");
        corp.credentials = {key};
        corp.credentialAs = CredentialForm::XApiKey;
        corp.timeouts = {std::chrono::seconds(1), std::chrono::seconds(2), std::chrono::seconds(3)};
        corp.caFile = QStringLiteral("/etc/sallyport/corp.pem");
        corp.verifyTls = false;
        corp.certFile = QStringLiteral("/etc/sallyport/me.pem");
        corp.keyFile = QStringLiteral("/etc/sallyport/keys/me.key");
        QVERIFY(file.upstreams[0] == corp);
        UpstreamConfig sandbox;
        sandbox.name = QStringLiteral("sandbox");
        sandbox.isSandbox = true;
        QVERIFY(file.upstreams[1] == sandbox);
    }

    void everyKeyOfARoute() {
        const RoutesFile file = parsed(withRoute(
            "    enabled: false\n"
            "    match: {host: \"*.Example.com\", path: /v1/claude, methods: [POST, GET, POST]}\n"
            "    rewrite: {prefix: /api/v2}\n"
            "    upstream: corp\n"
            "    access: open\n"
            "    count_tokens: estimate\n"
            "    request_headers: {set: {X-Team: tools, Host: other.example}, remove: [X-Debug]}\n"
            "    response_headers: {set: {}, remove: [Server, X-Powered-By]}\n"
            "    request_trailers: [X-Checksum, x-more]\n"
            "    keepalive_comment: 0s\n"
            "    model: {\"claude-opus-*\": corp-large, \"*\": corp-small}\n"
            "    model_echo: true\n"
            "    anthropic_beta: {set: [a-1], remove: [context-1m-2025-08-07]}\n"
            "    forwarded: true\n"
            "    max_body: 32MiB\n"
            "    rate: {requests: 60, per: 1m, burst: 20}\n"
            "    in_flight: {max: 4, queue: 8, wait: 10s}\n"));
        QCOMPARE(file.routes.size(), std::size_t{1});
        Route route;
        route.name = QStringLiteral("r");
        route.isEnabled = false;
        route.match = {"*.example.com", "/v1/claude", {"POST", "GET"}};
        route.rewritePrefix = "/api/v2";
        route.action = ToUpstream{QStringLiteral("corp")};
        route.access = RouteAccess::Open;
        route.tokenCounting = TokenCounting::EstimateWhereMissing;
        route.requestFields = {{{"X-Team", "tools"}, {"Host", "other.example"}}, {"X-Debug"}};
        route.responseFields = {{}, {"Server", "X-Powered-By"}};
        route.requestTrailers = {"X-Checksum", "x-more"};
        route.keepaliveComment = std::chrono::milliseconds(0);
        route.model = {{"claude-opus-*", "corp-large"}, {"*", "corp-small"}};
        route.echoesModel = true;
        route.anthropicBeta = {{"a-1"}, {"context-1m-2025-08-07"}};
        route.addsForwarded = true;
        route.maxBody = 32 * 1024 * 1024;
        route.rate = {60, std::chrono::minutes(1), 20};
        route.inFlight = {4, 8, std::chrono::seconds(10)};
        QVERIFY(file.routes[0] == route);
    }

    void limitsInShort() {
        const RoutesFile file = parsed(withRoute("    upstream: corp\n"
                                                 "    rate: {requests: 5, per: 1s}\n"
                                                 "    in_flight: 3\n"));
        QVERIFY(file.routes.at(0).rate == (Rate{5, std::chrono::seconds(1), 5}));
        QVERIFY(file.routes.at(0).inFlight == (InFlightLimit{3, 64, std::chrono::seconds(30)}));
    }

    void credentials_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArrayList>("sources");
        QTest::newRow("none") << QByteArray("credential: none") << QByteArrayList{};
        QTest::newRow("the keychain")
            << QByteArray("credential: keychain:corp key") << QByteArrayList{"3 corp key"};
        QTest::newRow("several keys, each once")
            << QByteArray("credentials: [env:A, file:k, keychain:b, env:A]")
            << QByteArrayList{"1 A", "2 /etc/sallyport/k", "3 b"};
        QTest::newRow("a command") << QByteArray("credential_command: {run: [corp-token, --print]}")
                                   << QByteArrayList{"4  corp-token --print 600000 5000"};
        QTest::newRow("a command by its path")
            << QByteArray("credential_command: {run: [./token], ttl: 1m, timeout: 2s}")
            << QByteArrayList{"4  /etc/sallyport/token 60000 2000"};
    }
    void credentials() {
        QFETCH(const QByteArray, line);
        QFETCH(const QByteArrayList, sources);
        const RoutesFile file =
            parsed("upstreams:\n  - name: u\n    targets: [{url: http://a.example}]\n    " + line);
        QByteArrayList found;
        for (const CredentialSource& source : file.upstreams.at(0).credentials) {
            QString shown = QString::number(int(source.kind)) + u' ' + source.name;
            if (source.kind == CredentialSource::Kind::Command)
                shown += u' ' + source.command.join(u' ') + u' ' +
                         QString::number(source.ttl.count()) + u' ' +
                         QString::number(source.timeout.count());
            found << shown.toUtf8();
        }
        QCOMPARE(found, sources);
    }

    void theLeastThatARouteNeeds() {
        const RoutesFile file = parsed(withRoute("    upstream: corp\n"));
        Route route;
        route.name = QStringLiteral("r");
        route.action = ToUpstream{QStringLiteral("corp")};
        QVERIFY(file.routes.at(0) == route);
        QVERIFY(route.isEnabled);
        QCOMPARE(route.match.path, QByteArray("/"));
        QVERIFY(route.access == RouteAccess::Token);
    }

    void actions_data() {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<int>("index");
        const auto row = [](const char* tag, const char* lines, RouteAction wanted) {
            QTest::newRow(tag) << QByteArray(lines) << int(s_wanted.size());
            s_wanted.push_back(std::move(wanted));
        };
        s_wanted.clear();
        row("a response",
            "    respond: {status: 200, headers: {Content-Type: application/json}, body: \"{}\"}\n",
            ToRespond{200, {{"Content-Type", "application/json"}}, "{}"});
        row("a response of nothing but the defaults", "    respond: {}\n", ToRespond{});
        row("a response without content", "    respond: {status: 204}\n", ToRespond{204, {}, {}});
        row("a body of several lines", "    respond:\n      body: |\n        a\n        b\n",
            ToRespond{200, {}, "a\nb\n"});
        row("a redirect", "    redirect: {status: 308, location: \"https://a.example/x?y\"}\n",
            ToRedirect{308, "https://a.example/x?y"});
        row("a redirect in one word", "    redirect: /docs/\n", ToRedirect{302, "/docs/"});
        row("a block", "    block: true\n", ToBlock{});
        row("a block that is off does not count", "    block: false\n    upstream: corp\n",
            ToUpstream{QStringLiteral("corp")});
        row("straight on", "    direct: true\n    match: {host: a.example}\n", ToDirect{});
        row("the sandbox needs no entry", "    upstream: sandbox\n",
            ToUpstream{QStringLiteral("sandbox")});
    }
    void actions() {
        QFETCH(QByteArray, lines);
        QFETCH(int, index);
        const RoutesFile file = parsed(withRoute(lines));
        QCOMPARE(file.routes.size(), std::size_t{1});
        QVERIFY(file.routes[0].action == s_wanted.at(std::size_t(index)));
    }

    void theBuiltInSandboxIsAdded() {
        const RoutesFile file = parsed("routes: [{name: a, upstream: sandbox}]");
        QCOMPARE(file.upstreams.size(), std::size_t{1});
        QVERIFY(file.upstreams[0].isSandbox);
        QVERIFY(parsed("routes: [{name: a, block: true}]").upstreams.empty());
    }

    void interceptIsAListOfHosts() {
        QVERIFY(parsed("").intercept == InterceptList());
        QVERIFY(parsed("intercept: []").intercept == InterceptList());
        const InterceptList list{
            {{"api.anthropic.com"}, {"*.corp.example"}, {"git.corp.example", 8443}}};
        QVERIFY(parsed("intercept: [api.anthropic.com, \"*.corp.example\", "
                       "\"git.corp.example:8443\"]")
                    .intercept == list);
    }
    void forwardDefaultsAndLists() {
        QVERIFY(parsed("").forward == DestinationPolicy());
        QVERIFY(parsed("forward:\n").forward == DestinationPolicy());
        const DestinationPolicy open = parsed("forward: {enabled: true, ports: [1-65535]}").forward;
        QVERIFY(open.ports == (std::vector<std::pair<quint16, quint16>>{{1, 65535}}));
        QVERIFY(open.deny == DestinationPolicy().deny);
        const DestinationPolicy own =
            parsed("forward: {enabled: false, deny: [10.0.0.0/8, \"::1\", 192.168.1.1], "
                   "ports: [80, \"443\", 8000-8099]}")
                .forward;
        QVERIFY(!own.isEnabled);
        QCOMPARE(own.deny.size(), std::size_t{3});
        QVERIFY(own.deny[2] == std::pair(QHostAddress(QStringLiteral("192.168.1.1")), 32));
        QVERIFY(own.ports ==
                (std::vector<std::pair<quint16, quint16>>{{80, 80}, {443, 443}, {8000, 8099}}));
        QVERIFY(parsed("forward: {deny: []}").forward.deny.empty());
    }
    void forwardHasAWayOut() {
        QVERIFY(parsed("forward: {ports: [443]}").forwardVia == Via());
        QCOMPARE(parsed("forward: {via: system}").forwardVia.kind, Via::Kind::System);
        const Via own = parsed("forward: {via: \"http://alice@proxy.example:3128\", "
                               "via_credential: env:PROXY_PASSWORD}")
                            .forwardVia;
        QCOMPARE(own.kind, Via::Kind::Proxy);
        QCOMPARE(own.host, QByteArray("proxy.example"));
        QCOMPARE(own.user, QByteArray("alice"));
        QCOMPARE(own.credential.name, QStringLiteral("PROXY_PASSWORD"));
    }

    void whatIsOffIsTaken_data() {
        QTest::addColumn<QByteArray>("yaml");
        const auto upstream =
            [](const char* tag, const char* line) {
                QTest::newRow(tag)
                    << "upstreams:\n  - name: u\n    targets: [{url: http://a.example}]\n    " +
                           QByteArray(line) + "\n";
            };
        const auto route = [](const char* tag, const char* line) {
            QTest::newRow(tag) << withRoute("    upstream: corp\n    " + QByteArray(line) + "\n");
        };
        upstream("each policy", "policy: round-robin");
        upstream("directly", "via: direct");
        upstream("a proxy with a password", "via: http://alice:p%40ss@[::1]:3128");
        upstream("the proxies of the system", "via: system");
        upstream("a proxy without a login", "via: http://10.0.0.1:3128");
        upstream("no HTTP/2", "http2: false");
        upstream("HTTP/2", "http2: true");
        upstream("health checks without a value", "health:");
        upstream("a breaker with nothing but defaults", "breaker: {}");
        upstream("a breaker without a value", "breaker:");
        upstream("a named sandbox that is off", "sandbox: false");
        upstream("no credential", "credential: none");
        QTest::newRow("a recording")
            << QByteArray("upstreams:\n  - name: u\n    replay: a.jsonl\n    replay_speed: max\n");
        route("no models", "model: {}");
        route("a cache without values", "cache: {}");
        route("no rate", "rate:");
        route("comments that are off", "keepalive_comment: 0");
        QTest::newRow("nothing intercepted") << QByteArray("intercept: []\n");
        QTest::newRow("weight one") << QByteArray(
            "upstreams:\n  - name: u\n    targets: [{url: http://a.example, weight: 1}]\n");
        QTest::newRow("lists without a value") << QByteArray("upstreams:\nroutes:\nintercept:\n");
        QTest::newRow("an anchor and its alias") << QByteArray(
            "upstreams:\n  - name: u\n    timeouts: &t {idle: 1s}\n    targets: [{url: "
            "http://a.example}]\n"
            "  - name: v\n    timeouts: *t\n    targets: [{url: http://b.example}]\n");
    }
    void whatIsOffIsTaken() {
        QFETCH(QByteArray, yaml);
        const auto file = parseRoutes(yaml, kFile);
        QVERIFY2(file.isOk(), file.isOk() ? "" : qPrintable(file.error().toString()));
    }

    void firstTextsAreRead() {
        FirstGateway gateway;
        gateway.name = QStringLiteral("corp \"x\" \\ # 中文: {");
        gateway.url = QStringLiteral("https://gateway.example.com/llm");
        gateway.credential = QStringLiteral("env:CORP_API_KEY");
        gateway.isApiKey = true;
        gateway.caFile = QStringLiteral("/etc/corp ca's.pem");
        const RoutesFile file = parsed(firstRoutesText(gateway));
        QCOMPARE(file.upstreams.size(), std::size_t{1});
        QCOMPARE(file.upstreams[0].name, gateway.name);
        QCOMPARE(file.upstreams[0].targets.at(0).authority, QByteArray("gateway.example.com"));
        QVERIFY(file.upstreams[0].credentialAs == CredentialForm::XApiKey);
        QCOMPARE(file.upstreams[0].credentials.at(0).name, QStringLiteral("CORP_API_KEY"));
        QCOMPARE(file.upstreams[0].caFile, gateway.caFile);
        QCOMPARE(file.routes.size(), std::size_t{1});
        QCOMPARE(file.routes[0].name, QStringLiteral("claude"));
        QCOMPARE(file.routes[0].match.path, QByteArray("/"));
        QVERIFY(file.routes[0].access == RouteAccess::Token);
        QVERIFY(file.routes[0].action == RouteAction(ToUpstream{gateway.name}));
        QVERIFY(file.forward == DestinationPolicy());
    }

    void theLeastGatewayAndTheSandboxAreRead() {
        FirstGateway least;
        least.url = QStringLiteral("http://10.0.0.8:8080");
        QVERIFY(parsed(firstRoutesText(least)).upstreams.at(0).credentials.empty());
        QVERIFY(parsed(sandboxRoutesText()) == defaultRoutes());
    }

private:
    inline static std::vector<RouteAction> s_wanted;
};

QTEST_APPLESS_MAIN(TestRoutesFile)
#include "tst_routesfile.moc"
