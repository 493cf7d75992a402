// SPDX-License-Identifier: MIT
#include "core/secrets/secretnames.h"

#include <QTest>

using namespace sallyport;

class TestSecretNames : public QObject {
    Q_OBJECT
private slots:
    void fieldNames_data();
    void fieldNames();
    void parameterNames_data();
    void parameterNames();
    void settingNames_data();
    void settingNames();
};

void TestSecretNames::fieldNames_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("isSecret");
    const auto row = [](const char* name, bool isSecret) {
        QTest::newRow(name) << QByteArray(name) << isSecret;
    };
    for (const char* name : {"authorization",
                             "Authorization",
                             "X-Forwarded-Authorization",
                             "PROXY-AUTHORIZATION",
                             "x-api-key",
                             "X-API-Key",
                             "cookie",
                             "Set-Cookie",
                             "x-auth-token",
                             "X-Amz-Security-Token",
                             "client-secret",
                             "X-Password",
                             "api_key",
                             "ApiKey",
                             "Ocp-Apim-Subscription-Key",
                             "x-goog-api-key",
                             "X-CSRF-TOKEN",
                             "token",
                             "X-Auth",
                             "X-Passwd",
                             "X-Sig",
                             "X-Hub-Signature-256",
                             "Cf-Access-Jwt-Assertion",
                             "X-Amz-Credential",
                             "X-Hmac",
                             "X-Otp",
                             "Cookie2",
                             "X-Pass",
                             "X_Api_Key"})
        row(name, true);
    for (const char* name : {"anthropic-ratelimit-tokens-remaining",
                             "anthropic-ratelimit-input-tokens-reset",
                             "x-ratelimit-limit-tokens",
                             "x-max-tokens",
                             "Sec-WebSocket-Key",
                             "idempotency-key",
                             "content-type",
                             "User-Agent",
                             "anthropic-version",
                             "x-stainless-package-version",
                             "Accept-Encoding",
                             "Host",
                             "X-Claude-Code-Session-Id",
                             "",
                             "WWW-Authenticate",
                             "Authentication-Info",
                             "Signature-Input",
                             "Origin",
                             "X-Author",
                             "http-equiv"})
        row(name, false);
}

void TestSecretNames::fieldNames() {
    QFETCH(QByteArray, name);
    QFETCH(bool, isSecret);
    QCOMPARE(isSecretField(name), isSecret);
}

void TestSecretNames::parameterNames_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("isSecret");
    const auto row = [](const char* name, bool isSecret) {
        QTest::newRow(name) << QByteArray(name) << isSecret;
    };
    for (const char* name : {"authorization",
                             "auth",
                             "pwd",
                             "jwt",
                             "bearer",
                             "passphrase",
                             "pw",
                             "api.key",
                             "token[]",
                             "key[0]",
                             "a[token]",
                             "token[a]",
                             "token%5B%5D",
                             "a%5btoken%5d",
                             "%74oken",
                             "to%256ben",
                             "tok%65n%20",
                             "key%00",
                             "token2",
                             "key_1",
                             "TOKEN",
                             "access_token",
                             "accessToken",
                             "subscriptionKey",
                             "APIKey",
                             "x-api-key",
                             "X-Amz-Security-Token",
                             "AUTH",
                             "proxyAuth",
                             "oauth",
                             "otp",
                             "hmac",
                             "X-Goog-Credential",
                             "client_secret",
                             "password_confirmation",
                             "newPassword",
                             "passwd",
                             "pass",
                             "user[password]",
                             "private_key",
                             "authtoken"})
        row(name, true);
    for (const char* name : {"monkey",
                             "keyboard",
                             "keyword",
                             "max_tokens",
                             "author",
                             "authors",
                             "page_token_count",
                             "token_type",
                             "key_id",
                             "AWSAccessKeyId",
                             "auth_type",
                             "compass",
                             "bypass",
                             "design",
                             "sigma",
                             "pwned",
                             "session_id",
                             "code",
                             "state",
                             "beta",
                             "",
                             "[]",
                             "%",
                             "0"})
        row(name, false);
}

void TestSecretNames::parameterNames() {
    QFETCH(QByteArray, name);
    QFETCH(bool, isSecret);
    QCOMPARE(isSecretParameter(name), isSecret);
}

void TestSecretNames::settingNames_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("isSecret");
    const auto row = [](const char* name, bool isSecret) {
        QTest::newRow(name) << QByteArray(name) << isSecret;
    };
    for (const char* name :
         {"ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY", "ANTHROPIC_CUSTOM_HEADERS",
          "AWS_BEARER_TOKEN_BEDROCK", "AWS_SECRET_ACCESS_KEY", "GOOGLE_APPLICATION_CREDENTIALS",
          "CLAUDE_CODE_CLIENT_KEY_PASSPHRASE", "apiKeyHelper", "PASSWORD", "awsAuthRefresh",
          "otelHeadersHelper", "DB_PASS"})
        row(name, true);
    for (const char* name : {"ANTHROPIC_BASE_URL", "HTTP_PROXY", "NO_PROXY", "model", "theme", ""})
        row(name, false);
}

void TestSecretNames::settingNames() {
    QFETCH(QByteArray, name);
    QFETCH(bool, isSecret);
    QCOMPARE(isSecretSetting(name), isSecret);
}

QTEST_APPLESS_MAIN(TestSecretNames)
#include "tst_secretnames.moc"
