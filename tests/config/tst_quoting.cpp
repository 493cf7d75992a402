// SPDX-License-Identifier: MIT
#include "core/config/quoting.h"

#include "core/config/routesedit.h"
#include "core/config/routesfile.h"
#include "core/config/settingsfile.h"

#include <QTest>

#include <algorithm>

using namespace sallyport;

namespace {

const QString kFile = QStringLiteral("/etc/sallyport/file.yaml");

/// What is known for a key wherever it stands.
const QByteArrayList kKeys{
    "SUPERSECRETVALUE12345",
    "sk-ant-1234",
    "sk-ant-api03-abcDEF_ghiJKL-mno",
    "550e8400-e29b-41d4-a716-446655440000",
    "0123456789abcdef0123456789abcdef",
    "aB3/xY9+kL2mN8pQ4rS6",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
};
/// What is a secret by the place where it stands.
const QByteArrayList kWords{"hunter2", "open sesame", "p@ss/w0rd"};

/// The text of the error, or an empty one where there is none.
QString errorIn(const QByteArray& yaml, bool isSettings) {
    if (isSettings) {
        const auto settings = parseSettings(yaml, kFile);
        return settings ? QString() : settings.error().message;
    }
    const auto routes = parseRoutes(yaml, kFile);
    return routes ? QString() : routes.error().message;
}

bool isHarmless(const QString& message) {
    return std::all_of(message.begin(), message.end(), [](QChar c) {
        return c.category() != QChar::Other_Control && c.category() != QChar::Other_Format;
    });
}

} // namespace

class TestQuoting : public QObject {
    Q_OBJECT
    static void columns() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("shown");
    }
    static void row(const char* tag, const QByteArray& text, const char* shown) {
        QTest::newRow(tag) << text << QString::fromUtf8(shown);
    }
    static void same(const char* text) {
        QTest::addRow("%s is shown in full", text) << QByteArray(text) << QString::fromUtf8(text);
    }
private slots:
    void values_data();
    void values() {
        QFETCH(const QByteArray, text);
        QTEST(shownValue(text), "shown");
    }
    void names_data();
    void names() {
        QFETCH(const QByteArray, text);
        QTEST(shownName(text), "shown");
    }
    void plantedSecretsAreInNoError_data();
    void plantedSecretsAreInNoError();
    void controlCharactersAreInNoError_data();
    void controlCharactersAreInNoError();
    void anUnknownRouteIsQuotedAsWell();
};

void TestQuoting::values_data() {
    columns();
    for (const char* text : {"",
                             "on",
                             "1.5s",
                             "64KB",
                             "-1",
                             "127.0.0.1:99999",
                             "[::1]:x",
                             "a.example:80",
                             "169.254.0.0/33",
                             "fe80::1%lo",
                             "http://::1:80/a",
                             "http://[fe80::1%25lo]:0",
                             "/a?b",
                             "/v1/claude/../messages",
                             "ftp://gateway.corp.example:8080/llm/v1",
                             "round-robin",
                             "corp-gateway-eu-west1b",
                             "claude-sonnet-4-5-20250929",
                             "connections_per_client",
                             "Sec-WebSocket-Extensions",
                             "X Team",
                             "disk-cache",
                             "\xE7\xBD\x91\xE5\x85\xB3",
                             "100%1"})
        same(text);
    row("a user and a password", "https://me:hunter2@a.example/x",
        "https://‹redacted, 10 bytes›@a.example/x");
    row("a user alone", "https://hunter2@a.example", "https://‹redacted, 7 bytes›@a.example");
    row("a password with a blank", "https://me:open sesame @a.example",
        "https://‹redacted, 15 bytes›@a.example");
    row("a password with signs of a URL", "https://me:p@ss/w?r#d@a.example",
        "https://‹redacted, 13 bytes›@a.example");
    row("a password and no scheme", "me:hunter2@a.example", "‹redacted, 10 bytes›@a.example");
    row("a password without its host", "https://me:hunter2", "https://me:‹redacted, 7 bytes›");
    row("a password with an encoded @", "https://me:hunter2%40a.example/x",
        "https://me:‹redacted, 21 bytes›");
    row("a query", "https://a.example/x?hunter2", "https://a.example/x?‹redacted, 7 bytes›");
    row("a fragment", "https://a.example/x#hunter2&b=c",
        "https://a.example/x#‹redacted, 11 bytes›");
    row("a named value", "/x?key=hunter2&b=c", "/x?key=‹redacted, 11 bytes›");
    row("a field in the place of a value", "X-Key: hunter2", "X-Key: ‹redacted, 7 bytes›");
    row("a scheme of authentication", "authorization Bearer hunter2",
        "authorization Bearer ‹redacted, 7 bytes›");
    row("another scheme", "basic bWU6eA", "basic ‹redacted, 6 bytes›");
    row("a key of a vendor", "my sk-ant-1234 key", "my ‹redacted, 11 bytes› key");
    row("a key inside a word", "x-api-key.sk-ant-1234", "x-api-key.‹redacted, 11 bytes›");
    row("twenty letters and digits", "a 0123456789abcdefghij b", "a ‹redacted, 20 bytes› b");
    row("nineteen letters and digits", "a 0123456789abcdefghi b", "a 0123456789abcdefghi b");
    row("a key in a path", "/v1/0123456789abcdef0123/x", "/v1/‹redacted, 20 bytes›/x");
    row("base64", "aB3/xY9+kL2mN8pQ4rS6==", "‹redacted, 20 bytes›=‹redacted, 1 bytes›");
    row("a UUID", "550e8400-e29b-41d4-a716-446655440000", "‹redacted, 36 bytes›");
    row("a long value is cut", QByteArray("a b ").repeated(30),
        qPrintable(QStringLiteral("a b ").repeated(25) + QChar(0x2026)));
    row("a long value is cut between characters", "a" + QByteArray("\xF0\x9F\x98\x80").repeated(60),
        QByteArray("a" + QByteArray("\xF0\x9F\x98\x80").repeated(49) + "…").constData());
    row("a user name without an end in sight", "https://" + QByteArray("a.").repeated(2000) + "@h",
        "https://‹redacted, 1016 bytes›");
    row("an escape sequence", "\x1b[31mred\n", "\\x1b[31mred\\n");
    row("what is not UTF-8", "a\xFF", "a\xEF\xBF\xBD");
}

void TestQuoting::names_data() {
    columns();
    for (const char* text : {"credental", "X Team", "X-Team", "Sec-WebSocket-Extensions"})
        same(text);
    row("a whole field", "Authorization: Bearer hunter2", "Authorization:‹redacted, 15 bytes›");
    row("a field without a blank", "x-api-key:hunter2", "x-api-key:‹redacted, 7 bytes›");
    row("an assignment", "CORP_KEY=hunter2", "CORP_KEY=‹redacted, 23 bytes›");
    row("a colon at the end", "X-Team:", "X-Team:");
    row("a key", "SUPERSECRETVALUE12345", "‹redacted, 21 bytes›");
}

void TestQuoting::plantedSecretsAreInNoError_data() {
    QTest::addColumn<QByteArray>("yaml"); ///< SECRET stands for one
    QTest::addColumn<bool>("isSettings");
    QTest::addColumn<bool>("isByPlace"); ///< any word is a secret there
    const auto upstream = [](const char* tag, const char* line, bool isByPlace) {
        QTest::newRow(tag)
            << "upstreams:\n  - name: u\n    targets: [{url: http://a.example}]\n    " +
                   QByteArray(line) + '\n'
            << false << isByPlace;
    };
    const auto url = [](const char* tag, const char* text, bool isByPlace) {
        QTest::newRow(tag) << "upstreams: [{name: u, targets: [{url: \"" + QByteArray(text) +
                                  "\"}]}]\n"
                           << false << isByPlace;
    };
    const auto route = [](const char* tag, const char* line, bool isByPlace) {
        QTest::newRow(tag) << "routes:\n  - name: r\n    " + QByteArray(line) + '\n'
                           << false << isByPlace;
    };
    const auto settings = [](const char* tag, const char* line, bool isByPlace) {
        QTest::newRow(tag) << QByteArray(line) + '\n' << true << isByPlace;
    };
    constexpr bool kAny = true;
    constexpr bool kKey = false;
    upstream("a credential", "credential: \"SECRET\"", kAny);
    upstream("a credential that should name a variable", "credential: \"env:SECRET=x\"", kAny);
    upstream("a credential for the keychain", "credential: \"keychain:SECRET\\n\"", kAny);
    upstream("a credential with a look for the keychain", "credential: \"keychain:SECRET\"", kKey);
    upstream("one of several credentials", "credentials: [env:A, \"SECRET\"]", kAny);
    upstream("the time of a command", "credential_command: {run: [\"SECRET\"], ttl: \"SECRET\"}",
             kKey);
    upstream("a command in one word", "credential_command: \"SECRET\"", kAny);
    upstream("the form of a credential", "credential_as: \"SECRET\"", kKey);
    upstream("a time", "timeouts: {connect: \"SECRET\"}", kKey);
    upstream("an unknown key", "\"SECRET\": 1", kKey);
    upstream("an unknown key with a value in it", "\"api_key=SECRET\": 1", kAny);
    upstream("a key twice", "\"SECRET\": 1\n    \"SECRET\": 2", kKey);
    upstream("a switch", "tls: {verify: \"SECRET\"}", kKey);
    url("a password in a URL", "https://me:SECRET@a.example", kAny);
    url("a user in a URL", "https://SECRET@a.example/#", kAny);
    url("a password without a host", "https://me:zSECRET", kAny);
    url("a query in a URL", "https://a.example/?SECRET", kAny);
    url("a value in a query", "https://a.example/?key=SECRET", kAny);
    url("a fragment of a URL", "https://a.example/#SECRET", kAny);
    url("a URL without a scheme", "SECRET", kKey);
    url("another scheme", "ftp://a:SECRET@h", kAny);
    route("a redirect with a password", "redirect: \"https://u:SECRET @h\"", kAny);
    route("a redirect with a query", "redirect: \"https://h/x y?token=SECRET\"", kAny);
    route("the name of a field", "request_headers: {set: {\"Authorization: Bearer SECRET\": x}}",
          kAny);
    route("the name of a field that goes", "request_headers: {remove: [\"X-Key: SECRET\"]}", kAny);
    route("the value of a field", "request_headers: {set: {Authorization: \"Bearer SECRET\\n\"}}",
          kAny);
    route("fields in one text", "request_headers: {set: \"Authorization: Bearer SECRET\"}", kAny);
    route("a path", "match: {path: \"SECRET\"}", kKey);
    route("a value in a path", "match: {path: \"/x?key=SECRET\"}", kAny);
    route("a method", "match: {methods: [\"SECRET\"]}", kKey);
    route("a host", "match: {host: \"me:SECRET@a.example\"}", kAny);
    route("an upstream", "upstream: \"SECRET\"", kKey);
    route("access", "access: \"SECRET\"\n    block: true", kKey);
    route("a status", "respond: {status: \"SECRET\"}", kKey);
    route("a map where a colon is not expected", "x: Bearer: SECRET", kAny);
    route("a quote that is not closed", "x: \"SECRET", kAny);
    QTest::newRow("a name twice") << QByteArray(
                                         "upstreams:\n  - {name: \"SECRET\", sandbox: true}\n"
                                         "  - {name: \"SECRET\", sandbox: true}\n")
                                  << false << kKey;
    QTest::newRow("a name that is listed")
        << QByteArray("upstreams: [{name: \"SECRET\", sandbox: true}]\n"
                      "routes: [{name: r, upstream: something-else}]\n")
        << false << kKey;
    QTest::newRow("a network") << QByteArray("forward: {deny: [\"SECRET\"]}") << false << kKey;
    QTest::newRow("a port") << QByteArray("forward: {ports: [\"SECRET\"]}") << false << kKey;
    QTest::newRow("the password in a way out")
        << QByteArray("forward: {via: \"http://alice:SECRET@p.test/x\"}") << false << kAny;
    QTest::newRow("the password of a way out")
        << QByteArray("forward: {via: \"http://alice@p.test:3128\", via_credential: \"SECRET\"}")
        << false << kAny;
    settings("the local token", "access: {token: \"SECRET\"}", kAny);
    settings("a variable for the local token", "access: {token: \"env:SECRET!\"}", kAny);
    settings("an address", "listen: \"me:SECRET@127.0.0.1:80\"", kAny);
    settings("a host that may be asked for", "access: {allowed_hosts: [\"x=SECRET\"]}", kAny);
    settings("the token of a client", "access: {clients: [{name: a, token: \"SECRET\"}]}", kAny);
    settings("the rate of a client",
             "access: {clients: [{name: a, token: env:A, rate: {per: \"SECRET\"}}]}", kKey);
    route("a model", "model: {\"SECRET\": \"*\"}", kKey);
    route("a beta", "anthropic_beta: {set: [\"SECRET,\"]}", kKey);
    route("a size of content", "max_body: \"SECRET\"", kKey);
    route("places", "in_flight: {max: \"SECRET\"}", kKey);
    settings("a level", "log: {level: \"SECRET\"}", kKey);
    settings("a size", "limits: {head: \"SECRET\"}", kKey);
    settings("a count", "limits: {fields: \"SECRET\"}", kKey);
    settings("an unknown section", "\"SECRET\": 1", kKey);
}

void TestQuoting::plantedSecretsAreInNoError() {
    QFETCH(const QByteArray, yaml);
    QFETCH(const bool, isSettings);
    QFETCH(const bool, isByPlace);
    for (const QByteArray& secret : isByPlace ? kKeys + kWords : kKeys) {
        QByteArray planted = yaml;
        planted.replace("SECRET", secret);
        const QString message = errorIn(planted, isSettings);
        QVERIFY2(!message.isEmpty(), planted.constData());
        QVERIFY2(!message.contains(QString::fromLatin1(secret), Qt::CaseInsensitive),
                 qPrintable(message));
    }
}

void TestQuoting::controlCharactersAreInNoError_data() {
    QTest::addColumn<QByteArray>("yaml");
    const auto row = [](const char* tag, const char* yaml) {
        QTest::newRow(tag) << QByteArray(yaml);
    };
    row("in a path", "routes: [{name: r, match: {path: \"/\\e[31mred\\n\\x9b\"}, block: true}]");
    row("in a key", "routes: [{name: r, \"\\e[31mred\\nfoo\": 1}]");
    row("in a key that is twice", "{\"\\e[2J\": 1, \"\\e[2J\": 2}");
    row("in a URL", "upstreams: [{name: u, targets: [{url: \"http://\\e[31m\"}]}]");
    row("in an upstream", "routes: [{name: r, upstream: \"\\e]0;x\\a\"}]");
    row("in the name of a field", "routes: [{name: r, block: true, "
                                  "request_headers: {set: {\"a\\u202e\": x}}}]");
    row("written as it is", "routes: [{name: r, access: \"a\xC2\x9B"
                            "31m\"}]");
    row("behind a backslash", "routes: [{name: \"\\\xC2\x9B\"}]");
}

void TestQuoting::controlCharactersAreInNoError() {
    QFETCH(const QByteArray, yaml);
    const QString message = errorIn(yaml, false);
    QVERIFY(!message.isEmpty());
    QVERIFY2(isHarmless(message), qPrintable(message));
}

void TestQuoting::anUnknownRouteIsQuotedAsWell() {
    const QByteArray yaml = "routes: [{name: SUPERSECRETVALUE12345, block: true}]";
    const auto edited = withRouteEnabled(yaml, kFile, QStringLiteral("\x1b[31m"), false);
    QVERIFY(!edited.isOk());
    QVERIFY(isHarmless(edited.error().message));
    QVERIFY(!edited.error().message.contains(QLatin1String("SUPERSECRET")));
}

QTEST_APPLESS_MAIN(TestQuoting)
#include "tst_quoting.moc"
