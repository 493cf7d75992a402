// SPDX-License-Identifier: MIT
#include "core/config/routefields.h"

#include "core/config/routesfile.h"
#include "core/config/upstreamfields.h"

#include <QTest>

using namespace sallyport;

namespace {

const QString kFile = QStringLiteral("/etc/sallyport/routes.yaml");
const QByteArray kYaml = "upstreams:\n"
                         "  - name: corp   # ours\n"
                         "    targets:\n"
                         "      - {url: \"https://a.example\", weight: 3} # eu\n"
                         "      - {url: \"https://b.example\"}\n"
                         "    credential: env:KEY\n"
                         "routes:\n"
                         "  # all\n"
                         "  - name: claude\n"
                         "    match: {path: /, methods: [GET, POST]}\n"
                         "    upstream: corp  # for now\n"
                         "    keepalive_comment: 30s # slow\n"
                         "    model: {\"a-*\": b}\n";

RouteFields claude() { return routeFields(kYaml, QStringLiteral("claude")); }

QByteArray withClaude(const RouteFields& fields) {
    const auto edited = withRouteFields(kYaml, kFile, QStringLiteral("claude"), fields);
    return edited ? *edited : edited.error().toString().toUtf8();
}

} // namespace

class RouteFieldsTest : public QObject {
    Q_OBJECT
private slots:
    void aFormShowsTheRoute() {
        const RouteFields fields = claude();
        QCOMPARE(fields.methods, QStringLiteral("GET, POST"));
        QCOMPARE(fields.actionValue, QStringLiteral("corp"));
        QCOMPARE(fields.rules, QStringLiteral("keepalive_comment: 30s\nmodel: {\"a-*\": b}\n"));
        QCOMPARE(withClaude(fields), kYaml);
        QVERIFY(routeRuleKeys().contains(QStringLiteral("rate")));
        QVERIFY(!routeRuleKeys().contains(QStringLiteral("match")));
    }
    void oneFieldChangesOneLine_data() {
        QTest::addColumn<RouteFields>("fields");
        QTest::addColumn<QByteArray>("was");
        QTest::addColumn<QByteArray>("is");
        const auto row = [](const char* tag, auto change, const char* was, const char* is) {
            RouteFields fields = claude();
            change(fields);
            QTest::newRow(tag) << fields << QByteArray(was) << QByteArray(is);
        };
        row(
            "off", [](RouteFields& f) { f.isEnabled = false; }, "  - name: claude\n",
            "  - name: claude\n    enabled: false\n");
        row(
            "a host", [](RouteFields& f) { f.host = QStringLiteral("*.example.com"); }, "{path: /,",
            "{host: \"*.example.com\", path: /,");
        row(
            "no methods", [](RouteFields& f) { f.methods.clear(); }, ", methods: [GET, POST]", "");
        row(
            "blocked", [](RouteFields& f) { f.action = QStringLiteral("block"); },
            "    upstream: corp  # for now\n", "    block: true\n");
        row(
            "a rewrite", [](RouteFields& f) { f.rewrite = QStringLiteral("/api"); },
            "  # for now\n", "  # for now\n    rewrite: {prefix: /api}\n");
        row(
            "one rule",
            [](RouteFields& f) {
                f.rules = QStringLiteral("keepalive_comment: 5s\nmodel: {'a-*': b}");
            },
            "30s # slow", "5s # slow");
        row(
            "a rule less", [](RouteFields& f) { f.rules = QStringLiteral("model: {\"a-*\": b}"); },
            "    keepalive_comment: 30s # slow\n", "");
        row(
            "another name", [](RouteFields& f) { f.name = QStringLiteral("all: of it"); },
            "name: claude\n", "name: \"all: of it\"\n");
    }
    void oneFieldChangesOneLine() {
        QFETCH(RouteFields, fields);
        QFETCH(QByteArray, was);
        QFETCH(QByteArray, is);
        QByteArray expected = kYaml;
        QCOMPARE(withClaude(fields), expected.replace(was, is));
    }
    void whatIsWrongIsSaid_data() {
        QTest::addColumn<QString>("rules");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("says");
        QTest::newRow("an unknown rule") << QStringLiteral("rat: {requests: 1}") << QString()
                                         << QStringLiteral("\"rat\" is not a key");
        QTest::newRow("a rule with a field of its own")
            << QStringLiteral("match: {path: /}") << QString()
            << QStringLiteral("field of its own");
        QTest::newRow("no YAML") << QStringLiteral("rate: {") << QString() << QString();
        QTest::newRow("no map") << QStringLiteral("rate") << QString()
                                << QStringLiteral("key: value");
        QTest::newRow("a path that is none")
            << QString() << QStringLiteral("v1") << QStringLiteral("not the beginning of a path");
    }
    void whatIsWrongIsSaid() {
        QFETCH(QString, rules);
        QFETCH(QString, path);
        QFETCH(QString, says);
        RouteFields fields = claude();
        fields.rules = rules;
        if (!path.isEmpty()) fields.path = path;
        const auto edited = withRouteFields(kYaml, kFile, fields.name, fields);
        QVERIFY(!edited);
        QVERIFY2(edited.error().message.contains(says), qPrintable(edited.error().message));
    }
    void aNewRouteIsTheLast() {
        RouteFields fields;
        fields.name = QStringLiteral("new");
        fields.host = QStringLiteral("a.example");
        fields.action = QStringLiteral("redirect");
        fields.actionValue = QStringLiteral("https://b.example/");
        fields.rules = QStringLiteral("rate: {requests: 5, per: 1m}");
        const auto edited = withRouteFields(kYaml, kFile, {}, fields);
        QVERIFY2(edited.isOk(), edited ? "" : qPrintable(edited.error().toString()));
        QCOMPARE(*edited, kYaml +
                              "  - name: new\n    match: {host: a.example, path: /}\n    "
                              "redirect: https://b.example/\n    rate: {requests: 5, per: 1m}\n");
    }

    void anUpstreamIsEditedInItsPlaces() {
        UpstreamFields fields = upstreamFields(kYaml, QStringLiteral("corp"));
        QCOMPARE(fields.urls.size(), 2);
        QCOMPARE(*withUpstreamFields(kYaml, kFile, fields.name, fields), kYaml);
        fields.urls[0] = QStringLiteral("https://c.example");
        fields.credential = QStringLiteral("keychain:corp");
        fields.isApiKey = true;
        fields.name = QStringLiteral("firm");
        QByteArray expected = kYaml;
        expected.replace("https://a.example", "https://c.example")
            .replace("env:KEY", "\"keychain:corp\"\n    credential_as: x-api-key")
            .replace("name: corp", "name: firm")
            .replace("upstream: corp", "upstream: firm");
        expected.replace("name: firm", "name: \"firm\"")
            .replace("upstream: firm", "upstream: \"firm\"");
        QCOMPARE(*withUpstreamFields(kYaml, kFile, QStringLiteral("corp"), fields), expected);
    }
    void anUpstreamIsAddedAndOneInUseStays() {
        UpstreamFields fields;
        fields.name = QStringLiteral("second");
        fields.urls = {QStringLiteral("https://second.example")};
        const auto added = withUpstreamFields(kYaml, kFile, {}, fields);
        QVERIFY(added.isOk());
        QVERIFY(added->contains(
            "  - name: second\n    targets: [{url: \"https://second.example\"}]\n"));
        RoutesEdit edit(kYaml, kFile);
        edit.remove({RoutesList::Upstreams, QStringLiteral("corp")});
        const auto removed = edit.result();
        QVERIFY(!removed);
        QVERIFY2(removed.error().line > 0 &&
                     removed.error().message.contains(QLatin1String("no upstream \"corp\"")),
                 qPrintable(removed.error().toString()));
        fields.urls = {QStringLiteral("ftp://x")};
        QVERIFY(!withUpstreamFields(kYaml, kFile, {}, fields));
    }
};

QTEST_APPLESS_MAIN(RouteFieldsTest)
#include "tst_routefields.moc"
