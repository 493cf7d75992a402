// SPDX-License-Identifier: MIT
#include "core/claudecode/environmentvariables.h"

#include "core/claudecode/clientenvironment.h"
#include "core/claudecode/listeningfile.h"
#include "core/claudecode/shellassignments.h"
#include "tests/support/pipe.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

QString valueOf(const std::vector<Variable>& variables, const char* name) {
    for (const Variable& variable : variables) {
        if (variable.name == QLatin1String(name)) return variable.value;
    }
    return QStringLiteral("(missing)");
}

} // namespace

class TestEnvironmentVariables : public QObject {
    Q_OBJECT
private slots:
    void aGatewayConsistsOf() {
        const auto variables = variablesFor(
            {QStringLiteral("http://127.0.0.1:8899"), QStringLiteral("sp-x"), {}, EnvMode::Gateway},
            {});
        QCOMPARE(variables.size(), std::size_t(5));
        QCOMPARE(valueOf(variables, "ANTHROPIC_BASE_URL"), QStringLiteral("http://127.0.0.1:8899"));
        QCOMPARE(valueOf(variables, "ANTHROPIC_AUTH_TOKEN"), QStringLiteral("sp-x"));
        QVERIFY(variables[1].isSecret);
        QCOMPARE(valueOf(variables, "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"),
                 QStringLiteral("1"));
        QCOMPARE(valueOf(variables, "CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL"),
                 QStringLiteral("1"));
        QCOMPARE(valueOf(variables, "NO_PROXY"), QStringLiteral("127.0.0.1,localhost"));
    }

    void withoutATokenAWordStandsIn() {
        const auto variables =
            variablesFor({QStringLiteral("http://127.0.0.1:1"), {}, {}, EnvMode::Gateway}, {});
        QCOMPARE(valueOf(variables, "ANTHROPIC_AUTH_TOKEN"), QStringLiteral("sallyport"));
        QVERIFY(!variables[1].isSecret);
    }

    void interceptionConsistsOf() {
        const auto variables = variablesFor({QStringLiteral("http://127.0.0.1:1"),
                                             {},
                                             QStringLiteral("/ca.pem"),
                                             EnvMode::Intercept},
                                            {});
        QCOMPARE(valueOf(variables, "HTTPS_PROXY"), QStringLiteral("http://127.0.0.1:1"));
        QCOMPARE(valueOf(variables, "NODE_EXTRA_CA_CERTS"), QStringLiteral("/ca.pem"));
        QCOMPARE(valueOf(variables, "ANTHROPIC_BASE_URL"), QStringLiteral("(missing)"));
    }

    void noProxyIsMerged() {
        ClientEnvironment environment;
        environment.baseUrl = QStringLiteral("http://127.0.0.1:8899");
        environment.interceptedHosts = QStringList{QStringLiteral("api.anthropic.com")};
        const QString existing = QStringLiteral("a,api.anthropic.com");
        QCOMPARE(valueOf(variablesFor(environment, existing), "NO_PROXY"),
                 QStringLiteral("a,api.anthropic.com,127.0.0.1,localhost"));
        environment.mode = EnvMode::Intercept;
        environment.hasLowerCaseProxy = true;
        const auto variables = variablesFor(environment, existing);
        QCOMPARE(valueOf(variables, "NO_PROXY"), QStringLiteral("a,127.0.0.1,localhost"));
        QCOMPARE(valueOf(variables, "no_proxy"), QStringLiteral("a,127.0.0.1,localhost"));
        QCOMPARE(valueOf(variables, "https_proxy"), environment.baseUrl);
        QCOMPARE(valueOf(variables, "ANTHROPIC_AUTH_TOKEN"), QStringLiteral("(missing)"));
    }

    void lines_data() {
        QTest::addColumn<int>("shell");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("line");
        const auto row = [](const char* tag, Shell shell, const QString& value,
                            const QString& line) {
            QTest::newRow(tag) << int(shell) << value << line;
        };
        const QString nasty = QString::fromUtf8("a'b\"c$d`e\\f%g!h");
        row("bash", Shell::Bash, nasty, QString::fromUtf8("export X='a'\\''b\"c$d`e\\f%g!h'\n"));
        row("zsh", Shell::Zsh, nasty, QString::fromUtf8("export X='a'\\''b\"c$d`e\\f%g!h'\n"));
        row("fish", Shell::Fish, nasty, QString::fromUtf8("set -gx X 'a\\'b\"c$d`e\\\\f%g!h'\n"));
        row("PowerShell", Shell::PowerShell, nasty,
            QString::fromUtf8("$env:X = 'a''b\"c$d`e\\f%g!h'\n"));
        row("nushell", Shell::Nu, nasty, QString::fromUtf8("$env.X = \"a'b\\\"c$d`e\\\\f%g!h\"\n"));
        row("cmd with a quote", Shell::Cmd, QStringLiteral("a\"b&c%d^e"),
            QStringLiteral("set X=a^\"b^&c%%d^^e\r\n"));
        row("cmd without a quote", Shell::Cmd, QStringLiteral("a&b|c%PATH%^!"),
            QStringLiteral("set \"X=a&b|c%%PATH%%^!\"\r\n"));
        row("cmd with a line end", Shell::Cmd, QStringLiteral("a\r\nb"),
            QStringLiteral("set X=a^\r\n\r\nb\r\n"));
        row("PowerShell's other quotes and line ends go by number", Shell::PowerShell,
            QString::fromUtf8("a’\nb"),
            QStringLiteral("$env:X = 'a' + [char]8217 + '' + [char]10 + 'b'\n"));
        row("nushell with control characters", Shell::Nu, QStringLiteral("a\n\x1b"),
            QStringLiteral("$env.X = \"a\\u{a}\\u{1b}\"\n"));
        row("bash keeps line ends", Shell::Bash, QStringLiteral("a\nb"),
            QStringLiteral("export X='a\nb'\n"));
        row("a NUL is dropped", Shell::Bash, QString::fromUtf8("a\0b", 3),
            QStringLiteral("export X='ab'\n"));
        row("an empty value", Shell::Fish, QString(), QStringLiteral("set -gx X ''\n"));
    }
    void lines() {
        QFETCH(int, shell);
        QFETCH(QString, value);
        QFETCH(QString, line);
        QCOMPARE(shellLines(Shell(shell), {{QStringLiteral("X"), value, false}}), line);
    }

    void baseUrls_data() {
        QTest::addColumn<QHostAddress>("address");
        QTest::addColumn<QString>("url");
        QTest::newRow("loopback") << QHostAddress(QHostAddress::LocalHost)
                                  << QStringLiteral("http://127.0.0.1:8899");
        QTest::newRow("every address")
            << QHostAddress(QHostAddress::AnyIPv4) << QStringLiteral("http://127.0.0.1:8899");
        QTest::newRow("every address of both families")
            << QHostAddress(QHostAddress::AnyIPv6) << QStringLiteral("http://127.0.0.1:8899");
        QTest::newRow("IPv6 in brackets")
            << QHostAddress(QHostAddress::LocalHostIPv6) << QStringLiteral("http://[::1]:8899");
        QTest::newRow("another") << QHostAddress(QStringLiteral("10.0.0.1"))
                                 << QStringLiteral("http://10.0.0.1:8899");
    }
    void baseUrls() {
        QFETCH(QHostAddress, address);
        QFETCH(QString, url);
        QCOMPARE(baseUrlFor(address, 8899), url);
    }

    void whereClaudeCodeIsPointed() {
        QTemporaryDir dir;
        Config config;
        Settings& settings = config.settings;
        ClientEnvironmentRequest request{dir.path(), {}, true};
        QCOMPARE(clientEnvironment(config, request)->baseUrl,
                 QStringLiteral("http://127.0.0.1:8899"));
        QVERIFY(writeListeningFile(dir.path(), QStringLiteral("127.0.0.1:4321")).isOk());
        QCOMPARE(runningAddress(dir.path()), QStringLiteral("127.0.0.1:4321"));
        QCOMPARE(clientEnvironment(config, request)->baseUrl,
                 QStringLiteral("http://127.0.0.1:4321"));
        request.listen = {QHostAddress(QHostAddress::LocalHost), quint16(5)};
        QCOMPARE(clientEnvironment(config, request)->baseUrl, QStringLiteral("http://127.0.0.1:5"));
        request.listen.reset();
        removeListeningFile(dir.path());
        QCOMPARE(runningAddress(dir.path()), QString());
        settings.listenPort = 0;
        QVERIFY(clientEnvironment(config, request).error().contains(QStringLiteral("--listen")));
    }

    void whatADeadProcessLeftDoesNotCount() {
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("listening")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("127.0.0.1:4321\n999999999\n");
        file.close();
        QCOMPARE(runningAddress(dir.path()), QString());
        removeListeningFile(dir.path());
        QVERIFY(file.exists());
    }

    void theTokenInInterception() {
        const QTemporaryDir dir;
        Config config;
        ClientEnvironmentRequest request{dir.path(), {}, false};
        request.mode = EnvMode::Intercept;
        request.caFile = QStringLiteral("/ca.pem");
        config.intercept.entries = {{"api.anthropic.com"}};
        Route route;
        route.match.host = "api.anthropic.com";
        route.access = RouteAccess::Open;
        config.routes = {route};
        const auto open = clientEnvironment(config, request);
        QVERIFY(open.isOk());
        QCOMPARE(open->token, QString());
        QCOMPARE(open->caFile, QStringLiteral("/ca.pem"));
        QCOMPARE(open->interceptedHosts, QStringList{QStringLiteral("api.anthropic.com")});
        config.routes.front().access = RouteAccess::Token;
        QCOMPARE(clientEnvironment(config, request)->token, QStringLiteral("sp-new"));
    }

    void tokens() {
        QTemporaryDir dir;
        Config config;
        Settings& settings = config.settings;
        ClientEnvironmentRequest request{dir.path(), {}, false};
        QCOMPARE(clientEnvironment(config, request)->token, QStringLiteral("sp-new"));
        QVERIFY(QDir(dir.path()).isEmpty());
        request.makesToken = true;
        const QString made = clientEnvironment(config, request)->token;
        QVERIFY(made.startsWith(QStringLiteral("sp-")) && made.size() == 35);
        request.makesToken = false;
        QCOMPARE(clientEnvironment(config, request)->token, made);
        settings.token = {TokenSource::Kind::None, {}};
        QCOMPARE(clientEnvironment(config, request)->token, QString());
        settings.token = {TokenSource::Kind::Environment, QStringLiteral("SALLYPORT_TEST_TOKEN")};
        QVERIFY(clientEnvironment(config, request)
                    .error()
                    .contains(QStringLiteral("SALLYPORT_TEST_TOKEN")));
        qputenv("SALLYPORT_TEST_TOKEN", "from-env");
        QCOMPARE(clientEnvironment(config, request)->token, QStringLiteral("from-env"));
        qunsetenv("SALLYPORT_TEST_TOKEN");
        const QString path = dir.filePath(QStringLiteral("own"));
        settings.token = {TokenSource::Kind::File, path};
        QVERIFY(clientEnvironment(config, request).error().contains(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(" from-file\n");
        file.close();
        QCOMPARE(clientEnvironment(config, request)->token, QStringLiteral("from-file"));
    }

    void aPipeHoldsNothing() {
        QTemporaryDir dir;
        if (!test::makePipe(dir.filePath(QStringLiteral("listening")))) QSKIP("no pipes here");
        QCOMPARE(runningAddress(dir.path()), QString());
        const QString path = dir.filePath(QStringLiteral("own"));
        QVERIFY(test::makePipe(path));
        const auto token = configuredToken({TokenSource::Kind::File, path}, dir.path());
        QVERIFY(!token.isOk());
        QVERIFY2(token.error().contains(path + QStringLiteral(": it is a pipe")),
                 qPrintable(token.error()));
    }
};

QTEST_GUILESS_MAIN(TestEnvironmentVariables)
#include "tst_environmentvariables.moc"
