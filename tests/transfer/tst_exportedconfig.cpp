// SPDX-License-Identifier: MIT
// An exported configuration: a key that is planted in every place where one can stand is in none of
// it, what is exported loads, and taking it in gives the same configuration.
#include "core/config/routesfile.h"
#include "core/transfer/exportedconfig.h"
#include "core/transfer/importplan.h"
#include "core/transfer/yamlsecrets.h"

#include <QTest>

using namespace sallyport;

namespace {

const QString kDir = QStringLiteral("/home/me/.config/sallyport");
/// By its shape, by chance, and short: only its place tells that it is one.
const QByteArrayList kPlanted{"sk-ant-api03-PLANTED0123456789abcdefghij",
                              "Zk3PLANTED9xQ7vB2mN5tR8w", "PLANTEDpw"};

QByteArray exportOf(const QByteArray& routes) {
    const auto exported = exportedConfig({routes, {}}, kDir);
    if (!exported) qWarning("%s", qPrintable(exported.error().toString()));
    return exported ? exported->text : QByteArray();
}

} // namespace

class ExportedConfigTest : public QObject {
    Q_OBJECT
private slots:
    void aPlantedKeyIsNotExported_data() {
        QTest::addColumn<QByteArray>("routes");
        QTest::addColumn<int>("key"); // of kPlanted; -1: each
        const QByteArray upstream = "upstreams:\n  - name: corp\n    targets: [{url: "
                                    "\"https://gw.example\"}]\n";
        const QByteArray route = "routes:\n  - name: all\n    upstream: corp\n";
        const auto row = [](const char* name, const QByteArray& routes, int key) {
            QTest::newRow(name) << routes << key;
        };
        row("in a field that is set",
            upstream + route + "    request_headers: {set: {X-Api-Key: \"KEY\"}}\n", -1);
        row("in a field after its scheme",
            upstream + route +
                "    request_headers:\n      set:\n        Authorization: Bearer KEY\n",
            -1);
        row("in a field of an ordinary name",
            upstream + route + "    response_headers: {set: {X-Team: \"KEY\"}}\n", 0);
        row("by chance in a field of an ordinary name",
            upstream + route + "    request_headers: {set: {X-Team: \"KEY\"}}\n", 1);
        row("as an argument after its option",
            upstream + "    credential_command: {run: [tok, --token, KEY]}\n" + route, -1);
        row("as an argument with its option",
            upstream + "    credential_command:\n      run: [tok, \"--api-key=KEY\"]\n" + route,
            -1);
        row("as the password of a login",
            upstream + "    credential_command: {run: [curl, -u, \"me:KEY\", x]}\n" + route, -1);
        row("as the password of a login with its option",
            upstream + "    credential_command: {run: [curl, \"-ume:KEY\", \"--user=me:KEY\"]}\n" +
                route,
            -1);
        row("as an argument by its looks",
            upstream + "    credential_command: {run: [tok, KEY]}\n" + route, 1);
        row("in the address of a proxy",
            upstream + "    via: \"http://me:KEY@proxy.example:3128\"\n" + route, -1);
        row("in a response",
            upstream + route +
                "  - {name: r, match: {path: /r}, respond: {status: 200, headers: {Set-Cookie: "
                "KEY}, body: x}}\n",
            -1);
        row("in the content of a response",
            upstream + route +
                "  - {name: r, match: {path: /r}, respond: {status: 200, body: '{\"api_key\": "
                "\"KEY\"}'}}\n",
            -1);
        row("in a redirection",
            upstream + route +
                "  - {name: r, match: {path: /r}, redirect: {status: 307, location: "
                "\"https://x.example/?token=KEY\"}}\n",
            -1);
        row("in a comment by its name", "# old key: KEY\n" + upstream + route, -1);
        row("in a comment after a value",
            upstream + "    credential: env:K   # password=KEY\n" + route, -1);
        row("in a comment by its looks", upstream + "# KEY\n" + route, 0);
        row("in a route that is commented out",
            upstream + route + "#    request_headers: {set: {X-Api-Key: \"KEY\"}}\n", -1);
        row("in an address",
            "upstreams:\n  - name: corp\n    targets: [{url: \"https://gw.example/KEY/llm\"}]\n" +
                route,
            0);
    }
    void aPlantedKeyIsNotExported() {
        QFETCH(QByteArray, routes);
        QFETCH(int, key);
        for (int i = 0; i < kPlanted.size(); ++i) {
            if (key >= 0 && key != i) continue;
            QByteArray planted = routes;
            planted.replace("KEY", kPlanted[i]);
            QVERIFY2(parseRoutes(planted, QStringLiteral("r")), planted.constData());
            const QByteArray text = exportOf(planted);
            QVERIFY2(!text.isEmpty(), planted.constData());
            QVERIFY2(!text.contains("PLANTED"), text.constData());
            QVERIFY(exportSource(text, QStringLiteral("e.yaml")));
        }
    }
    void whatHoldsNoSecretStaysAsItIs() {
        const QByteArray routes =
            "# my gateways\nupstreams:\n"
            "  - name: corp    # the model is claude-sonnet-4-5-20250929\n"
            "    targets: [{url: \"https://gw.example/llm\", weight: 2}]\n"
            "    via: http://alice@proxy.example:3128\n"
            "    credential: keychain:corp\n"
            "    credential_as: x-api-key   # token: file:/x or keychain\n"
            "    tls: {ca_file: /etc/corp/ca.pem}\n"
            "routes:\n"
            "  - {name: all, upstream: corp, request_headers: {set: {X-Team: tools}}}\n";
        const auto exported = exportedConfig({routes, {}}, kDir);
        QVERIFY(exported);
        QVERIFY2(exported->text.endsWith(QByteArray("--- # routes.yaml\n" + routes)),
                 exported->text.constData());
        QVERIFY(exported->text.contains("corp: sallyport credential set corp"));
        QVERIFY(exported->replaced.isEmpty());
    }
    void whatIsTakenInAgainIsTheSame() {
        const QByteArray routes =
            "upstreams:\n  - name: corp\n    targets: [{url: \"https://gw.example\"}]\n"
            "    credential: env:CORP_KEY\n"
            "routes:\n  - {name: all, upstream: corp}\nintercept: [api.anthropic.com]\n";
        const QByteArray settings = "listen: 127.0.0.1:9000   # here\n";
        const auto exported = exportedConfig({routes, settings}, kDir);
        QVERIFY(exported);
        const auto source = exportSource(exported->text, QStringLiteral("e.yaml"));
        QVERIFY2(source, source ? "" : qPrintable(source.error()));
        QCOMPARE(source->text, routes);
        QCOMPARE(source->settings.trimmed(), settings.trimmed());
        ImportChoice choice{source->providers};
        choice.whole = source->text;
        const auto plan = planImport({}, kDir + QStringLiteral("/routes.yaml"), choice);
        QVERIFY(plan);
        QCOMPARE(plan->text, routes);
    }
    void anErrorHasTheLineOfTheFile() {
        const auto source =
            exportSource("# a\n# b\n--- # routes.yaml\nupstreams: 7\n", QStringLiteral("e.yaml"));
        QVERIFY(!source);
        QVERIFY2(source.error().startsWith(QLatin1String("e.yaml:4")), qPrintable(source.error()));
    }
    void settingsThatWouldBeRefusedAreNotTakenIn() {
        const auto source = exportSource("--- # routes.yaml\nroutes: []\n--- # settings.yaml\n"
                                         "listen: 0.0.0.0:8899\n",
                                         QStringLiteral("e.yaml"));
        QVERIFY(!source);
        QVERIFY2(source.error().startsWith(QLatin1String("e.yaml:4")), qPrintable(source.error()));
    }
    void aProgramThatWouldRunIsNamed() {
        const auto source = exportSource(
            "upstreams:\n  - name: corp\n    targets: [{url: \"https://gw.example\"}]\n"
            "    credential_command: {run: [sh, -c, \"id\\e[2K\", "
            "sk-ant-api03-PLANTED0123456789]}\n",
            QStringLiteral("e.yaml"));
        QVERIFY2(source, source ? "" : qPrintable(source.error()));
        const QString program = source->providers.front().program;
        QVERIFY2(program.startsWith(QLatin1String("sh -c id")), qPrintable(program));
        QVERIFY2(!program.contains(QLatin1String("PLANTED0")), qPrintable(program));
        QVERIFY2(!program.contains(QChar(0x1b)), qPrintable(program));
    }
    void theReplacedPlacesAreNamed() {
        const CleanYaml clean =
            withoutYamlSecrets("routes:\n  - {name: a, request_headers: {set: {X-Api-Key: abc}}}\n",
                               [](const QByteArray&) { return true; });
        QCOMPARE(clean.replaced,
                 QStringList{QStringLiteral("routes[0].request_headers.set.X-Api-Key")});
        QVERIFY(clean.text.contains("REPLACE-ME: the value of X-Api-Key"));
    }
    void aBrokenFileIsNotExported() {
        QVERIFY(!exportedConfig({QByteArray("upstreams: ["), {}}, kDir));
        QVERIFY(!exportedConfig({QByteArray(), QByteArray("listen: [")}, kDir));
    }
};

QTEST_GUILESS_MAIN(ExportedConfigTest)
#include "tst_exportedconfig.moc"
