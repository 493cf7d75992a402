// SPDX-License-Identifier: MIT
#include "core/doctor/claudesettings.h"

#include <QTest>

using namespace sallyport;

namespace {

SettingsText file(SettingsLayer layer, const char* name, const char* text) {
    SettingsText one{layer, QLatin1String("/") + QLatin1String(name)};
    if (text) one.text = QByteArray(text);
    return one;
}

ClaudeSources sources(const char* managed, const char* local, const char* project,
                      const char* user) {
    ClaudeSources all;
    all.files = {file(SettingsLayer::Managed, "managed", managed),
                 file(SettingsLayer::ProjectLocal, "local", local),
                 file(SettingsLayer::Project, "project", project),
                 file(SettingsLayer::User, "user", user)};
    all.remembered.file = QStringLiteral("/remembered");
    return all;
}

} // namespace

class ClaudeSettingsTest : public QObject {
    Q_OBJECT
private slots:
    void theStrongestLayerWins_data() {
        QTest::addColumn<int>("layers");
        QTest::addColumn<SettingsLayer>("winner");
        QTest::newRow("managed settings over all") << 5 << SettingsLayer::Managed;
        QTest::newRow("the project's local settings over the project's")
            << 4 << SettingsLayer::ProjectLocal;
        QTest::newRow("the project's over the user's") << 3 << SettingsLayer::Project;
        QTest::newRow("the user's over the shell") << 2 << SettingsLayer::User;
        QTest::newRow("the shell alone") << 1 << SettingsLayer::Shell;
    }
    void theStrongestLayerWins() {
        QFETCH(int, layers);
        QFETCH(SettingsLayer, winner);
        const char* const text = "{\n\"env\": {\n\"A\": \"x\"}}";
        const auto from = [&](int least) { return layers >= least ? text : nullptr; };
        ClaudeSources all = sources(from(5), from(4), from(3), from(2));
        all.environment["A"] = "x";
        const ClaudeSettings settings(all);
        const auto value = settings.variable("A");
        QVERIFY(value.has_value());
        QCOMPARE(value->layer, winner);
        QCOMPARE(value->line, winner == SettingsLayer::Shell ? 0 : 3);
        QCOMPARE(value->isBelowUser(), layers <= 2);
        QCOMPARE(settings.variables("A").size(), static_cast<std::size_t>(layers));
    }

    void nothingHidesWhatIsWeaker() {
        ClaudeSources all = sources(nullptr, nullptr, nullptr, R"({"env": {"A": ""}})");
        all.environment["A"] = "x";
        const ClaudeSettings settings(all);
        QVERIFY(!settings.variable("A").has_value());
        QCOMPARE(settings.variables("A").size(), std::size_t(2));
    }

    void aFileThatIsNoJsonCountsAsMissing() {
        const ClaudeSettings settings(
            sources("{", nullptr, "[]", R"({"env": {"A": "user"}, "b": true})"));
        QCOMPARE(settings.variable("A")->value, QByteArray("user"));
        QCOMPARE(settings.setting("b")->json, QByteArray("true"));
        QVERIFY(!settings.setting("env.A").has_value());
    }

    void whatClaudeCodeDoesNotTakeCountsAsMissing_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("a comment")
            << QByteArray("{/* c */\"env\": {\"A\": \"x\"}}") << QByteArray();
        QTest::newRow("a comma after the last member")
            << QByteArray("{\"env\": {\"A\": \"x\",}}") << QByteArray();
        QTest::newRow("a byte order mark is taken")
            << QByteArray("\xef\xbb\xbf{\"env\": {\"A\": \"x\"}}") << QByteArray("x");
        QTest::newRow("of a key twice the last one counts")
            << QByteArray("{\"env\": {\"A\": \"y\", \"A\": \"x\"}}") << QByteArray("x");
    }
    void whatClaudeCodeDoesNotTakeCountsAsMissing() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, value);
        const ClaudeSettings settings(sources(nullptr, nullptr, nullptr, text.constData()));
        QCOMPARE(settings.variable("A").value_or(SettingValue{}).value, value);
    }

    void theVariablesOfTheStateFileBeatTheShell() {
        ClaudeSources all = sources(nullptr, nullptr, nullptr, nullptr);
        all.environment["A"] = "shell";
        all.remembered.layer = SettingsLayer::Remembered;
        all.remembered.text = "{\"env\": {\"A\": \"remembered\"}}";
        QCOMPARE(ClaudeSettings(all).variable("A")->value, QByteArray("remembered"));
        all.files.back().text = "{\"env\": {\"A\": \"user\"}}";
        const auto value = ClaudeSettings(all).variable("A");
        QCOMPARE(value->value, QByteArray("user"));
        QVERIFY(value->isBelowUser());
    }

    void theProxyIsTheFirstOfFour_data() {
        QTest::addColumn<QByteArrayList>("set");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("small letters first")
            << QByteArrayList{"HTTPS_PROXY", "https_proxy"} << QByteArray("https_proxy");
        QTest::newRow("https before http")
            << QByteArrayList{"http_proxy", "HTTPS_PROXY"} << QByteArray("HTTPS_PROXY");
        QTest::newRow("http for all") << QByteArrayList{"HTTP_PROXY"} << QByteArray("HTTP_PROXY");
        QTest::newRow("ALL_PROXY is none") << QByteArrayList{"ALL_PROXY"} << QByteArray();
    }
    void theProxyIsTheFirstOfFour() {
        QFETCH(QByteArrayList, set);
        QFETCH(QByteArray, name);
        ClaudeSources all = sources(nullptr, nullptr, nullptr, nullptr);
        for (const QByteArray& one : set)
            all.environment[one] = "http://p:1";
        const auto proxy = ClaudeSettings(all).proxy();
        QCOMPARE(proxy ? proxy->name : QByteArray(), name);
    }

    void theEvidenceMasksSecrets_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("secret");
        QTest::newRow("a token") << QByteArray(
                                        R"({"env": {"X_TOKEN": "very-long-secret-of-mine"}})")
                                 << QByteArray("very-long-secret");
        QTest::newRow("a password in a proxy's address")
            << QByteArray(
                   "{\"env\": {\"X_TOKEN\": \"\", \"HTTPS_PROXY\": \"http://me:pass1234@p:1\"}}")
            << QByteArray("pass1234");
        QTest::newRow("an escaped one")
            << QByteArray(R"({"env": {"X_TOKEN": "\u0076ery-long-secret-of-mine"}})")
            << QByteArray("ery-long-secret");
    }
    void theEvidenceMasksSecrets() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, secret);
        const ClaudeSettings settings(sources(nullptr, nullptr, nullptr, text.constData()));
        for (const char* name : {"X_TOKEN", "HTTPS_PROXY"}) {
            const auto value = settings.variable(name);
            if (!value) continue;
            const QString shown = value->evidence().toString();
            QVERIFY2(!shown.contains(QString::fromUtf8(secret)), qPrintable(shown));
            QVERIFY(shown.contains(QStringLiteral("/user:1")));
        }
    }

    void aKeyIsApprovedByItsLastTwentyCharacters_data() {
        QTest::addColumn<QByteArray>("remembered");
        QTest::addColumn<bool>("isApproved");
        QTest::newRow("approved")
            << QByteArray(R"({"customApiKeyResponses": {"approved": ["ghijklmnopqrstuvwxyz"]}})")
            << true;
        QTest::newRow("the whole key does not count")
            << QByteArray(
                   R"({"customApiKeyResponses": {"approved": ["sk-abcdefghijklmnopqrstuvwxyz"]}})")
            << false;
        QTest::newRow("rejected")
            << QByteArray(R"({"customApiKeyResponses": {"rejected": ["ghijklmnopqrstuvwxyz"]}})")
            << false;
        QTest::newRow("nothing remembered") << QByteArray("{}") << false;
        QTest::newRow("no JSON") << QByteArray("{") << false;
    }
    void aKeyIsApprovedByItsLastTwentyCharacters() {
        QFETCH(QByteArray, remembered);
        QFETCH(bool, isApproved);
        ClaudeSources all = sources(nullptr, nullptr, nullptr, nullptr);
        all.remembered.text = remembered;
        // Moved, because a view must not borrow from where it was made.
        ClaudeSettings first(all);
        const ClaudeSettings settings(std::move(first));
        QCOMPARE(settings.isApproved("sk-abcdefghijklmnopqrstuvwxyz\n"), isApproved);
    }
};

QTEST_GUILESS_MAIN(ClaudeSettingsTest)
#include "tst_claudesettings.moc"
