// SPDX-License-Identifier: MIT
#include "core/config/intranetpreset.h"

#include "core/config/interceptionneeds.h"
#include "core/config/routesedit.h"
#include "core/config/routesfile.h"
#include "core/route/routetable.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace sallyport;

namespace {

const QString kFile = QStringLiteral("/etc/sallyport/routes.yaml");

/// The preset applied; an empty text, with a failed check, where it cannot be.
QByteArray applied(const QByteArray& yaml, const QString& upstream = {}) {
    const auto preset = withIntranetPreset(yaml, kFile, upstream);
    if (!preset) qWarning().noquote() << preset.error().toString() << '\n' << yaml;
    return preset ? preset->text : QByteArray();
}

RoutesFile meaningOf(const QByteArray& yaml) {
    auto file = parseRoutes(yaml, kFile);
    if (!file) qWarning().noquote() << file.error().toString();
    return file ? *file : RoutesFile();
}

/// Whether `after` is `before` with bytes put in; a null that is written out may go.
bool isOnlyMore(QByteArray before, const QByteArray& after) {
    before.replace(": ~", ": ").replace(": null", ": ");
    qsizetype at = 0;
    for (const char c : after)
        if (at < before.size() && before[at] == c) ++at;
    return at == before.size();
}

const Route* routeFor(const RouteTable& table, const char* method, const char* host,
                      const char* target) {
    const auto outcome = table.match({method, host, target});
    const auto* found = std::get_if<RouteFound>(&outcome);
    return found ? found->route : nullptr;
}

const QByteArray kCorp = "upstreams:\n  - {name: corp, targets: [{url: \"http://gw\"}]}\n"
                         "routes:\n  - {name: claude, upstream: corp}\n";

/// Files as people write them. Each is applied as it is and in many variations.
struct Written {
    const char* tag;
    const char* text;
};
const Written kWritten[] = {
    {"an empty file", ""},
    {"comments alone", "# nothing yet\n# to come\n"},
    {"an explicit document", "---\nroutes: []\n"},
    {"a list without entries", "routes:\n"},
    {"a list that is null", "routes: ~ # none\nintercept: null\n"},
    {"empty brackets", "routes: [] # none\nintercept: [ ]\n"},
    {"no routes, other keys after", "upstreams:\n  - {name: a, sandbox: true}\nforward: {enabled: "
                                    "true}\n"},
    {"entries in a block with a section after it",
     "upstreams:\n  - name: corp\n    targets:\n      - {url: \"http://gw\"}\n\nroutes:\n  - name: "
     "claude   # mine\n    enabled: true\n    match: {path: /}\n    upstream: corp\n    # rate: "
     "not "
     "yet\n\n# What may be reached:\nforward:\n  enabled: true\n"},
    {"the list is the last section", "upstreams:\n- name: corp\n  sandbox: true\nroutes:\n- name: "
                                     "claude\n  upstream: corp"},
    {"odd indentation",
     "upstreams:\n      -   name: corp\n          sandbox: true\nroutes:\n         - match: {path: "
     "/x}\n           name: claude\n           upstream: corp\n\n\n\nintercept:\n     - "
     "a.example\n"},
    {"an indented file", "  upstreams:\n    - {name: corp, sandbox: true}\n  routes:\n    - {name: "
                         "claude, upstream: corp}\n"},
    {"a dash on a line of its own",
     "routes:\n  -\n    name: claude\n    upstream: sandbox\n  - # the other\n    name: b\n    "
     "block: true\n"},
    {"brackets in one line", "upstreams: [{name: corp, sandbox: true}]\nroutes: [{name: claude, "
                             "upstream: corp}] # all\nintercept: [a.example, \"*.b.example\"]\n"},
    {"brackets over lines",
     "routes: [\n  # the first\n  {name: claude, upstream: sandbox},  # it's mine\n  {\n    name: "
     "b, block: true,\n  },\n]\nintercept: [\n  a.example,\n]\n"},
    {"the whole file in braces",
     "{upstreams: [{name: corp, sandbox: true}], routes: [{name: claude, upstream: corp}]}\n"},
    {"JSON", "{\n  \"upstreams\": [{\"name\": \"corp\", \"sandbox\": true}],\n  \"routes\": "
             "[{\"name\": \"claude\", \"upstream\": \"corp\"}],\n  \"intercept\": "
             "[\"a.example\"]\n}\n"},
    {"a text in a block at the end", "routes:\n  - name: claude\n    respond:\n      body: |-\n    "
                                     "    # no comment\n        text\n"},
    {"sections in another order, the list first",
     "intercept:\n  - api.anthropic.com # since May\n  # platform later\n\nroutes: # all\n  # "
     "first\n  - name: claude\n    upstream: corp\n  # last\nupstreams:\n  - {name: corp, sandbox: "
     "true}\n"},
    {"anchors", "routes: &r\n  - &one\n    name: claude\n    upstream: sandbox\nintercept: &i "
                "[a.example]\n"},
    {"letters of other languages",
     "# 路由\nroutes:\n  - name: 中文  # 注释 é\n    upstream: sandbox\n# 结束\n"},
    {"the hosts are there already",
     "intercept: [\"*.anthropic.com\", platform.claude.com]\nroutes: []\n"},
    {"a route of the user's for the same", "routes:\n  - name: hello\n    match: {host: "
                                           "api.anthropic.com, path: /api/hello}\n    respond: "
                                           "{status: 200}\n"},
    {"a route of the preset that was edited",
     "routes:\n  - name: intranet-hello\n    enabled: false\n    match: {host: x.example}\n    "
     "block: true\n"},
};

QByteArray withCrLf(QByteArray text) { return text.replace("\n", "\r\n"); }
QByteArray withMark(const QByteArray& text) { return "\xEF\xBB\xBF" + text; }
QByteArray withoutLastEnd(QByteArray text) {
    while (text.endsWith('\n') || text.endsWith('\r'))
        text.chop(1);
    return text;
}

/// A file put together at random from pieces that people write.
QByteArray someFile(QRandomGenerator& random) {
    const auto pick = [&](std::initializer_list<const char*> from) {
        return QByteArray(*(from.begin() + random.bounded(static_cast<int>(from.size()))));
    };
    const QByteArray gap = pick({"", "\n", "\n\n", "# a remark\n", "\n# a remark\n  # deeper\n"});
    QByteArrayList sections{
        pick({"upstreams:\n- {name: u, sandbox: true}\n", "upstreams: [{name: u, sandbox: true}]\n",
              "upstreams:\n    - name: u   # it's u\n      sandbox: true\n"}),
        pick({"", "routes:\n", "routes: []\n", "routes: [ {name: a, upstream: u}, ]\n",
              "routes:\n- name: a\n  upstream: u\n", "routes:\n   - upstream: u\n     name: 'a'\n",
              "routes: [\n  {name: a, upstream: u}, # last\n]\n",
              "routes:\n  - {name: a, upstream: u}\n\n  # - {name: b, block: true}\n"}),
        pick({"", "intercept:\n", "intercept: []\n", "intercept: [x.example]\n",
              "intercept:\n- x.example\n", "intercept:\n  - 'x.example' # y\n",
              "intercept: [ \"x.example\",\n  y.example ]\n"}),
        pick({"", "forward: {enabled: false}\n", "forward:\n  ports: [443]\n"})};
    std::shuffle(sections.begin(), sections.end(), random);
    QByteArray text = gap + sections.join(gap) + pick({"", "\n", "# end\n", "  # end"});
    if (random.bounded(3) == 0) text = withoutLastEnd(text);
    if (random.bounded(3) == 0) text = withCrLf(text);
    if (random.bounded(3) == 0) text = withMark(text);
    return text;
}

} // namespace

class IntranetPresetTest : public QObject {
    Q_OBJECT

    static void check(const QByteArray& before) {
        const RoutesFile was = meaningOf(before);
        const QByteArray once = applied(before);
        QVERIFY(!once.isEmpty());
        QVERIFY2(isOnlyMore(before, once), once.constData());
        QCOMPARE(applied(once), once);
        const RoutesFile is = meaningOf(once);
        QVERIFY(std::equal(was.routes.begin(), was.routes.end(), is.routes.begin(),
                           [](const Route& a, Route b) {
                               b.tokenCounting = a.tokenCounting;
                               return a == b;
                           }));
        QCOMPARE(is.forward, was.forward);
        for (const char* host : {"api.anthropic.com", "platform.claude.com"})
            QVERIFY(is.intercept.find(host, 443));
        if (before.contains("\r\n")) QCOMPARE(once.count('\n'), once.count("\r\n"));
    }

private slots:
    void addedTwiceIsAddedOnce_data() {
        QTest::addColumn<QByteArray>("before");
        for (const Written& written : kWritten) {
            const QByteArray text = written.text;
            const auto row = [&](const char* variation, const QByteArray& variant) {
                QTest::addRow("%s%s", written.tag, variation) << variant;
            };
            row("", text);
            row(", CR LF", withCrLf(text));
            row(", a byte order mark", withMark(text));
            row(", no line end at the end", withoutLastEnd(text));
            row(", all of them", withMark(withoutLastEnd(withCrLf(text))));
        }
    }
    void addedTwiceIsAddedOnce() {
        QFETCH(QByteArray, before);
        check(before);
    }
    void anyFileStaysWhatItIsAndGetsTheRest() {
        QRandomGenerator random(9);
        for (int run = 0; run < 400 && !QTest::currentTestFailed(); ++run) {
            const QByteArray text = someFile(random);
            check(text);
            if (QTest::currentTestFailed()) qWarning().noquote() << text;
        }
    }

    void whatIsServed_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status"); // 0: to the upstream, -1: blocked
        const auto row = [](const char* tag, const char* method, const char* host,
                            const char* target, int status) {
            QTest::newRow(tag) << QByteArray(method) << QByteArray(host) << QByteArray(target)
                               << status;
        };
        const char* api = "api.anthropic.com";
        row("the connectivity check", "GET", api, "/api/hello", 200);
        row("its other half", "GET", "platform.claude.com", "/v1/oauth/hello", 200);
        row("event logging", "POST", api, "/api/event_logging/v2/batch", 200);
        row("flags", "POST", api, "/api/eval/sdk-zAZezfDKGoZuXXKe", 200);
        row("WebFetch's question", "GET", api, "/api/web/domain_info?domain=x", 200);
        row("settings", "GET", api, "/api/claude_code/settings", 404);
        row("policy limits", "GET", api, "/api/claude_code/policy_limits", 404);
        row("bootstrap", "GET", api, "/api/claude_cli/bootstrap", 404);
        row("metrics", "GET", api, "/api/claude_code/organizations/metrics_enabled", 404);
        row("what a later client may ask", "PUT", api, "/new/thing", 404);
        row("a login", "POST", "platform.claude.com", "/v1/oauth/token", 404);
        row("messages", "POST", api, "/v1/messages?beta=true", 0);
        row("a token count", "POST", api, "/v1/messages/count_tokens?beta=true", 0);
        row("models", "GET", api, "/v1/models?limit=1000", 0);
        row("the changelog", "CONNECT", "raw.githubusercontent.com", "/", -1);
        row("the marketplace", "CONNECT", "downloads.claude.ai", "/", -1);
        row("its repository", "CONNECT", "github.com", "/", -1);
        row("the npm registry", "CONNECT", "registry.npmjs.org", "/", -1);
        row("telemetry", "CONNECT", "http-intake.logs.us5.datadoghq.com", "/", -1);
        row("connectors", "CONNECT", "mcp-proxy.anthropic.com", "/", -1);
    }
    void whatIsServed() {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, target);
        QFETCH(int, status);
        const RouteTable table(meaningOf(applied(kCorp)).routes);
        const Route* route =
            routeFor(table, method.constData(), host.constData(), target.constData());
        QVERIFY(route);
        QVERIFY(route->access == RouteAccess::Open);
        if (const auto* respond = std::get_if<ToRespond>(&route->action))
            QCOMPARE(respond->status, status);
        else if (const auto* to = std::get_if<ToUpstream>(&route->action))
            QCOMPARE(std::make_pair(to->upstream, 0),
                     std::make_pair(QStringLiteral("corp"), status));
        else
            QCOMPARE(status, -1);
        QCOMPARE(status == 0, route->tokenCounting == TokenCounting::EstimateWhereMissing);
    }

    void whoCountsTokensForTheGateway_data() {
        QTest::addColumn<QByteArray>("route");
        QTest::addColumn<bool>("isEstimate");
        QTest::newRow("the route for messages gets the key")
            << QByteArray("{name: r, upstream: sandbox}") << true;
        QTest::newRow("what it says itself stays")
            << QByteArray("{name: r, upstream: sandbox, count_tokens: upstream}") << false;
        QTest::newRow("a route for other paths stays")
            << QByteArray("{name: r, match: {path: /x}, upstream: sandbox}") << false;
        QTest::newRow("one that answers itself stays")
            << QByteArray("{name: r, respond: {status: 200}}") << false;
    }
    void whoCountsTokensForTheGateway() {
        QFETCH(QByteArray, route);
        const RoutesFile file = meaningOf(applied("routes:\n  - " + route + '\n'));
        QTEST(file.routes.front().tokenCounting == TokenCounting::EstimateWhereMissing,
              "isEstimate");
    }

    void theUpstream_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QString>("chosen"); // empty: refused
        const QByteArray two = "upstreams: [{name: a, sandbox: true}, {name: b, sandbox: true}]\n";
        const auto row = [](const char* tag, const QByteArray& file, const char* asked,
                            const char* chosen) {
            QTest::newRow(tag) << file << QString::fromLatin1(asked) << QString::fromLatin1(chosen);
        };
        row("that of the route for messages",
            two + "routes: [{name: r, match: {path: /v1}, upstream: b}, {name: s, upstream: a}]\n",
            "", "b");
        row("the only one", "upstreams: [{name: a, sandbox: true}]\n", "", "a");
        row("the sandbox where there is none", "", "", "sandbox");
        row("the one that is asked for", two, "b", "b");
        row("the built-in sandbox, asked for", two, "sandbox", "sandbox");
        row("two and no route", two, "", "");
        row("one that is not there", two, "c", "");
        row("another than before", applied(two, QStringLiteral("a")), "b", "b");
        row("that of before, without a word", applied(two, QStringLiteral("a")), "", "a");
        row("away from the built-in sandbox",
            applied("upstreams: [{name: a, sandbox: true}]\nroutes: []\n",
                    QStringLiteral("sandbox")),
            "a", "a");
        row("the same as before", applied(two, QStringLiteral("a")), "a", "a");
    }
    void theUpstream() {
        QFETCH(QByteArray, file);
        QFETCH(QString, asked);
        QFETCH(QString, chosen);
        const auto preset = withIntranetPreset(file, kFile, asked);
        QCOMPARE(preset.isOk(), !chosen.isEmpty());
        if (!preset) return;
        QCOMPARE(preset->upstream, chosen);
        const RouteTable table(meaningOf(preset->text).routes);
        const Route* route = routeFor(table, "POST", "api.anthropic.com", "/v1/messages");
        QVERIFY(route);
        QCOMPARE(std::get<ToUpstream>(route->action).upstream, chosen);
    }

    void aKeyIsNotOpenToEveryProgram() {
        const QByteArray text =
            applied("upstreams: [{name: a, targets: [{url: \"http://gw\"}], credential: env:K}]\n");
        const RoutesFile file = meaningOf(text);
        const RouteTable table(file.routes);
        QVERIFY(routeFor(table, "POST", "api.anthropic.com", "/v1/messages")->access ==
                RouteAccess::Token);
        QVERIFY(routeFor(table, "GET", "api.anthropic.com", "/api/hello")->access ==
                RouteAccess::Open);
        Config config;
        config.routes = file.routes;
        config.intercept = file.intercept;
        const InterceptionNeeds needs = interceptionNeeds(config);
        QVERIFY(needs.asksToken);
        QCOMPARE(needs.hosts, QStringList({QStringLiteral("api.anthropic.com"),
                                           QStringLiteral("platform.claude.com")}));
        config.routes = meaningOf(applied(kCorp)).routes;
        QVERIFY(!interceptionNeeds(config).asksToken);
    }

    void anUpstreamWithAKeyClosesTheRoute() {
        const QByteArray file =
            "upstreams: [{name: a, targets: [{url: \"http://gw\"}], credential: env:K}]\n";
        const QByteArray open = applied(file, QStringLiteral("sandbox"));
        const QByteArray closed = applied(open, QStringLiteral("a"));
        const RouteTable table(meaningOf(closed).routes);
        const Route* route = routeFor(table, "POST", "api.anthropic.com", "/v1/messages");
        QVERIFY(route && route->access == RouteAccess::Token);
        QCOMPARE(applied(closed, QStringLiteral("a")), closed);
    }

    void itsRoutesAreSwitchedLikeOthers() {
        const QByteArray text = applied(kCorp);
        const auto off =
            withRouteEnabled(text, kFile, QStringLiteral("intranet-block-github"), false);
        QVERIFY(off.isOk());
        QCOMPARE(applied(*off), *off);
        const RouteTable table(meaningOf(*off).routes);
        QVERIFY(!routeFor(table, "CONNECT", "github.com", "/"));
    }

    void whatIsRefused_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* tag, const QByteArray& file, const char* part) {
            QTest::newRow(tag) << file << QString::fromLatin1(part);
        };
        row("a file with an error", "routes: 7\n", "routes.yaml:1:");
        row("a list by an alias",
            "upstreams: [{name: u, tls: {verify: true}, targets: [{url: \"http://x\"}]}]\nroutes: "
            "&l []\nintercept: *l\n",
            "routes.yaml:2:1: the list \"routes\"");
        row("a text in a block that ends with the file",
            "routes:\n  - name: claude\n    respond:\n      body: |\n        text",
            "routes.yaml:1:1: the list \"routes\"");
    }
    void whatIsRefused() {
        QFETCH(QByteArray, file);
        QFETCH(QString, part);
        const auto preset = withIntranetPreset(file, kFile);
        QVERIFY(!preset.isOk());
        QVERIFY2(preset.error().toString().contains(part), qPrintable(preset.error().toString()));
    }

    void howItLooks() {
        const QByteArray text = applied(kCorp + "\n# the proxy\nforward: {enabled: true}\n");
        QByteArray corp = kCorp;
        corp.replace("name: claude,", "name: claude, count_tokens: estimate,");
        QVERIFY2(text.startsWith(QByteArray(
                     corp + "  # Claude Code in an intranet: what it asks of Anthropic besides "
                            "the Messages API is answered here.\n"
                            "  - name: intranet-hello\n"
                            "    match: {host: api.anthropic.com, path: /api/hello}\n"
                            "    respond: {status: 200, ")),
                 text.constData());
        QVERIFY2(text.endsWith("    block: true\n    access: open\n\n# the proxy\nforward: "
                               "{enabled: true}\n\nintercept:\n  - api.anthropic.com\n  - "
                               "platform.claude.com\n"),
                 text.constData());
    }
};

QTEST_GUILESS_MAIN(IntranetPresetTest)
#include "tst_intranetpreset.moc"
