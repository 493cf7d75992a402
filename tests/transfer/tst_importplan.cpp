// SPDX-License-Identifier: MIT
// What an import writes: routes.yaml by minimal edits, keys apart from it.
#include "core/config/loader.h"
#include "core/config/routesfile.h"
#include "core/transfer/exportedconfig.h"
#include "core/transfer/importwriting.h"
#include "core/transfer/keyfile.h"
#include "core/transfer/upstreamname.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

const QByteArray kKey = "sk-planted-0123456789abcdef";

const QByteArray kRoutes = "# mine\n"
                           "upstreams:\n"
                           "  - name: corp   # ours\n"
                           "    targets: [{url: \"https://gw.example/llm\"}]\n"
                           "    credential: keychain:old\n"
                           "routes:\n"
                           "  - {name: all, upstream: corp}   # as it was\n";

FoundProvider provider(const char* name, const char* url, const QByteArray& key = kKey) {
    FoundProvider found;
    found.name = QString::fromUtf8(name);
    found.url = QString::fromUtf8(url);
    found.key = key;
    return found;
}

ImportPlan planOf(const QByteArray& yaml, const ImportChoice& choice) {
    auto plan = planImport(yaml, QStringLiteral("/c/routes.yaml"), choice);
    if (!plan) qWarning("%s", qPrintable(plan.error().toString()));
    return plan ? std::move(plan).value() : ImportPlan();
}

} // namespace

class ImportPlanTest : public QObject {
    Q_OBJECT
private slots:
    void aProviderIsAddedAndNothingElseChanges() {
        const ImportPlan plan = planOf(kRoutes, {{provider("Zhipu GLM", "https://glm.example")}});
        QCOMPARE(plan.upstreams, QStringList{QStringLiteral("zhipu-glm")});
        QByteArray without = plan.text;
        const qsizetype from = plan.text.indexOf("  - name: zhipu-glm");
        QVERIFY(from > 0);
        without.remove(from, plan.text.indexOf("routes:") - from);
        QCOMPARE(without, kRoutes);
        QVERIFY(plan.text.contains("keychain:zhipu-glm"));
        QCOMPARE(plan.keys.size(), std::size_t{1});
        QCOMPARE(plan.keys.front().secret, kKey);
    }
    void noKeyIsInTheFile() {
        for (const KeyPlace place : {KeyPlace::Keychain, KeyPlace::File}) {
            ImportChoice choice{{provider("a", "https://a.example")}};
            choice.keyPlace = place;
            choice.inUse = 0;
            QVERIFY(!planOf(kRoutes, choice).text.contains("planted"));
        }
    }
    void namesAreTakenOnce() {
        ImportChoice choice{{provider("corp", "https://a.example"),
                             provider("OLD", "https://b.example"),
                             provider("智谱", "https://open.bigmodel.example/x"),
                             provider("kept", "https://d.example")}};
        choice.takenKeys = {QStringLiteral("kept")};
        QCOMPARE(planOf(kRoutes, choice).upstreams,
                 (QStringList{QStringLiteral("corp-2"), QStringLiteral("old-2"),
                              QStringLiteral("open"), QStringLiteral("kept-2")}));
    }
    void requestsAreLedToTheOneInUse() {
        ImportChoice choice{
            {provider("a", "https://a.example"), provider("b", "https://b.example")}};
        choice.inUse = 1;
        const QByteArray text = planOf(kRoutes, choice).text;
        QVERIFY2(text.contains("{name: all, upstream: \"b\"}   # as it was"), text.constData());
        choice.inUse.reset();
        QVERIFY(planOf(kRoutes, choice).text.contains("{name: all, upstream: corp}"));
    }
    void aVariableAndAnApiKeyAreWrittenAsSuch() {
        FoundProvider found = provider("a", "https://a.example", {});
        found.keyVariable = QStringLiteral("CORP_KEY");
        found.isApiKey = true;
        const ImportPlan plan = planOf(kRoutes, {{found}});
        QVERIFY(plan.text.contains("env:CORP_KEY") && plan.text.contains("x-api-key"));
        QVERIFY(plan.keys.empty());
    }
    void aBrokenFileIsNotEdited() {
        const auto plan =
            planImport("upstreams: [", QStringLiteral("r"), {{provider("a", "http://a")}});
        QVERIFY(!plan);
    }
    void theSameAddressIsFound() {
        const QString file = QStringLiteral("/c/routes.yaml");
        QCOMPARE(presentUpstream(kRoutes, file, provider("x", "https://gw.example/llm")),
                 QStringLiteral("corp"));
        QVERIFY(
            presentUpstream(kRoutes, file, provider("x", "https://gw.example/other")).isEmpty());
        QVERIFY(leadsSomewhere(kRoutes, file));
        QVERIFY(!leadsSomewhere("routes: [{name: a, upstream: sandbox}]", file));
        QVERIFY(!leadsSomewhere("", file));
    }
    void anExportIsTakenWholeWhereThereIsNothing() {
        const auto source = exportSource(kRoutes, QStringLiteral("e.yaml"));
        QVERIFY(source);
        ImportChoice choice{source->providers};
        choice.whole = source->text;
        QCOMPARE(planOf({}, choice).text, kRoutes);
        choice.providers.clear();
        const QByteArray text = planOf({}, choice).text;
        QVERIFY2(!text.contains("corp") && text.startsWith("# mine"), text.constData());
    }
    void anExportAddsWhatIsMissing() {
        const QByteArray other = "upstreams:\n"
                                 "  - name: second\n"
                                 "    targets: [{url: \"https://s.example\"}]\n"
                                 "    timeouts: {connect: 7s}\n"
                                 "routes:\n"
                                 "  - {name: all, upstream: second}\n"
                                 "  - {name: more, match: {path: /more}, upstream: second}\n"
                                 "  - {name: lost, match: {path: /lost}, upstream: second}\n";
        const auto source = exportSource(other, QStringLiteral("e.yaml"));
        QVERIFY(source);
        ImportChoice choice{source->providers, source->routes};
        const ImportPlan plan = planOf(kRoutes, choice);
        const auto file = parseRoutes(plan.text, QStringLiteral("r"));
        QVERIFY(file);
        QCOMPARE(plan.routes, (QStringList{QStringLiteral("more"), QStringLiteral("lost")}));
        QCOMPARE(file->upstreams.back().timeouts.connect, std::chrono::milliseconds(7000));
        choice.providers.clear();
        QVERIFY(planOf(kRoutes, choice).routes.isEmpty());
    }
    void keysGoIntoFilesThatOnlyTheirOwnerReads() {
        const QTemporaryDir dir;
        const QString config = dir.filePath(QStringLiteral("config"));
        const auto base = importBase(config);
        QVERIFY(base && !base->hasFile);
        ImportChoice choice{{provider("a", "https://a.example")}};
        choice.keyPlace = KeyPlace::File;
        choice.inUse = 0;
        const ImportPlan plan = planOf(base->text, choice);
        QVERIFY(writeImport(*base, plan, choice.keyPlace, {}));
        const QFileInfo key(keyFilePath(config, QStringLiteral("a")));
        QCOMPARE(key.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QCOMPARE(keyFileNames(config), QStringList{QStringLiteral("a")});
        const auto loaded = loadConfig(config);
        QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().toString()));
        QVERIFY(leadsSomewhere(plan.text, base->path));
    }
    void settingsAreWrittenWhereThereAreNone() {
        const QTemporaryDir dir;
        const auto base = importBase(dir.filePath(QStringLiteral("new/config")));
        QVERIFY(base);
        const QByteArray settings = "listen: 127.0.0.1:9000\n";
        QCOMPARE(settingsToWrite(*base, settings), settings);
        const ImportPlan plan = planOf(base->text, {{provider("a", "https://a.example")}});
        const auto done = writeImport(*base, plan, KeyPlace::Keychain, settings);
        QVERIFY2(done, done ? "" : qPrintable(done.error()));
        QVERIFY(settingsToWrite(*base, "listen: 127.0.0.1:9001\n").isEmpty());
        const auto loaded = loadConfig(dir.filePath(QStringLiteral("new/config")));
        QVERIFY(loaded && (*loaded)->settings.listenPort == 9000);
    }
    void aFileThatChangedMeanwhileIsLeft() {
        const QTemporaryDir dir;
        auto base = importBase(dir.path());
        QVERIFY(base);
        const ImportPlan plan = planOf(base->text, {{provider("a", "https://a.example")}});
        QFile file(base->path);
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(kRoutes);
        file.close();
        QVERIFY(!writeImport(*base, plan, KeyPlace::File, {}));
        QVERIFY(keyFileNames(dir.path()).isEmpty());
        base = importBase(dir.path());
        const ImportPlan second = planOf(base->text, {{provider("a", "https://a.example")}});
        const auto copy = writeImport(*base, second, KeyPlace::File, {});
        QVERIFY(copy && copy->contains(QLatin1String("before-import")));
    }
};

QTEST_GUILESS_MAIN(ImportPlanTest)
#include "tst_importplan.moc"
