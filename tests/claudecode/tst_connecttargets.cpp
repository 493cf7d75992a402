// SPDX-License-Identifier: MIT
#include "core/claudecode/claudehomes.h"
#include "core/claudecode/connecttargets.h"
#include "core/claudecode/interceptreadiness.h"
#include "core/claudecode/journal.h"
#include "core/claudecode/sessionvariables.h"
#include "core/claudecode/settingspaths.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace sallyport;

namespace {

/// A home of this process's own; the variables are put back at the end.
class Home {
public:
    Home() {
        QDir().mkpath(path("home"));
        set("HOME", path("home").toUtf8());
        set("CLAUDE_CONFIG_DIR", {});
        set("XDG_CONFIG_HOME", path("home/.config").toUtf8());
        set("ZDOTDIR", {});
        for (const char* name :
             {"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"})
            set(name, {});
    }
    ~Home() {
        for (const auto& [name, value] : m_before)
            value.isNull() ? qunsetenv(name) : qputenv(name, value);
    }
    Q_DISABLE_COPY_MOVE(Home)

    void set(const char* name, const QByteArray& value) {
        m_before.emplace_back(name, qgetenv(name));
        value.isEmpty() ? qunsetenv(name) : qputenv(name, value);
    }
    [[nodiscard]] QString path(const char* name) const {
        return m_dir.filePath(QLatin1String(name));
    }
    void put(const char* name, const QByteArray& content) const {
        QDir().mkpath(QFileInfo(path(name)).absolutePath());
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    [[nodiscard]] QByteArray content(const char* name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
    }
    /// Names and content of all files in the home folder.
    [[nodiscard]] QByteArrayList everything() const {
        QByteArrayList found;
        QDirIterator it(path("home"), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            if (file.open(QIODevice::ReadOnly))
                found << file.fileName().toUtf8() + '\n' + file.readAll();
        }
        std::sort(found.begin(), found.end());
        return found;
    }
    [[nodiscard]] QString state() const { return path("state"); }
    [[nodiscard]] ConnectTargets connections(quint16 port = 8899) const {
        Config config;
        config.settings.listenPort = port;
        for (const char* name : {"corp", "second one"}) {
            UpstreamConfig upstream;
            upstream.name = QLatin1String(name);
            config.upstreams.push_back(upstream);
        }
        return ConnectTargets(config, state());
    }

private:
    QTemporaryDir m_dir;
    std::vector<std::pair<const char*, QByteArray>> m_before;
};

QString messageOf(const Result<ConnectPlan, ConnectError>& result) {
    return result ? QString() : result.error().message;
}

} // namespace

class ConnectionsTest : public QObject {
    Q_OBJECT
private slots:
    void everyTargetIsAppliedOnceAndTakenBackWhole_data() {
        QTest::addColumn<int>("target");
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("claude") << int(ClientTarget::Claude)
                                << QByteArray("home/.claude/settings.json");
        QTest::newRow("vscode") << int(ClientTarget::VsCode)
                                << QByteArray("home/.config/Code/User/settings.json");
        QTest::newRow("shell") << int(ClientTarget::Shell) << QByteArray("home/.bashrc");
        QTest::newRow("graphical") << int(ClientTarget::Graphical)
                                   << QByteArray("home/.config/environment.d/60-sallyport.conf");
    }
    void everyTargetIsAppliedOnceAndTakenBackWhole() {
        QFETCH(int, target);
        QFETCH(QByteArray, file);
        const Home home;
        home.put("home/.bashrc", "alias a=b\n");
        const QByteArrayList before = home.everything();
        const ConnectRequest request{static_cast<ClientTarget>(target)};
        auto connection = home.connections().connector(request, true);
        QVERIFY(connection.isOk());
        const auto done = connection->apply();
        QVERIFY2(done.isOk(), qPrintable(messageOf(done)));
        QVERIFY2(home.content(file.constData()).contains("allyport") ||
                     home.content(file.constData()).contains("8899"),
                 file.constData());
        QVERIFY(connection->status()->isConnected);
        QVERIFY(connection->apply()->unifiedDiff.isEmpty());
        QVERIFY(ConnectTargets::isAnythingConnected(home.state()));
        QVERIFY(ConnectTargets::undo(request, home.state()).isOk());
        QCOMPARE(home.everything(), before);
        QVERIFY(!ConnectTargets::isAnythingConnected(home.state()));
    }

    void allIsTakenBackByTheJournalsAlone() {
        const Home home;
        home.put("home/.bashrc", "a");
        home.put("other/settings.json", "{\"a\": 1}");
        const QByteArrayList before = home.everything();
        for (const ConnectRequest& request :
             {ConnectRequest{ClientTarget::Claude}, ConnectRequest{ClientTarget::Shell},
              ConnectRequest{ClientTarget::VsCode},
              ConnectRequest{ClientTarget::Claude, home.path("other")}})
            QVERIFY(home.connections().connector(request, true)->apply().isOk());
        QVERIFY(home.content("other/settings.json").contains("8899"));
        const auto reports = ConnectTargets::undoAll(home.state());
        QVERIFY(reports.isOk());
        QCOMPARE(home.everything(), before);
        QCOMPARE(home.content("other/settings.json"), QByteArray("{\"a\": 1}"));
        QVERIFY(ConnectTargets::undoAll(home.state())->empty());
    }

    void allFollowANewPort() {
        const Home home;
        home.put("home/.bashrc", "a");
        QDir().mkpath(home.path("project"));
        const QByteArrayList before = home.everything();
        for (const ConnectRequest& request :
             {ConnectRequest{ClientTarget::Claude}, ConnectRequest{ClientTarget::Shell},
              ConnectRequest{ClientTarget::VsCode}, ConnectRequest{ClientTarget::Graphical},
              ConnectRequest{ClientTarget::Project, home.path("project")}})
            QVERIFY(home.connections().connector(request, true)->apply().isOk());
        QVERIFY(home.connections(9001).renew().isOk());
        for (const char* file :
             {"home/.claude/settings.json", "state/env.sh", "home/.config/Code/User/settings.json",
              "project/.claude/settings.local.json"}) {
            QVERIFY2(home.content(file).contains("127.0.0.1:9001"), file);
            QVERIFY2(!home.content(file).contains(":8899"), file);
        }
        QVERIFY(ConnectTargets::undoAll(home.state()).isOk());
        QCOMPARE(home.everything(), before);
        QVERIFY(home.connections(9002).renew().isOk());
        QCOMPARE(home.everything(), before);
    }

    void aProjectIsConnectedInItsFolder() {
        const Home home;
        QDir().mkpath(home.path("project"));
        const ConnectRequest request{ClientTarget::Project, home.path("project")};
        QVERIFY(home.connections().connector(request, true)->apply().isOk());
        QVERIFY(home.content("project/.claude/settings.local.json").contains("8899"));
        QVERIFY(ConnectTargets::undo(request, home.state()).isOk());
        QVERIFY(!QFileInfo::exists(home.path("project/.claude")));
    }

    void aProfileStandsInTheAddress() {
        const Home home;
        ConnectChoice choice;
        choice.profile = QStringLiteral("second one");
        const ConnectTargets connections = home.connections();
        QCOMPARE(connections.environment(choice, false)->baseUrl,
                 QStringLiteral("http://127.0.0.1:8899/p/second%20one"));
        choice.profile = QStringLiteral("unknown");
        QVERIFY(connections.environment(choice, false).error().contains(QStringLiteral("corp")));
        choice = {EnvMode::Intercept, QStringLiteral("corp")};
        QVERIFY(!connections.environment(choice, false).isOk());
    }

    void aKeyThatIsNotWantedIsNotWritten() {
        const Home home;
        home.put("home/.claude/settings.json", "{}");
        ConnectRequest request;
        QVERIFY(home.connections().connector(request, true)->apply().isOk());
        request.choice.without = {QStringLiteral("skipWebFetchPreflight"),
                                  QStringLiteral("NO_PROXY")};
        auto connection = home.connections().connector(request, true);
        QVERIFY(connection->apply().isOk());
        const QByteArray content = home.content("home/.claude/settings.json");
        QVERIFY(content.contains("ANTHROPIC_BASE_URL"));
        QVERIFY(!content.contains("NO_PROXY"));
        QVERIFY(!content.contains("skipWebFetchPreflight"));
        QVERIFY(connection->status()->isConnected);
        QVERIFY(home.connections().keyNames(request).contains(QStringLiteral("NO_PROXY")));
        QCOMPARE(ConnectTargets::appliedChoice({}, home.state()), request.choice);
        QVERIFY(ConnectTargets::undo(request, home.state()).isOk());
        QCOMPARE(home.content("home/.claude/settings.json"), QByteArray("{}"));
    }

    void aCompanysProxyIsKeptAndNamed_data() {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QByteArray>("ofProcess");
        QTest::newRow("of the settings")
            << QByteArray("{\"env\":{\"HTTPS_PROXY\":\"http://u:geheim1234@proxy.corp:3128\"}}")
            << QByteArray();
        QTest::newRow("of the process")
            << QByteArray("{}") << QByteArray("http://u:geheim1234@proxy.corp:3128");
    }
    void aCompanysProxyIsKeptAndNamed() {
        QFETCH(QByteArray, settings);
        QFETCH(QByteArray, ofProcess);
        Home home;
        home.set("HTTPS_PROXY", ofProcess);
        home.put("home/.claude/settings.json", settings);
        ConnectRequest request;
        request.choice.mode = EnvMode::Intercept;
        auto connection = home.connections().connector(request, true);
        const auto plan = connection->apply();
        QVERIFY2(plan.isOk(), qPrintable(messageOf(plan)));
        QVERIFY(plan->proxyBefore.contains(QStringLiteral("proxy.corp:3128")));
        QVERIFY(!plan->proxyBefore.contains(QStringLiteral("geheim")));
        const QString file =
            journalFile(home.state(), resolvedPath(home.path("home/.claude/settings.json")));
        QCOMPARE((*readJournal(file))->proxyBefore,
                 QStringLiteral("http://u:geheim1234@proxy.corp:3128"));
        QVERIFY(connection->undo().isOk());
        QCOMPARE(home.content("home/.claude/settings.json"), settings);
    }

    void whatInterceptionLacksIsSaid() {
        const Home home;
        const Config config;
        QCOMPARE(int(interceptReadiness(config, home.state()).state),
                 int(InterceptReadiness::State::NoHosts));
    }

    void otherHomesAreFound() {
        Home home;
        QDir().mkpath(home.path("users/wei/.claude"));
        QDir().mkpath(home.path("users/Public"));
        QDir().mkpath(home.path("home/.claude"));
        home.set("CLAUDE_CONFIG_DIR", home.path("elsewhere").toUtf8());
        const std::vector<ClaudeHome> expected{{home.path("elsewhere"), true},
                                               {home.path("home/.claude"), true},
                                               {home.path("users/wei/.claude"), false}};
        QCOMPARE(claudeHomes(home.path("users")), expected);
    }

    void aSessionIsLookedAtByItsVariables() {
        Home home;
        const ClientEnvironment environment = *home.connections().environment({}, true);
        QVERIFY(!sessionStatus(environment, home.state()).isConnected);
        for (const Variable& variable : variablesForProcess(environment))
            home.set(variable.name.toLatin1().constData(), {}); // remembered, to be put back
        for (const Variable& variable : variablesForProcess(environment))
            qputenv(variable.name.toLatin1().constData(), variable.value.toUtf8());
        QVERIFY(sessionStatus(environment, home.state()).isConnected);
        for (const Variable& variable : variablesForProcess(environment))
            qunsetenv(variable.name.toLatin1().constData());
    }
};

QTEST_GUILESS_MAIN(ConnectionsTest)
#include "tst_connecttargets.moc"
