// SPDX-License-Identifier: MIT
#include "core/engine/requestexplanation.h"

#include "core/config/routesfile.h"

#include <QTest>

using namespace sallyport;

namespace {

constexpr quint16 kPort = 8899;

Config config() {
    const auto file = parseRoutes(
        "upstreams: [{name: corp, targets: [{url: \"https://gw.example/llm\"}], credential: "
        "env:K}]\n"
        "routes:\n"
        "  - {name: off, enabled: false, match: {path: /v1/messages}, block: true}\n"
        "  - {name: legacy, match: {path: /v1/old}, rewrite: {prefix: /api}, upstream: corp,\n"
        "     request_headers: {set: {X-Team: t}}, model: {a: b}}\n"
        "  - {name: all, match: {path: /}, upstream: corp}\n"
        "  - {name: hello, match: {host: api.anthropic.com, path: /api/hello}, respond: {status: "
        "204}}\n"
        "  - {name: plain, match: {host: plain.example}, redirect: \"https://plain.example/\"}\n"
        "intercept: [api.anthropic.com]\n",
        QStringLiteral("/etc/routes.yaml"));
    Config config;
    config.upstreams = file->upstreams;
    config.routes = file->routes;
    config.intercept = file->intercept;
    return config;
}

} // namespace

class RequestExplanationTest : public QObject {
    Q_OBJECT
private slots:
    void aPasteIsRead_data() {
        QTest::addColumn<QString>("pasted");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("url");
        const auto row = [](const char* tag, const char* pasted, const char* method,
                            const char* url) {
            QTest::newRow(tag) << QString::fromUtf8(pasted) << QByteArray(method)
                               << QByteArray(url);
        };
        row("a method and a path", "POST /v1/messages", "POST", "/v1/messages");
        row("a URL alone", "https://a.example/x?y=1", "GET", "https://a.example/x?y=1");
        row("a request line", "PUT http://a.example/ HTTP/1.1", "PUT", "http://a.example/");
        row("curl with content", "curl 'http://a.example/x' -H 'X-A: b' --data-raw '{\"a\": 1}'",
            "POST", "http://a.example/x");
        row("curl with a method", "curl -X DELETE \"http://a.example/\\$x\"", "DELETE",
            "http://a.example/$x");
        row("curl over lines", "curl -s \\\n  -o out \\\n  http://a.example", "GET",
            "http://a.example");
        row("curl for a host", "curl -I a.example/x", "HEAD", "http://a.example/x");
    }
    void aPasteIsRead() {
        QFETCH(QString, pasted);
        const auto request = parsePastedRequest(pasted);
        QVERIFY2(request.isOk(), request ? "" : qPrintable(request.error()));
        QTEST(request->method, "method");
        QTEST(request->url, "url");
    }
    void whatIsNoRequestIsSaid() {
        for (const char* pasted : {"", "POST", "curl", "curl 'http://a", "ftp://a/b", "http://"})
            QVERIFY2(!parsePastedRequest(QLatin1String(pasted)), pasted);
    }

    void whereItGoes_data() {
        QTest::addColumn<QString>("pasted");
        QTest::addColumn<QString>("route");
        QTest::addColumn<QString>("destination");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* tag, const char* pasted, const char* route,
                            const char* destination, const char* reason) {
            QTest::newRow(tag) << QString::fromUtf8(pasted) << QString::fromUtf8(route)
                               << QString::fromUtf8(destination) << QString::fromUtf8(reason);
        };
        row("by the longest path, with its rewrite", "POST /v1/old/x?y", "legacy",
            "To upstream \"corp\": https://gw.example/llm/api/x?y",
            "The path /v1/old/x?y becomes /api/x?y.");
        row("the rules on the way", "POST /v1/old", "legacy", "/llm/api", "+X-Team");
        row("the name of the model", "POST /v1/old", "legacy", "/llm/api",
            "The model a becomes b.");
        row("one that is switched off", "POST /v1/messages", "all",
            "https://gw.example/llm/v1/messages",
            "Route \"off\" would take it, but is switched off.");
        row("Sallyport by its address", "POST http://127.0.0.1:8899/v1/old", "legacy", "/llm/api",
            "local token");
        row("its own endpoints", "GET /healthz", "", "Answered here with status 200.", "");
        row("a host in the proxy form", "GET http://plain.example/x", "plain",
            "Redirected with 302 to https://plain.example/.", "plain.example");
        row("a host without a route", "GET http://other.example/x", "",
            "Straight to other.example:80, path /x.", "forward");
        row("a tunnel that is opened", "GET https://api.anthropic.com/api/hello", "hello",
            "Answered here with status 204.", "intercept opens the tunnel");
        row("a blind tunnel", "GET https://other.example/x", "",
            "A blind tunnel to other.example:443", "no entry of intercept");
        row("a port that forward has not", "GET http://other.example:22/", "", "Refused with 403",
            "port 22");
        row("a path that climbs", "GET /v1/old/../../x/..%2f..%2f", "", "Refused with 400",
            "climbs");
        row("a foreign page", "curl http://127.0.0.1:8899/v1/old -H 'Origin: https://evil.example'",
            "legacy", "Refused with 403", "");
        row("an upstream by name", "POST /p/corp/v1/messages", "all",
            "https://gw.example/llm/v1/messages", "");
    }
    void whereItGoes() {
        QFETCH(QString, pasted);
        QFETCH(QString, destination);
        QFETCH(QString, reason);
        const auto request = parsePastedRequest(pasted);
        QVERIFY(request.isOk());
        const RequestExplanation found = explainRequest(*request, config(), kPort);
        QTEST(found.route, "route");
        QVERIFY2(found.destination.contains(destination), qPrintable(found.destination));
        const QString reasons = found.reasons.join(u'\n');
        QVERIFY2(reasons.contains(reason), qPrintable(reasons));
    }
};

QTEST_APPLESS_MAIN(RequestExplanationTest)
#include "tst_requestexplanation.moc"
