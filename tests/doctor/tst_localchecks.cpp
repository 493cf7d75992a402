// SPDX-License-Identifier: MIT
#include "core/claudecode/settingsconnector.h"
#include "core/doctor/addresschecks.h"
#include "core/doctor/baseurlpathcheck.h"
#include "core/doctor/credentialchecks.h"
#include "core/doctor/doctorfix.h"
#include "core/doctor/filechecks.h"
#include "core/doctor/proxychecks.h"
#include "core/doctor/reachchecks.h"
#include "core/doctor/settingschecks.h"
#include "tests/doctor/home.h"

#include <functional>

using namespace sallyport;
using namespace sallyport::test;

namespace {

const QString kAddress = QStringLiteral("127.0.0.1:8899");
using Make = std::function<void(Home&)>;
using Check = std::function<CheckResult(const LocalReading&)>;

/// Connected, as Connect leaves it; `more` are further members of env.
void connectTo(const Home& home, const QByteArray& url, const QByteArray& more = {}) {
    home.runAt(kAddress);
    Home::put(home.user(), "{\"env\": {\"ANTHROPIC_BASE_URL\": \"" + url +
                               "\", \"ANTHROPIC_AUTH_TOKEN\": \"" + home.token() + '"' + more +
                               "}}\n");
}

CheckResult webFetch(const LocalReading& local) { return checkWebFetch(local, {}); }
CheckResult connectivity(const LocalReading& local) { return checkConnectivity(local, {}); }

} // namespace

Q_DECLARE_METATYPE(Make)
Q_DECLARE_METATYPE(Check)

/// Each fault that can be mended: it is made, named with its place, fixed, gone, and taken back.
class LocalChecksTest : public QObject {
    Q_OBJECT
private slots:
    void aFaultIsNamedFixedAndTakenBack_data();
    void aFaultIsNamedFixedAndTakenBack();
    void whatWinsElsewhereIsNotFixed_data();
    void whatWinsElsewhereIsNotFixed();
    void aKeyFileThatOthersCanReadIsNamed();
    void whatIsInOrderIsOk_data();
    void whatIsInOrderIsOk();
    void settingsThatAreNoJsonAreNamedByLine_data();
    void settingsThatAreNoJsonAreNamedByLine();
    void theWinnerOfEachVariableIsShown();
    void withoutATokenNothingIsOffered();
    void aStoppedSallyportIsTakenBackByUndo();
    void theFixKeepsTheUpstreamThatWasChosen();
};

void LocalChecksTest::aFaultIsNamedFixedAndTakenBack_data() {
    QTest::addColumn<Make>("make");
    QTest::addColumn<Check>("check");
    QTest::addColumn<CheckState>("state");
    QTest::addColumn<QString>("evidence");
    const auto row = [](const char* tag, const Make& make, const Check& check, CheckState state,
                        const char* evidence) {
        QTest::newRow(tag) << make << check << state << QString::fromUtf8(evidence);
    };
    const auto base = QByteArrayLiteral("http://127.0.0.1:8899");
    row(
        "not pointed at Sallyport", [](Home& home) { home.runAt(kAddress); }, checkSettingsAddress,
        CheckState::Warning, "");
    row(
        "pointed at another gateway",
        [](Home& home) {
            home.runAt(kAddress);
            Home::put(home.user(), "{\"env\": {\"ANTHROPIC_BASE_URL\": \"https://gw.test\"}}");
        },
        checkSettingsAddress, CheckState::Warning, "settings.json:1");
    row(
        "pointed at another gateway by the shell",
        [](Home& home) {
            home.runAt(kAddress);
            home.options.environment["ANTHROPIC_BASE_URL"] = "https://gw.test";
        },
        checkSettingsAddress, CheckState::Warning, "https://gw.test, from the environment");
    row(
        "pointed at the port before", [](Home& home) { connectTo(home, "http://127.0.0.1:1"); },
        checkSettingsAddress, CheckState::Fault, "settings.json:1");
    row(
        "a proxy at the port before, in two variables",
        [](Home& home) {
            home.runAt(kAddress);
            Home::put(home.path(QStringLiteral("config/settings.yaml")),
                      "listen: 127.0.0.1:8898\n");
            Home::put(home.user(), "{\"env\": {\"HTTP_PROXY\": \"http://127.0.0.1:8898\", "
                                   "\"HTTPS_PROXY\": \"http://127.0.0.1:8898\"}}");
        },
        [](const LocalReading& local) {
            CheckResult result = checkSettingsAddress(local);
            const auto http = local.claude.variable("HTTP_PROXY");
            const bool follows = http && leadsTo(QString::fromUtf8(http->value), kAddress);
            if (result.state == CheckState::Ok && !follows) result.state = CheckState::Fault;
            return result;
        },
        CheckState::Fault, "settings.json:1");
    row(
        "a base URL that ends in /v1", [base](Home& home) { connectTo(home, base + "/v1/"); },
        checkBaseUrlPath, CheckState::Fault, "settings.json:1");
    row(
        "the token of another state folder",
        [base](Home& home) {
            home.runAt(kAddress);
            Home::put(
                home.user(),
                "{\"env\": {\n\"ANTHROPIC_BASE_URL\": \"" + base +
                    "\",\n\"ANTHROPIC_AUTH_TOKEN\": \"sp-0123456789abcdefghijABCDEFGHold1\"}}");
        },
        checkLocalToken, CheckState::Fault, "settings.json:3");
    row(
        "a token and a key",
        [base](Home& home) {
            connectTo(home, base, ", \"ANTHROPIC_API_KEY\": \"sk-ant-api03-mine\"");
        },
        checkTwoCredentials, CheckState::Warning, "settings.json:1");
    row(
        "a token, and a key in the shell",
        [base](Home& home) {
            connectTo(home, base);
            home.options.environment["ANTHROPIC_API_KEY"] = "sk-ant-api03-mine";
        },
        checkTwoCredentials, CheckState::Warning, "from the environment");
    row(
        "a key that is not approved",
        [](Home& home) {
            home.options.environment["ANTHROPIC_API_KEY"] =
                "sk-ant-api03-abcdefghijklmnopqrstuvwxyz";
            Home::put(home.remembered(),
                      "{\"customApiKeyResponses\": {\"approved\": [\"other\"], \"rejected\": []}}");
        },
        checkApiKeyApproved, CheckState::Warning, ".claude.json");
    row(
        "a key that was rejected",
        [](Home& home) {
            home.options.environment["ANTHROPIC_API_KEY"] =
                "sk-ant-api03-abcdefghijklmnopqrstuvwxyz";
            Home::put(home.remembered(), "{\"numStartups\": 1,\n \"customApiKeyResponses\": "
                                         "{\"rejected\": [\"ghijklmnopqrstuvwxyz\"]}}");
        },
        checkApiKeyApproved, CheckState::Warning, ".claude.json");
    row(
        "a key, and nothing remembered yet",
        [](Home& home) {
            home.options.environment["ANTHROPIC_API_KEY"] =
                "sk-ant-api03-abcdefghijklmnopqrstuvwxyz";
            Home::put(home.remembered(), "{}");
        },
        checkApiKeyApproved, CheckState::Warning, ".claude.json");
    row(
        "a company's proxy without NO_PROXY",
        [base](Home& home) {
            connectTo(home, base);
            home.options.environment["HTTPS_PROXY"] = "http://proxy.test:3128";
        },
        checkNoProxy, CheckState::Fault, "proxy.test:3128");
    row(
        "a company's proxy with a NO_PROXY that says something else",
        [base](Home& home) {
            connectTo(home, base, ", \"NO_PROXY\": \"corp.test\"");
            home.options.environment["http_proxy"] = "http://proxy.test:3128";
        },
        checkNoProxy, CheckState::Fault, "NO_PROXY = corp.test");
    row(
        "no_proxy in small letters that hides the good one",
        [base](Home& home) {
            connectTo(home, base, ", \"NO_PROXY\": \"127.0.0.1\"");
            home.options.environment["http_proxy"] = "http://proxy.test:3128";
            home.options.environment["no_proxy"] = "corp.test";
        },
        checkNoProxy, CheckState::Fault, "no_proxy = corp.test");
    row(
        "ALL_PROXY in both spellings",
        [](Home& home) {
            home.options.environment["ALL_PROXY"] = "http://proxy.test:3128";
            home.options.environment["all_proxy"] = "http://proxy.test:3128";
        },
        checkAllProxy, CheckState::Warning, "all_proxy = http://proxy.test:3128");
    row(
        "WebFetch's preflight", [base](Home& home) { connectTo(home, base); }, webFetch,
        CheckState::Warning, "");
    row(
        "the connectivity check of a first start", [](Home& home) { home.runAt(kAddress); },
        connectivity, CheckState::Warning, "https://api.anthropic.com/api/hello");
    row(
        "certificates that Claude Code does not check",
        [](Home& home) {
            Home::put(home.user(), "{\"env\": {\"NODE_TLS_REJECT_UNAUTHORIZED\": \"0\"}}");
        },
        checkTlsVerify, CheckState::Warning, "settings.json:1");
}

void LocalChecksTest::aFaultIsNamedFixedAndTakenBack() {
    QFETCH(Make, make);
    QFETCH(Check, check);
    QFETCH(CheckState, state);
    QFETCH(QString, evidence);
    Home home;
    make(home);
    const QByteArray settingsBefore = Home::content(home.user());
    const QByteArray rememberedBefore = Home::content(home.remembered());
    const CheckResult found = check(home.read());
    QCOMPARE(found.state, state);
    QVERIFY(!found.sentence.isEmpty());
    QString shown;
    for (const CheckEvidence& one : found.evidence)
        shown += one.toString() + u'\n';
    QVERIFY2(shown.contains(evidence), qPrintable(shown));
    for (const char* secret : {"sk-ant-api03", "ghijklmnop", "sp-0123456789abc"})
        QVERIFY2(!shown.contains(QLatin1String(secret)), qPrintable(shown));

    QVERIFY(found.fix.has_value());
    QVERIFY(!found.fix->summary.isEmpty());
    const auto fixed = applyFix(*found.fix, home.options);
    QVERIFY2(fixed.isOk(), fixed.isOk() ? "" : qPrintable(fixed.error().message));
    const CheckResult after = check(home.read());
    QVERIFY2(after.state == CheckState::Ok, qPrintable(after.sentence));

    SettingsConnector connector(home.options.paths, {}, home.options.stateDir);
    QVERIFY(connector.undo().isOk());
    QCOMPARE(Home::content(home.remembered()), rememberedBefore);
    // What looks like an earlier Sallyport's is not put back, but removed.
    if (!settingsBefore.contains("\"sp-"))
        QCOMPARE(Home::content(home.user()), settingsBefore);
    else
        QVERIFY(!Home::content(home.user()).contains("http://127.0.0.1:1\""));
}

void LocalChecksTest::whatWinsElsewhereIsNotFixed_data() {
    QTest::addColumn<QByteArray>("managed");
    QTest::addColumn<Check>("check");
    const auto row = [](const char* tag, const char* managed, const Check& check) {
        QTest::newRow(tag) << QByteArray(managed) << check;
    };
    row("the base URL", "{\"env\": {\"ANTHROPIC_BASE_URL\": \"https://gw.test\"}}",
        checkSettingsAddress);
    row("a base URL that was ours", "{\"env\": {\"ANTHROPIC_BASE_URL\": \"http://127.0.0.1:1\"}}",
        checkSettingsAddress);
    row("a base URL in /v1", "{\"env\": {\"ANTHROPIC_BASE_URL\": \"http://gw.test/v1\"}}",
        checkBaseUrlPath);
    row("the token", "{\"env\": {\"ANTHROPIC_AUTH_TOKEN\": \"theirs\"}}", checkLocalToken);
    row("ALL_PROXY", "{\"env\": {\"ALL_PROXY\": \"http://p.test:1\"}}", checkAllProxy);
    row("NO_PROXY", "{\"env\": {\"HTTPS_PROXY\": \"http://p.test:1\", \"NO_PROXY\": \"x\"}}",
        checkNoProxy);
    row("the preflight", "{\"skipWebFetchPreflight\": false}", webFetch);
    row("the checks of certificates", "{\"env\": {\"NODE_TLS_REJECT_UNAUTHORIZED\": \"0\"}}",
        checkTlsVerify);
}

void LocalChecksTest::whatWinsElsewhereIsNotFixed() {
    QFETCH(QByteArray, managed);
    QFETCH(Check, check);
    const Home home;
    connectTo(home, "http://127.0.0.1:8899");
    Home::put(home.managed(), managed);
    const CheckResult found = check(home.read());
    QVERIFY2(found.isFinding(), qPrintable(found.sentence));
    QVERIFY(!found.fix.has_value());
    const bool isNamed =
        std::any_of(found.evidence.begin(), found.evidence.end(),
                    [&home](const CheckEvidence& one) { return one.file == home.managed(); });
    QVERIFY(isNamed);
}

void LocalChecksTest::aKeyFileThatOthersCanReadIsNamed() {
    const Home home;
    const QString key = home.path(QStringLiteral("open/corp.key"));
    Home::put(key, "sk-corp");
    home.putRoutes(
        "upstreams:\n  - {name: corp, targets: [{url: \"https://gw.test\"}], credential: "
        "\"file:" +
        key.toUtf8() + "\"}\n");
    const QFileDevice::Permissions mine = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    const auto found = [&] { return checkConfigFiles(home.read().config); };
    QVERIFY(QFile::setPermissions(QFileInfo(key).path(),
                                  mine | QFileDevice::ExeOwner | QFileDevice::ExeOther));
    QVERIFY(QFile::setPermissions(key, mine));
    QCOMPARE(found().state, CheckState::Ok);
    QVERIFY(QFile::setPermissions(key, mine | QFileDevice::ReadOther));
    QCOMPARE(found().state, CheckState::Warning);
    QVERIFY2(found().sentence.contains(key), qPrintable(found().sentence));
    // Nobody else comes as far as the file.
    QVERIFY(QFile::setPermissions(QFileInfo(key).path(), mine | QFileDevice::ExeOwner));
    QCOMPARE(found().state, CheckState::Ok);
}

void LocalChecksTest::whatIsInOrderIsOk_data() {
    QTest::addColumn<Make>("make");
    QTest::addColumn<Check>("check");
    QTest::addColumn<CheckState>("state");
    const auto row = [](const char* tag, const Make& make, const Check& check,
                        CheckState state = CheckState::Ok) {
        QTest::newRow(tag) << make << check << state;
    };
    const Make nothing = [](Home&) {};
    const Make connected = [](Home& home) { connectTo(home, "http://localhost:8899"); };
    row("connected by another spelling of loopback", connected, checkSettingsAddress);
    row(
        "connected by the proxy",
        [](Home& home) {
            home.runAt(kAddress);
            home.options.environment["HTTPS_PROXY"] = "http://127.0.0.1:8899";
        },
        checkSettingsAddress);
    row("the token of today", connected, checkLocalToken);
    row(
        "the token shown as a key",
        [](Home& home) {
            home.runAt(kAddress);
            Home::put(home.user(),
                      "{\"env\": {\"ANTHROPIC_BASE_URL\": \"http://127.0.0.1:8899\",\n             "
                      "   \"ANTHROPIC_API_KEY\": \"" +
                          home.token() + "\"}}");
        },
        checkLocalToken);
    row(
        "no token asked for",
        [](Home& home) {
            connectTo(home, "http://127.0.0.1:8899");
            Home::put(home.path(QStringLiteral("config/settings.yaml")), "access: {token: none}\n");
        },
        checkLocalToken);
    row("no token shown", nothing, checkLocalToken, CheckState::NotChecked);
    row("one credential", connected, checkTwoCredentials);
    row("no credential", nothing, checkTwoCredentials);
    row("no key", nothing, checkApiKeyApproved);
    row(
        "an approved key",
        [](Home& home) {
            home.options.environment["ANTHROPIC_API_KEY"] = " sk-abcdefghijklmnopqrstuvwxyz ";
            Home::put(home.remembered(),
                      "{\"customApiKeyResponses\": {\"approved\": [\"ghijklmnopqrstuvwxyz\"]}}");
        },
        checkApiKeyApproved);
    row("no proxy", nothing, checkNoProxy);
    row(
        "Sallyport is the proxy",
        [](Home& home) {
            connectTo(home, "http://127.0.0.1:8899");
            home.options.environment["HTTPS_PROXY"] = "http://127.0.0.1:8899";
        },
        checkNoProxy);
    row(
        "a proxy for a gateway elsewhere",
        [](Home& home) {
            home.options.environment["HTTPS_PROXY"] = "http://proxy.test:3128";
            home.options.environment["ANTHROPIC_BASE_URL"] = "http://gw.test";
        },
        checkNoProxy);
    row("no ALL_PROXY", nothing, checkAllProxy);
    row("no routes yet", nothing, [](const auto& local) { return checkConfigFiles(local.config); });
    row("no base URL", nothing, checkBaseUrlPath);
    row(
        "a preflight that is skipped",
        [](Home& home) { Home::put(home.project(), "{\"skipWebFetchPreflight\": true}"); },
        webFetch);
    row("a preflight that is not ours", nothing, webFetch, CheckState::NotChecked);
    row(
        "onboarding that is over",
        [](Home& home) { Home::put(home.remembered(), "{\"hasCompletedOnboarding\": true}"); },
        connectivity);
    row("a connectivity check that the token skips", connected, connectivity);
    row(
        "one that apiKeyHelper skips",
        [](Home& home) { Home::put(home.user(), "{\"apiKeyHelper\": \"/bin/key\"}"); },
        connectivity);
}

void LocalChecksTest::whatIsInOrderIsOk() {
    QFETCH(Make, make);
    QFETCH(Check, check);
    QFETCH(CheckState, state);
    Home home;
    make(home);
    const CheckResult found = check(home.read());
    QVERIFY2(found.state == state, qPrintable(found.sentence));
    QVERIFY(!found.fix.has_value());
}

void LocalChecksTest::settingsThatAreNoJsonAreNamedByLine_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::newRow("a missing comma") << QByteArray("{\n \"a\": 1\n \"b\": 2}") << 3;
    QTest::newRow("an end too early") << QByteArray("{\n\n") << 3;
    QTest::newRow("a comment") << QByteArray("{\n// here\n\"a\": 1}") << 2;
    QTest::newRow("a comma after the last member") << QByteArray("{\n\"a\": 1,\n}") << 3;
    QTest::newRow("a list") << QByteArray("[]") << 1;
    QTest::newRow("an env that is a text") << QByteArray("{\n\"env\": \"x\"}") << 2;
    QTest::newRow("a key twice") << QByteArray(
                                        "{\"env\": {\"NO_PROXY\": \"a\",\n\"NO_PROXY\": \"b\"}}")
                                 << 2;
}

void LocalChecksTest::settingsThatAreNoJsonAreNamedByLine() {
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    const Home home;
    home.runAt(kAddress);
    Home::put(home.user(), text);
    const LocalReading local = home.read();
    const CheckResult found = checkSettingsJson(local.claude.sources());
    QCOMPARE(found.state, CheckState::Fault);
    QCOMPARE(found.evidence.size(), std::size_t(1));
    QCOMPARE(found.evidence.front().file, home.user());
    QCOMPARE(found.evidence.front().line, line);
    // Nothing is offered that Claude Code would not read; of a key that is there twice it reads
    // one.
    if (!text.contains("NO_PROXY")) QVERIFY(!checkSettingsAddress(local).fix);
    Home::put(home.user(), "{}");
    QCOMPARE(checkSettingsJson(home.read().claude.sources()).state, CheckState::Ok);
}

void LocalChecksTest::theWinnerOfEachVariableIsShown() {
    Home home;
    home.options.environment["NO_PROXY"] = "shell";
    Home::put(home.user(), "{\"env\": {\n\"NO_PROXY\": \"user\"}}");
    Home::put(home.project(), "{\"env\": {\n\n\"NO_PROXY\": \"project\"}}");
    const CheckResult found = checkVariables(home.read().claude);
    QCOMPARE(found.state, CheckState::Ok);
    QCOMPARE(found.evidence.size(), std::size_t(4));
    QVERIFY(found.evidence[0].text.startsWith(QStringLiteral("NO_PROXY = project")));
    QCOMPARE(found.evidence[0].line, 3);
    QCOMPARE(found.evidence[0].file, home.project());
    QVERIFY(found.evidence[1].text.startsWith(QStringLiteral("not used: NO_PROXY = user")));
    QVERIFY(found.evidence[2].text.startsWith(QStringLiteral("not used: NO_PROXY = shell")));
    QVERIFY(found.evidence[3].text.contains(QStringLiteral("--settings")));
}

void LocalChecksTest::withoutATokenNothingIsOffered() {
    const Home home;
    QVERIFY(writeListeningFile(home.options.stateDir, kAddress).isOk());
    const CheckResult found = checkSettingsAddress(home.read());
    QCOMPARE(found.state, CheckState::Warning);
    QVERIFY(!found.fix);
}

void LocalChecksTest::aStoppedSallyportIsTakenBackByUndo() {
    const Home home;
    home.runAt(kAddress);
    const auto connected = applyFix(*checkSettingsAddress(home.read()).fix, home.options);
    QVERIFY(connected.isOk());
    QCOMPARE(checkSettingsAddress(home.read()).state, CheckState::Ok);
    // What a crash leaves: a process id that is nobody's.
    Home::put(home.path(QStringLiteral("state/listening")), "127.0.0.1:8899\n0\n");
    const CheckResult found = checkSettingsAddress(home.read());
    QCOMPARE(found.state, CheckState::Fault);
    QCOMPARE(found.fix->kind, CheckFix::Kind::Undo);
    QVERIFY(applyFix(*found.fix, home.options).isOk());
    QVERIFY(!QFileInfo::exists(home.user()));
    QVERIFY(checkSettingsAddress(home.read()).state != CheckState::Fault);
}

void LocalChecksTest::theFixKeepsTheUpstreamThatWasChosen() {
    Home home;
    home.putRoutes("upstreams:\n  - {name: corp, targets: [{url: \"https://gw.test\"}]}\n"
                   "routes:\n  - {name: all, upstream: corp}\n");
    home.runAt(QStringLiteral("127.0.0.1:1"));
    ConnectChoice choice;
    choice.profile = QStringLiteral("corp");
    choice.without = {QStringLiteral("NO_PROXY")};
    ClientEnvironment before{
        QStringLiteral("http://127.0.0.1:1/p/corp"), QString::fromLatin1(home.token()), {}};
    before.without = choice.without;
    SettingsConnector connector(home.options.paths, before, home.options.stateDir);
    connector.setChoice(choice);
    QVERIFY(connector.apply());
    home.runAt(kAddress);
    const CheckResult stale = checkSettingsAddress(home.read());
    QVERIFY(stale.fix);
    QVERIFY(applyFix(*stale.fix, home.options));
    const QByteArray after = Home::content(home.user());
    QVERIFY2(after.contains("http://127.0.0.1:8899/p/corp"), after.constData());
    QVERIFY2(!after.contains("NO_PROXY"), after.constData());
    home.putRoutes("routes:\n  - {name: all, upstream: sandbox}\n");
    const LocalReading without = home.read();
    QCOMPARE(without.connection.environment.baseUrl, QStringLiteral("http://127.0.0.1:8899"));
}

QTEST_GUILESS_MAIN(LocalChecksTest)
#include "tst_localchecks.moc"
