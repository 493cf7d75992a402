// SPDX-License-Identifier: MIT
// What is found on a machine: Claude Code as it is set up, cc-switch, claude-code-router.
#include "core/transfer/importsources.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

class ImportSourcesTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_home = std::make_unique<QTemporaryDir>();
        m_places = {m_home->path(),
                    SettingsPaths::ofFolder(m_home->filePath(QStringLiteral(".claude"))),
                    {},
                    8899};
    }

    void nothingIsFoundInAnEmptyHome() { QVERIFY(findImports(m_places).empty()); }

    void theSettingsOfClaudeCodeAreAProvider() {
        write(".claude/settings.json", "{'env': {'ANTHROPIC_BASE_URL': 'https://gw.example/llm', "
                                       "'ANTHROPIC_AUTH_TOKEN': 'from-settings'}}");
        m_places.environment["ANTHROPIC_AUTH_TOKEN"] = "from-shell";
        const auto sources = findImports(m_places);
        QCOMPARE(sources.size(), std::size_t{1});
        QCOMPARE(sources[0].origin, ImportOrigin::ClaudeCode);
        const FoundProvider& provider = sources[0].providers.front();
        QCOMPARE(provider.name, QStringLiteral("gw.example"));
        QCOMPARE(provider.key, QByteArray("from-settings"));
        QVERIFY(provider.isInUse && sources[0].file.endsWith(QLatin1String("settings.json")));
    }
    void theVariablesOfTheShellAreAProvider() {
        m_places.environment["ANTHROPIC_API_KEY"] = "k1";
        const auto sources = findImports(m_places);
        QCOMPARE(sources.size(), std::size_t{1});
        QVERIFY(sources[0].file.isEmpty());
        QCOMPARE(sources[0].providers.front().url, QStringLiteral("https://api.anthropic.com"));
        QVERIFY(sources[0].providers.front().isApiKey);
    }
    void sallyportItselfIsNoProvider_data() {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<bool>("isOurselves");
        QTest::newRow("by address") << QByteArray("http://127.0.0.1:8899") << true;
        QTest::newRow("by name") << QByteArray("http://localhost:8899/p/corp") << true;
        QTest::newRow("by IPv6") << QByteArray("http://[::1]:8899") << true;
        QTest::newRow("another port") << QByteArray("http://127.0.0.1:3456") << false;
        QTest::newRow("another machine") << QByteArray("http://10.0.0.8:8899") << false;
    }
    void sallyportItselfIsNoProvider() {
        QFETCH(QByteArray, url);
        QFETCH(bool, isOurselves);
        m_places.environment["ANTHROPIC_BASE_URL"] = url;
        const auto sources = findImports(m_places);
        QCOMPARE(!sources.front().providers.front().obstacle.isEmpty(), isOurselves);
    }
    void theProgramsAreFound() {
        write(".cc-switch/config.json",
              "{'claude': {'providers': {'a': {'name': 'A', 'settingsConfig': {'env': "
              "{'ANTHROPIC_BASE_URL': 'https://a.example'}}}}}}");
        write(".claude-code-router/config.json", "not JSON");
        const auto sources = findImports(m_places);
        QCOMPARE(sources.size(), std::size_t{2});
        QCOMPARE(importOriginWord(sources[0].origin), QStringLiteral("cc-switch"));
        QCOMPARE(sources[0].providers.size(), std::size_t{1});
        QCOMPARE(importOriginName(sources[1].origin), QStringLiteral("claude-code-router"));
        QVERIFY(sources[1].problem.contains(QLatin1String("line 1")));
    }
    void theNewerFormatWinsOverTheOlder() {
        write(".cc-switch/config.json", "{'claude': {'providers': {'a': {'name': 'A'}}}}");
        write(".cc-switch/cc-switch.db", "no database");
        const auto sources = findImports(m_places);
        QCOMPARE(sources.size(), std::size_t{1});
        QVERIFY(sources[0].providers.empty() && !sources[0].problem.isEmpty());
    }
    void anExportedFileIsRead() {
        write("e.yaml", "upstreams: [{name: a, targets: [{url: \"https://a.example\"}]}]\n");
        const auto source = readExport(m_home->filePath(QStringLiteral("e.yaml")));
        QVERIFY(source);
        QCOMPARE(source->providers.front().name, QStringLiteral("a"));
        QVERIFY(!readExport(m_home->filePath(QStringLiteral("none.yaml"))));
    }
    void theProcessHasItsPlaces() {
        const auto places = ImportPlaces::ofProcess(m_home->path());
        QCOMPARE(places.ownPort, quint16{8899});
        QCOMPARE(places.home, QDir::homePath());
    }

private:
    /// Quotes are written as apostrophes.
    void write(const char* name, QByteArray text) {
        text.replace('\'', '"');
        const QString path = m_home->filePath(QLatin1String(name));
        QVERIFY(QDir().mkpath(QFileInfo(path).absolutePath()));
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(text);
    }

    std::unique_ptr<QTemporaryDir> m_home;
    ImportPlaces m_places;
};

QTEST_GUILESS_MAIN(ImportSourcesTest)
#include "tst_importsources.moc"
