// SPDX-License-Identifier: MIT
#include "core/secrets/secretshapes.h"

#include <QTest>

using namespace sallyport;

class TestSecretShapes : public QObject {
    Q_OBJECT
private slots:
    void secrets_data();
    void secrets();
    void plainText_data();
    void plainText();
    void privateKeys_data();
    void privateKeys();
    void randomWords_data();
    void randomWords();
    void aTextOfOnlyStartsIsReadInTime();
};

/// Each is found whole, alone, in quotes, after an equal sign and at the end of a sentence.
void TestSecretShapes::secrets_data() {
    QTest::addColumn<QByteArray>("secret");
    const auto row = [](const char* tag, const QByteArray& secret) {
        QTest::newRow(tag) << secret;
    };
    const QByteArray header = "eyJhbGciOiJIUzI1NiJ9";
    const QByteArray payload = "eyJzdWIiOiIxMjM0NTY3ODkwIn0";
    row("a key of Anthropic", "sk-ant-api03-abcDEF_ghiJKL-mno");
    row("a key of OpenAI", "SK-proj-0123456789");
    row("our local token", "sp-0123456789abcdefghijklmnopqrst-_");
    row("a personal token of GitHub", "ghp_16C7e42F292c6912E7710c838347Ae178B4a");
    row("an OAuth token of GitHub", "gho_16C7e42F292c6912E7710c838347Ae178B4a");
    row("a server's token of GitHub", "ghs_16C7e42F292c6912E7710c838347Ae178B4a");
    row("a fine-grained token of GitHub", "github_pat_11ABCDEFG0123456789_abcdefghijklmnop");
    row("a token of GitLab", "glpat-0123456789abcdef-_xy");
    row("a bot's token of Slack", "xoxb-012345678901-abcdefghijkl");
    row("a user's token of Slack", "xoxp-012345678901-abcdefghijkl");
    row("a token of Slack that ends", "xoxe.xoxp-1-012345678901");
    row("an app's token of Slack", "xapp-1-A0123456789-012345");
    row("an access key of AWS", "AKIAIOSFODNN7EXAMPLE");
    row("a temporary access key of AWS", "ASIAIOSFODNN7EXAMPLE");
    row("a key of Google", "AIzaSyA0123456789abcdefghijklmnopqrstuv");
    row("a JSON Web Token",
        header + '.' + payload + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    row("a JSON Web Token that was cut", header + '.' + payload);
    row("an encrypted JSON Web Token",
        header + ".OKOawDo13gRp2.48V1_ALb6US04U3b.5eym8TW_c8.XFBoMYUZ");
}

void TestSecretShapes::secrets() {
    QFETCH(QByteArray, secret);
    for (const char* text : {"%", "got \"%\", no", "/x/%", "x=%", "a %, and b", "{\"a\":\"%\"}"}) {
        const QByteArray whole = QByteArray(text).replace('%', secret);
        QVERIFY(mayHoldSecretShape(whole));
        SecretSpans found;
        findSecretShapes(whole, Wording::Text, found);
        const QByteArray masked = found.masked(whole).value_or(whole);
        QVERIFY2(!masked.contains(secret.first(secret.size() - 4)), masked.constData());
        QVERIFY2(!masked.contains(secret.mid(secret.size() / 2, 6)), masked.constData());
    }
}

void TestSecretShapes::plainText_data() {
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"",
                             "sk-",
                             "sk-SK",
                             "risk-free task-force",
                             "disk-cache-0123456789",
                             "sp-blocks and sp-12",
                             "GHP_not a token",
                             "ghp_short",
                             "github_pattern",
                             "glpat-short",
                             "xox-games",
                             "AKIA",
                             "AKIApoint",
                             "NAKIAIOSFODNN7EXAMPLE",
                             "AIzawl",
                             "eyJhbGciOiJIUzI1NiJ9",
                             "eyJ.eyJ",
                             "a.eyJ",
                             "basic.auth",
                             "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
                             "Basically fine",
                             "claude-sonnet-4-5-20250929",
                             "/v1/messages?beta=true",
                             "at 100% of a.b-c_d",
                             "0123456789abcdef0123456789abcdef"})
        QTest::addRow("%s", text) << QByteArray(text);
}

void TestSecretShapes::plainText() {
    QFETCH(QByteArray, text);
    SecretSpans found;
    findSecretShapes(text, Wording::Text, found);
    QCOMPARE(found.masked(text).value_or(text), text);
}

void TestSecretShapes::privateKeys_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("masked");
    const auto row = [](const char* tag, const char* text, const char* masked) {
        QTest::newRow(tag) << QByteArray(text) << QByteArray(masked);
    };
    row("the content goes, the boundaries stay",
        "a\n-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\nb",
        "a\n-----BEGIN PRIVATE KEY-----‹redacted, 8 bytes›-----END PRIVATE KEY-----\nb");
    row("of each kind", "-----BEGIN OPENSSH PRIVATE KEY-----x-----END OPENSSH PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----‹redacted, 1 bytes›-----END OPENSSH PRIVATE KEY-----");
    row("inside of JSON",
        R"({"k":"-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\n"})",
        R"({"k":"-----BEGIN RSA PRIVATE KEY-----‹redacted, 7 bytes›-----END RSA PRIVATE KEY-----\n"})");
    row("one that is cut", "-----BEGIN EC PRIVATE KEY-----\nMHcC",
        "-----BEGIN EC PRIVATE KEY-----‹redacted, 5 bytes›");
    row("after a certificate",
        "-----BEGIN CERTIFICATE-----\nMI\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE "
        "KEY-----\nab",
        "-----BEGIN CERTIFICATE-----\nMI\n-----END CERTIFICATE-----\n"
        "-----BEGIN PRIVATE KEY-----‹redacted, 3 bytes›");
}

void TestSecretShapes::privateKeys() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, masked);
    QVERIFY(mayHoldSecretShape(text));
    SecretSpans found;
    findSecretShapes(text, Wording::Text, found);
    QCOMPARE(found.masked(text).value_or(text), masked);
}

void TestSecretShapes::randomWords_data() {
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<bool>("isRandom");
    const auto row = [](const char* word, bool isRandom) {
        QTest::newRow(word) << QByteArray(word) << isRandom;
    };
    row("0123456789abcdefghij", true);
    row("0123456789abcdefghi", false);
    row("550e8400-e29b-41d4-a716-446655440000", true);
    row("claude-sonnet-4-5-20250929", false);
    row("corp-gateway-eu-west1b", false);
    row("words-that-are-merely-long", false);
    row("Sec-WebSocket-Extensions", false);
    row("", false);
}

void TestSecretShapes::randomWords() {
    QFETCH(QByteArray, word);
    QFETCH(bool, isRandom);
    QCOMPARE(looksRandom(word), isRandom);
}

/// Would not end within the time that a test has if each start cost a walk to the end.
void TestSecretShapes::aTextOfOnlyStartsIsReadInTime() {
    for (const char* unit : {"eyJ-", "eyJabcdefgh.", "sk-", "-----BEGIN ",
                             "-----BEGIN PRIVATE KEY-----", "github_pat_", "xoxb-", "AIza-"}) {
        const QByteArray text = QByteArray(unit).repeated(100'000);
        SecretSpans found;
        findSecretShapes(text, Wording::Text, found);
        QVERIFY(found.masked(text).value_or(text).size() > 0);
    }
}

QTEST_APPLESS_MAIN(TestSecretShapes)
#include "tst_secretshapes.moc"
