// SPDX-License-Identifier: MIT
// What the configurations of cc-switch and claude-code-router mean, hostile ones included.
#include "core/transfer/ccswitchreader.h"
#include "core/transfer/lenientjson.h"
#include "core/transfer/routerreader.h"
#include "core/transfer/variablesprovider.h"

#include <QTest>

using namespace sallyport;

namespace {

enum class Program { CcSwitch, Router };

/// Quotes are written as apostrophes here.
Result<std::vector<FoundProvider>, QString> read(Program program, QByteArray json) {
    json.replace('\'', '"');
    return program == Program::CcSwitch ? ccSwitchProviders(json) : claudeCodeRouterProviders(json);
}

/// `name|url|key or $variable|x or b|in use|obstacle begins with|number of things left`
QString shown(const FoundProvider& provider) {
    return QStringList{provider.name,
                       provider.url,
                       provider.keyVariable.isEmpty() ? QString::fromUtf8(provider.key)
                                                      : u'$' + provider.keyVariable,
                       provider.isApiKey ? QStringLiteral("x") : QStringLiteral("b"),
                       provider.isInUse ? QStringLiteral("used") : QString(),
                       provider.obstacle.section(u' ', 0, 2),
                       QString::number(provider.left.size())}
        .join(u'|');
}

QByteArray ccSwitch(const QByteArray& provider) {
    return "{\"version\": 2, \"claude\": {\"current\": \"a\", \"providers\": {\"a\": " + provider +
           "}}, \"codex\": {\"providers\": {\"x\": {\"name\": \"of codex\"}}}}";
}

QByteArray ccEnv(const QByteArray& env, const QByteArray& more = {}) {
    return ccSwitch("{\"name\": \"Corp\", \"settingsConfig\": {\"env\": {" + env + "}}" + more +
                    "}");
}

QByteArray router(const QByteArray& provider) {
    return "{\"Providers\": [" + provider + "], \"Router\": {\"default\": \"corp,opus\"}}";
}

} // namespace

class ForeignProvidersTest : public QObject {
    Q_OBJECT
private slots:
    void aProviderIsRead_data() {
        QTest::addColumn<Program>("program");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, Program program, const QByteArray& json,
                            const char* expected) {
            QTest::newRow(name) << program << json << QString::fromUtf8(expected);
        };
        constexpr auto kCc = Program::CcSwitch;
        constexpr auto kRouter = Program::Router;
        row("a token is sent as bearer", kCc,
            ccEnv(
                "'ANTHROPIC_BASE_URL': 'https://gw.example/llm/', 'ANTHROPIC_AUTH_TOKEN': 'sk-1'"),
            "Corp|https://gw.example/llm|sk-1|b|used||0");
        row("an API key is sent as x-api-key", kCc,
            ccEnv("'ANTHROPIC_BASE_URL': 'https://gw.example', 'ANTHROPIC_API_KEY': 'k1'"),
            "Corp|https://gw.example|k1|x|used||0");
        row("of two keys the token wins, and the other is named", kCc,
            ccEnv("'ANTHROPIC_BASE_URL': 'https://gw.example', 'ANTHROPIC_API_KEY': 'k1', "
                  "'ANTHROPIC_AUTH_TOKEN': 't1'"),
            "Corp|https://gw.example|t1|b|used||1");
        row("names of models are left", kCc,
            ccEnv("'ANTHROPIC_BASE_URL': 'https://gw.example', 'ANTHROPIC_MODEL': 'glm'"),
            "Corp|https://gw.example||b|used||1");
        row("without an address it is Anthropic's own login", kCc, ccEnv(""),
            "Corp|||b|used|it has no|0");
        row("another format is no provider for us", kCc,
            ccEnv("'ANTHROPIC_BASE_URL': 'https://gw.example'",
                  ", 'meta': {'apiFormat': 'openai_chat'}"),
            "Corp|https://gw.example||b|used|it speaks openai_chat;|0");
        row("Bedrock is no address", kCc, ccEnv("'CLAUDE_CODE_USE_BEDROCK': '1'"),
            "Corp|||b|used|CLAUDE_CODE_USE_BEDROCK is on:|0");
        row("an address with a password is refused", kCc,
            ccEnv("'ANTHROPIC_BASE_URL': 'https://u:p@gw.example'"), nullptr);
        row("a key with a line break is refused", kCc,
            ccEnv("'ANTHROPIC_BASE_URL': 'https://gw.example', 'ANTHROPIC_AUTH_TOKEN': 'a\\nb'"),
            "Corp|https://gw.example||b|used|its key holds|0");
        row("version 1 has its providers at the top", kCc,
            "{'providers': {'a': {'name': 'Old', 'settingsConfig': {'env': "
            "{'ANTHROPIC_BASE_URL': 'http://10.0.0.8:8080'}}}}, 'current': ''}",
            "Old|http://10.0.0.8:8080||b|||0");
        row("a number where a text belongs is read as one", kCc,
            ccEnv("'ANTHROPIC_BASE_URL': 'https://gw.example', 'ANTHROPIC_AUTH_TOKEN': 42"),
            "Corp|https://gw.example|42|b|used||0");
        row("the Anthropic transformer passes through", kRouter,
            router("{'name': 'corp', 'api_base_url': 'https://gw.example/v1/messages', "
                   "'api_key': 'k', 'transformer': {'use': ['Anthropic']}}"),
            "corp|https://gw.example|k|x|used||0");
        row("the path of the Messages API tells it as well", kRouter,
            router("{'name': 'b', 'api_base_url': 'https://gw.example/v1/messages'}"),
            "b|https://gw.example||x|||0");
        row("a key of a variable stays one", kRouter,
            router("{'name': 'b', 'api_base_url': 'https://gw.example/v1/messages', "
                   "'api_key': '${CORP_KEY}'}"),
            "b|https://gw.example|$CORP_KEY|x|||0");
        row("chat completions are not translated", kRouter,
            router("{'name': 'o', 'api_base_url': 'https://o.example/v1/chat/completions', "
                   "'api_key': 'sk-2', 'transformer': {'use': ['openrouter']}}"),
            "o|||b||it does not|0");
        row("other transformers beside it are left", kRouter,
            router("{'name': 'b', 'api_base_url': 'https://gw.example/v1/messages', "
                   "'transformer': {'use': ['Anthropic', ['maxtoken', {'max_tokens': 1}]]}}"),
            "b|https://gw.example||x|||1");
        row("version 3 names its protocol", kRouter,
            router("{'name': 'b', 'type': 'anthropic_messages', 'baseurl': 'https://gw.example'}"),
            "b|https://gw.example||x|||0");
        row("version 3 keeps what it found out", kRouter,
            router("{'name': 'b', 'type': 'openai_responses', 'api_base_url': 'https://o.example', "
                   "'capabilities': [{'type': 'anthropic_messages', 'baseUrl': "
                   "'https://gw.example'}]}"),
            "b|https://gw.example||x|||0");
    }
    void aProviderIsRead() {
        QFETCH(Program, program);
        QFETCH(QByteArray, json);
        QFETCH(QString, expected);
        const auto providers = read(program, json);
        QVERIFY(providers);
        QCOMPARE(providers->size(), std::size_t{1});
        if (expected.isEmpty())
            QVERIFY(providers->front().url.isEmpty() && !providers->front().obstacle.isEmpty());
        else
            QCOMPARE(shown(providers->front()), expected);
        QVERIFY(!providers->front().obstacle.contains(QLatin1String("u:p")));
    }
    void aHostileFileIsRefusedOrEmpty_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<bool>("isRefused");
        QTest::newRow("nothing") << QByteArray() << true;
        QTest::newRow("a list") << QByteArray("[]") << true;
        QTest::newRow("half a text") << QByteArray("{\"claude\": {\"prov") << true;
        QTest::newRow("no UTF-8") << QByteArray("{\"a\": \"\xff\xfe\"}") << true;
        QTest::newRow("deeper than the bound")
            << QByteArray("{\"a\":" + QByteArray(400, '[') + QByteArray(400, ']') + '}') << true;
        QTest::newRow("providers that are none")
            << QByteArray("{'claude': {'providers': [1, null]}, 'Providers': {'a': 1}}") << false;
        QTest::newRow("above the bound")
            << QByteArray("{\"a\": \"" + QByteArray(kMaxForeignBytes, 'x') + "\"}") << true;
    }
    void aHostileFileIsRefusedOrEmpty() {
        QFETCH(QByteArray, json);
        QFETCH(bool, isRefused);
        for (const Program program : {Program::CcSwitch, Program::Router}) {
            const auto providers = read(program, json);
            QCOMPARE(!providers.isOk(), isRefused);
            if (providers) QVERIFY(providers->empty());
        }
    }
    void commentsAndTrailingCommasAreRead() {
        const auto object = lenientJsonObject("\xEF\xBB\xBF{ // mine\n \"a\": [1, 2,], /* b */ "
                                              "\"c\": \"x // no comment, \\\" ,]\",\n}");
        QVERIFY(object);
        QCOMPARE((*object)[QLatin1String("a")].toVariant().toList().size(), 2);
        QCOMPARE((*object)[QLatin1String("c")].toString(),
                 QStringLiteral("x // no comment, \" ,]"));
    }
    void anErrorNamesTheLine() {
        const auto object = lenientJsonObject("{\n\"a\": nonsense}");
        QVERIFY(!object);
        QVERIFY2(object.error().contains(QLatin1String("line 2")), qPrintable(object.error()));
    }
    void aKeyInTheNameIsNotShown() {
        const QString key = QStringLiteral("sk-ant-api03-abcdefghijklmnopqrstuvwxyz012345");
        QVERIFY(!shownProviderName(key).contains(QLatin1String("abcdefgh")));
        QCOMPARE(shownProviderName(QStringLiteral("智谱 GLM\n")), QStringLiteral("智谱 GLM"));
    }
    void aRowOfTheDatabaseIsRead() {
        const FoundProvider provider = ccSwitchProvider(
            {QStringLiteral("A"),
             "{\"env\": {\"ANTHROPIC_BASE_URL\": \"https://gw.example\"}, \"apiKeyHelper\": 1}",
             "{\"apiFormat\": \"anthropic\"}", true});
        QCOMPARE(shown(provider), QStringLiteral("A|https://gw.example||b|used||1"));
        QVERIFY(!ccSwitchProvider({QStringLiteral("B"), "{", {}, false}).obstacle.isEmpty());
    }
};

QTEST_GUILESS_MAIN(ForeignProvidersTest)
#include "tst_foreignproviders.moc"
