// SPDX-License-Identifier: MIT
#include "core/config/gatewayedit.h"

#include "core/config/routesfile.h"

#include <QTest>

using namespace sallyport;

namespace {
const QString kFile = QStringLiteral("/etc/sallyport/routes.yaml");

FirstGateway gateway() {
    FirstGateway gateway;
    gateway.name = QStringLiteral("corp");
    gateway.url = QStringLiteral("https://new.example/llm");
    gateway.credential = QStringLiteral("file:/k/corp.key");
    return gateway;
}
} // namespace

class TestGatewayEdit : public QObject {
    Q_OBJECT
    static void columns() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
    }
    static void row(const char* tag, const QByteArray& before, const QByteArray& after) {
        QTest::newRow(tag) << before << after;
    }
private slots:
    void onlyTheGatewayIsEdited_data() {
        columns();
        row("the values in their places, with the comments beside them",
            "# mine\nupstreams:\n  - name: corp  # ours\n    targets:\n      - {url: "
            "\"https://old.example\"} # eu\n      - {url: \"https://spare.example\"}\n    "
            "credential: env:K   # rotated\n    credential_as: bearer\nroutes:\n  - {name: r, "
            "match: {path: /}, upstream: corp}\n# tail\n",
            "# mine\nupstreams:\n  - name: corp  # ours\n    targets:\n      - {url: "
            "\"https://new.example/llm\"} # eu\n      - {url: \"https://spare.example\"}\n    "
            "credential: \"file:/k/corp.key\"   # rotated\n    credential_as: bearer\nroutes:\n  "
            "- {name: r, match: {path: /}, upstream: corp}\n# tail\n");
        row("keys that are not there are added",
            "upstreams:\n  - name: corp\n    targets: [{url: https://old.example}]\nroutes:\n  - "
            "{name: r, match: {path: /}, upstream: corp}\n",
            "upstreams:\n  - name: corp\n    targets: [{url: \"https://new.example/llm\"}]\n    "
            "credential: \"file:/k/corp.key\"\nroutes:\n  - {name: r, match: {path: /}, "
            "upstream: corp}\n");
        row("an entry in braces",
            "upstreams: [{name: corp, targets: [{url: https://old.example}]}]\nroutes: [{name: r, "
            "match: {path: /}, upstream: corp}]\n",
            "upstreams: [{name: corp, targets: [{url: \"https://new.example/llm\"}], credential: "
            "\"file:/k/corp.key\"}]\nroutes: [{name: r, match: {path: /}, upstream: "
            "corp}]\n");
        row("another route stays where it leads",
            "upstreams:\n  - {name: corp, credential: \"file:/k/corp.key\", targets: [{url: "
            "\"https://new.example/llm\"}]}\n  - {name: b, sandbox: true}\nroutes:\n  - {name: r, "
            "match: {path: /}, upstream: b}\n  - {name: s, match: {path: /x}, upstream: b}\n",
            "upstreams:\n  - {name: corp, credential: \"file:/k/corp.key\", targets: [{url: "
            "\"https://new.example/llm\"}]}\n  - {name: b, sandbox: true}\nroutes:\n  - {name: r, "
            "match: {path: /}, upstream: \"corp\"}\n  - {name: s, match: {path: /x}, upstream: "
            "b}\n");
    }
    void onlyTheGatewayIsEdited() {
        QFETCH(QByteArray, before);
        const auto edited = withGateway(before, kFile, gateway());
        QVERIFY2(edited.isOk(), edited.isOk() ? "" : qPrintable(edited.error().toString()));
        QTEST(*edited, "after");
        // Once more changes nothing.
        QCOMPARE(*withGateway(*edited, kFile, gateway()), *edited);
    }

    void aGatewayIsAddedWithoutTouchingTheOthers_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::newRow("after a list in block style")
            << QByteArray("# mine\nupstreams:\n  - name: sandbox\n    sandbox: true\n\n# about "
                          "routes\nroutes:\n  - name: r # all\n    match: {path: /}\n    upstream: "
                          "sandbox   # for now\n");
        QTest::newRow("a list without indentation")
            << QByteArray("upstreams:\n- name: a\n  targets:\n  - url: http://a.example\n"
                          "routes:\n- {name: r, match: {path: /}, upstream: a}\n");
        QTest::newRow("an entry that ends in a map over lines") << QByteArray(
            "upstreams:\n  - name: a\n    targets: [\n      {url: http://a.example\n"
            "      }\n    ]\nroutes:\n  - {name: r, match: {path: /}, upstream: a}\n");
        QTest::newRow("a list in brackets")
            << QByteArray("upstreams: [{name: a, sandbox: true}]\nroutes: [{name: r, match: {path: "
                          "/}, upstream: a}]\n");
        QTest::newRow("an empty list") << QByteArray(
            "upstreams: []\nroutes: [{name: r, match: {path: /}, upstream: sandbox}]\n");
        QTest::newRow("no list of upstreams")
            << QByteArray("routes:\n  - {name: r, match: {path: /}, upstream: sandbox}");
        QTest::newRow("no routes") << QByteArray("# nothing yet\nforward: {enabled: true}\n");
        QTest::newRow("an empty file") << QByteArray();
        QTest::newRow("CR LF") << QByteArray("upstreams:\r\n  - name: a\r\n    sandbox: "
                                             "true\r\nroutes:\r\n  - name: r\r\n    match: "
                                             "{path: /}\r\n    upstream: a\r\n");
        QTest::newRow("a route that takes other paths only")
            << QByteArray("routes:\n  - {name: claude, match: {path: /x}, upstream: sandbox}\n");
    }
    void aGatewayIsAddedWithoutTouchingTheOthers() {
        QFETCH(QByteArray, before);
        const auto edited = withGateway(before, kFile, gateway());
        QVERIFY2(edited.isOk(), edited.isOk() ? "" : qPrintable(edited.error().toString()));
        const auto was = parseRoutes(before, kFile);
        const auto is = parseRoutes(*edited, kFile);
        QVERIFY(was && is);
        const GatewayInUse in = gatewayInUse(is->routes, is->upstreams);
        QCOMPARE(in.upstream.name, QStringLiteral("corp"));
        QCOMPARE(targetUrl(in.upstream.targets.front()), QStringLiteral("https://new.example/llm"));
        QVERIFY(is->forward == was->forward);
        // Every line of the file is there still, but for the one that names the upstream.
        int lost = 0;
        for (const QByteArray& line : before.split('\n'))
            if (!edited->contains(line)) ++lost;
        QVERIFY2(lost <= 2, edited->constData());
        QCOMPARE(edited->count('\r') > 0, before.contains('\r'));
    }

    void theCaFileIsSetAndTakenOut() {
        const QByteArray plain = "upstreams:\n  - name: corp\n    targets: [{url: "
                                 "\"https://new.example/llm\"}]\n    tls: {verify: true}\nroutes:\n"
                                 "  - {name: r, match: {path: /}, upstream: corp}\n";
        FirstGateway wanted = gateway();
        wanted.credential.clear();
        wanted.caFile = QStringLiteral("/ca/corp.pem");
        const auto with = withGateway(plain, kFile, wanted);
        QVERIFY(with.isOk());
        QVERIFY2(with->contains("{ca_file: \"/ca/corp.pem\", verify: true}"), with->constData());
        wanted.caFile.clear();
        const auto without = withGateway(*with, kFile, wanted);
        QVERIFY(without.isOk());
        QVERIFY(!without->contains("corp.pem"));
        QVERIFY(*parseRoutes(*without, kFile) == *parseRoutes(plain, kFile));
    }

    void theSandboxIsChosenAndLeft() {
        const QByteArray mine = "upstreams:\n  - name: corp\n    targets: [{url: "
                                "\"https://new.example/llm\"}]\n    credential: "
                                "\"file:/k/corp.key\"\nroutes:\n  - {name: r, match: {path: /}, "
                                "upstream: \"corp\"}\n";
        const auto sandbox = withSandbox(mine, kFile);
        QVERIFY(sandbox.isOk());
        const auto parsed = parseRoutes(*sandbox, kFile);
        QVERIFY(gatewayInUse(parsed->routes, parsed->upstreams).upstream.isSandbox);
        QCOMPARE(*withSandbox(*sandbox, kFile), *sandbox);
        QCOMPARE(*withGateway(*sandbox, kFile, gateway()), mine);
    }

    void refusals_data() {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("says");
        QTest::newRow("a file with an error is not touched")
            << QByteArray("upstreams: [{nam: corp}]") << QStringLiteral("routes.yaml:1:");
        QTest::newRow("a route that answers by itself is left alone")
            << QByteArray("routes:\n  - {name: r, match: {path: /}, block: true}\n")
            << QStringLiteral("by hand");
        QTest::newRow("an address that others share")
            << QByteArray("upstreams:\n  - {name: corp, targets: [{url: &u \"https://a.example\"}]}"
                          "\n  - {name: b, targets: [{url: *u}]}\nroutes:\n  - {name: r, match: "
                          "{path: /}, upstream: corp}\n")
            << QStringLiteral("by hand");
    }
    void refusals() {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, says);
        const auto edited = withGateway(yaml, kFile, gateway());
        QVERIFY(!edited.isOk());
        QVERIFY2(edited.error().toString().contains(says), qPrintable(edited.error().toString()));
    }
};

QTEST_APPLESS_MAIN(TestGatewayEdit)
#include "tst_gatewayedit.moc"
