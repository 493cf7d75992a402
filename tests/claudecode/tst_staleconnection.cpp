// SPDX-License-Identifier: MIT
#include "core/claudecode/staleconnection.h"

#include "core/claudecode/settingsconnector.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

const QString kToken = QStringLiteral("sp-0123456789abcdefghijABCDEFGHc41e");

ClientEnvironment gateway() {
    ClientEnvironment environment;
    environment.baseUrl = QStringLiteral("http://127.0.0.1:8899");
    environment.token = kToken;
    return environment;
}

ClientEnvironment interception() {
    ClientEnvironment environment = gateway();
    environment.mode = EnvMode::Intercept;
    environment.token.clear();
    environment.caFile = QStringLiteral("/state/ca/ca.pem");
    environment.interceptedHosts = QStringList{QStringLiteral("api.anthropic.com")};
    return environment;
}

/// A settings file and its state folder.
struct Home {
    QTemporaryDir dir;

    [[nodiscard]] SettingsConnector in(const ClientEnvironment& environment) const {
        SettingsPaths paths;
        paths.settingsFile = dir.filePath(QStringLiteral("settings.json"));
        return SettingsConnector(paths, environment, dir.filePath(QStringLiteral("state")));
    }
    void put(const QByteArray& text) const {
        QFile out(dir.filePath(QStringLiteral("settings.json")));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
    }
    [[nodiscard]] QByteArray text() const {
        QFile in(dir.filePath(QStringLiteral("settings.json")));
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray("(no file)");
    }
};

} // namespace

class StaleConnectionTest : public QObject {
    Q_OBJECT
private slots:
    void theOtherModeLeavesNothing_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::newRow("no file") << QByteArray("(no file)");
        QTest::newRow("an empty object") << QByteArray("{}");
        QTest::newRow("keys of one's own") << QByteArray(
            "{\n  \"theme\" : \"dark\",\n  \"env\": { \"EDITOR\":\"vim\" },\n\n\t\"x\": "
            "1\n}");
        QTest::newRow("values in the way of both modes")
            << QByteArray("\xEF\xBB\xBF{\"env\": {\"HTTPS_PROXY\": \"http://corp:3128\", "
                          "\"ANTHROPIC_BASE_URL\": \"https://mine\", \"NO_PROXY\": "
                          "\"a.b\"}}\r\n");
        QTest::newRow("a proxy in lower case")
            << QByteArray("{\"env\": {\"https_proxy\": \"http://corp:3128\"}}");
    }
    void theOtherModeLeavesNothing() {
        QFETCH(QByteArray, before);
        Home fresh;
        Home home;
        if (before != "(no file)") {
            fresh.put(before);
            home.put(before);
        }
        for (const bool intercepts : {true, false}) {
            const ClientEnvironment first = intercepts ? gateway() : interception();
            const ClientEnvironment second = intercepts ? interception() : gateway();
            QVERIFY(home.in(first).apply().isOk());
            const auto plan = home.in(second).plan();
            QVERIFY(plan.isOk());
            QVERIFY(home.in(second).apply().isOk());
            QVERIFY(fresh.in(second).apply().isOk());
            QCOMPARE(home.text(), fresh.text());
            QCOMPARE(plan->after, home.text());
            QVERIFY(home.in(second).status()->isConnected);
            QVERIFY(!home.in(first).status()->isConnected);
            // A second time changes nothing.
            QVERIFY(home.in(second).apply()->unifiedDiff.isEmpty());
            QVERIFY(home.in(second).undo().isOk());
            QVERIFY(fresh.in(second).undo().isOk());
            QCOMPARE(home.text(), before);
        }
    }

    void aProxyInLowerCaseIsLedAsWell() {
        const Home home;
        home.put("{\"env\": {\"https_proxy\": \"http://corp:3128\"}}");
        QVERIFY(home.in(interception()).apply().isOk());
        QVERIFY2(!home.text().contains("corp"), home.text().constData());
        QVERIFY(home.text().contains("\"https_proxy\": \"http://127.0.0.1:8899\""));
    }

    void aTokenThatIsNoLongerAskedForGoes() {
        const Home home;
        ClientEnvironment withToken = interception();
        withToken.token = kToken;
        QVERIFY(home.in(withToken).apply().isOk());
        QVERIFY(home.text().contains("ANTHROPIC_AUTH_TOKEN"));
        QVERIFY(home.in(interception()).apply().isOk());
        QVERIFY(!home.text().contains("ANTHROPIC_AUTH_TOKEN"));
    }

    void whatSomebodyElseChangedStays() {
        const Home home;
        QVERIFY(home.in(gateway()).apply().isOk());
        home.put(home.text().replace("http://127.0.0.1:8899", "https://theirs"));
        QVERIFY(home.in(interception()).apply().isOk());
        QVERIFY(home.text().contains("\"ANTHROPIC_BASE_URL\": \"https://theirs\""));
        QVERIFY(!home.text().contains("ANTHROPIC_AUTH_TOKEN"));
    }

    void aKeyBesideTheConnectionStaysUnderTheJournal() {
        const Home home;
        const QByteArray before = "{\"env\": {\"ANTHROPIC_API_KEY\": \"sk-a\"}}";
        home.put(before);
        QVERIFY(home.in(gateway()).apply().isOk());
        QVERIFY(home.in(gateway()).set({{"ANTHROPIC_API_KEY", true, "\"\"", true}}).isOk());
        QVERIFY(home.in(interception()).apply().isOk());
        QVERIFY2(home.text().contains("\"ANTHROPIC_API_KEY\": \"\""), home.text().constData());
        QVERIFY(!home.text().contains("ANTHROPIC_BASE_URL"));
        QVERIFY(home.in(interception()).undo().isOk());
        QCOMPARE(home.text(), before);
    }
};

QTEST_GUILESS_MAIN(StaleConnectionTest)
#include "tst_staleconnection.moc"
