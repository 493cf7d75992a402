// SPDX-License-Identifier: MIT
#include "core/secrets/redact.h"

#include <QTest>

using namespace sallyport;

class TestRedact : public QObject {
    Q_OBJECT
private slots:
    void values_data();
    void values();
    void targets_data();
    void targets();
    void texts_data();
    void texts();
    void contents_data();
    void contents();
    void messages_data();
    void messages();
    void aTargetOfOnlyDelimitersIsWalkedOnce();
};

void TestRedact::values_data() {
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("kept");
    QTest::newRow("a long key keeps its length and its end")
        << QByteArray("sk-ant-0123456789abcdefc41e") << QByteArray("‹redacted, 27 bytes, …c41e›");
    QTest::newRow("a scheme in front stays") << QByteArray("Bearer 0123456789abcdef")
                                             << QByteArray("Bearer ‹redacted, 16 bytes, …cdef›");
    QTest::newRow("a scheme in another case stays as it came")
        << QByteArray("bearer  0123456789abcdef")
        << QByteArray("bearer  ‹redacted, 16 bytes, …cdef›");
    QTest::newRow("the end of a Basic pair is the end of a password")
        << QByteArray("Basic dXNlcjpwYXNzd29yZA==") << QByteArray("Basic ‹redacted, 20 bytes›");
    QTest::newRow("eleven bytes show their length only")
        << QByteArray("12345678901") << QByteArray("‹redacted, 11 bytes›");
    QTest::newRow("twelve bytes show their end")
        << QByteArray("123456789012") << QByteArray("‹redacted, 12 bytes, …9012›");
    QTest::newRow("a word that is no scheme is a part of the secret")
        << QByteArray("hunter2 0123456789") << QByteArray("‹redacted, 18 bytes, …6789›");
    QTest::newRow("an end that is not plain ASCII is not shown")
        << QByteArray("0123456789ab\xc3\xa9") << QByteArray("‹redacted, 14 bytes›");
    QTest::newRow("nothing is nothing") << QByteArray("") << QByteArray("‹redacted, 0 bytes›");
}

void TestRedact::values() {
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, kept);
    QCOMPARE(redactedValue(value), kept);
}

void TestRedact::targets_data() {
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("kept");
    const auto row = [](const char* tag, const char* target, const char* kept) {
        QTest::newRow(tag) << QByteArray(target) << QByteArray(kept);
    };
    row("a target without secrets stays as it is", "/v1/messages?beta=true&n=1",
        "/v1/messages?beta=true&n=1");
    row("a key goes", "/x?key=abc&beta=true", "/x?key=‹redacted, 3 bytes›&beta=true");
    row("a token behind another parameter goes", "/x?a=1&TOKEN=0123456789abcdef",
        "/x?a=1&TOKEN=‹redacted, 16 bytes, …cdef›");
    row("names that end in a secret word go", "/x?client_secret=abc&X-Amz-Signature=def&idToken=g",
        "/x?client_secret=‹redacted, 3 bytes›&X-Amz-Signature=‹redacted, 3 bytes›&"
        "idToken=‹redacted, 1 bytes›");
    row("a percent-coded name is read", "/x?%6bey=abc", "/x?%6bey=‹redacted, 3 bytes›");
    row("counters are plain", "/x?max_tokens=5&keyword=a&monkey=b",
        "/x?max_tokens=5&keyword=a&monkey=b");
    row("a parameter without a value stays", "/x?key&sig=", "/x?key&sig=");
    row("a value holds more equal signs", "/x?sig=a=b==", "/x?sig=‹redacted, 5 bytes›");
    row("a fragment is a query too", "http://h/#access_token=abc",
        "http://h/#access_token=‹redacted, 3 bytes›");
    row("user information goes", "http://user:pass@host:1/x",
        "http://‹redacted, 9 bytes›@host:1/x");
    row("user information with an at sign goes whole", "http://u@x:p@host/",
        "http://‹redacted, 5 bytes›@host/");
    row("user information in authority-form goes", "user:pass@host:443",
        "‹redacted, 9 bytes›@host:443");
    row("user information of a URL in a query goes", "/x?next=https://u:p@h/",
        "/x?next=https://‹redacted, 3 bytes›@h/");
    row("an at sign in a path is plain", "/@scope/a@b", "/@scope/a@b");
    row("a second question mark does not hide a key", "/x?a?key=abc",
        "/x?a?key=‹redacted, 3 bytes›");
    row("a path parameter goes", "/x;token=abc/y", "/x;token=‹redacted, 5 bytes›");
    row("nothing is nothing", "", "");
    row("names that look alike stay", "/x?monkey=1&keyboard=us&author=x&page_token_count=3",
        "/x?monkey=1&keyboard=us&author=x&page_token_count=3");
    row("a segment of a path with a secret's name goes", "/x/token=abc/d?a=b",
        "/x/token=‹redacted, 5 bytes›?a=b");
    row("a value with a secret's name goes", "/x?a=token=abc&b=c",
        "/x?a=token=‹redacted, 3 bytes›&b=c");
    row("a key under a harmless name goes", "/x?t=sk-ant-0123456789&u=1",
        "/x?t=‹redacted, 17 bytes, …6789›&u=1");
    row("a key in the path goes", "/sk-ant-api03-0123456789/x", "/‹redacted, 23 bytes, …6789›/x");
    row("what only begins like a key stays", "/sk-SK/news?lang=sk-SK&risk-free=1",
        "/sk-SK/news?lang=sk-SK&risk-free=1");
    row("a scheme without a blank is a word", "/auth/basic/login?type=bearer",
        "/auth/basic/login?type=bearer");
    row("an encoded scheme goes with what is behind", "/x?hello=Bearer%20abc/def&a=b",
        "/x?hello=‹redacted, 16 bytes›&a=b");
    row("a plus is a blank in a value", "/x?hello=Bearer+abc&a=b",
        "/x?hello=‹redacted, 10 bytes›&a=b");
    row("an encoded scheme in the path goes", "/x/Bearer%20abc/y", "/x/‹redacted, 12 bytes›/y");
    row("a token of an encoded target goes", "/x?next=%2Fx%3Ftoken%3Dabc&a=b",
        "/x?next=‹redacted, 18 bytes›&a=b");
    row("an encoded target that is half encoded goes", "/x?next=/x%3Ftoken%3Dabc",
        "/x?next=‹redacted, 16 bytes›");
    row("what is encoded twice is decoded twice", "/x?next=%252Fx%253Ftoken%253Dabc",
        "/x?next=‹redacted, 24 bytes›");
    row("an encoded parameter goes", "/x?q=token%3Dabc", "/x?q=‹redacted, 11 bytes›");
    row("an encoded key goes", "/x?q=sk%2Dant%2D0123456789", "/x?q=‹redacted, 21 bytes›");
    row("an encoded target in the path goes", "/x%3Ftoken%3Dabc/y?z", "/‹redacted, 15 bytes›/y?z");
    row("encoded user information goes", "/x?u=user%3Apass%40h&a=b",
        "/x?u=‹redacted, 15 bytes›&a=b");
    row("user information of an encoded URL goes", "/x?u=http%3A%2F%2Fuser%3Apass%40h",
        "/x?u=‹redacted, 28 bytes›");
    row("a name and a password in the path go", "/user:pass@h/x", "/‹redacted, 9 bytes›@h/x");
    row("a name and a password in a value go", "/x?u=user:pass@h&t=12:30&m=a@b",
        "/x?u=‹redacted, 9 bytes›@h&t=12:30&m=a@b");
    row("mail is no user information", "/x?m=bob%40example.com&n=a@b",
        "/x?m=bob%40example.com&n=a@b");
    row("a scope that is encoded stays", "/@scope%2fname/%E4%B8%AD?q=a%20b%26c+d",
        "/@scope%2fname/%E4%B8%AD?q=a%20b%26c+d");
    row("a percent sign that codes nothing stays", "/100%/%zz?a=%", "/100%/%zz?a=%");
}

void TestRedact::targets() {
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, kept);
    QCOMPARE(redactedTarget(target), kept);
}

void TestRedact::texts_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("kept");
    QTest::newRow("plain text stays") << QByteArray("model not found: large (try: small)")
                                      << QByteArray("model not found: large (try: small)");
    QTest::newRow("a key that is quoted back goes")
        << QByteArray("invalid key \"sk-ant-0123456789\"!")
        << QByteArray("invalid key \"‹redacted, 17 bytes, …6789›\"!");
    QTest::newRow("a bearer token goes")
        << QByteArray("got Bearer abcdef, no") << QByteArray("got Bearer ‹redacted, 6 bytes›, no");
    QTest::newRow("a key in the name of a subprotocol goes")
        << QByteArray("realtime, openai-insecure-api-key.sk-proj-0123456789, x.v1")
        << QByteArray("realtime, openai-insecure-api-key.‹redacted, 18 bytes, …6789›, x.v1");
    QTest::newRow("a bearer in the name of a subprotocol goes")
        << QByteArray("base64url.bearer.authorization.k8s.io.dG9rZW4, v4.channel.k8s.io")
        << QByteArray("base64url.bearer.‹redacted, 28 bytes, …rZW4›, v4.channel.k8s.io");
    QTest::newRow("words that only look alike stay")
        << QByteArray("a risk-free task-force is asked, forbearer.example")
        << QByteArray("a risk-free task-force is asked, forbearer.example");
    QTest::newRow("a key in a URL goes") << QByteArray("see http://u:p@h/?key=abc")
                                         << QByteArray("see http://‹redacted, 3 bytes›@h/?key="
                                                       "‹redacted, 3 bytes›");
    QTest::newRow("a key that is seen by name and by looks goes once")
        << QByteArray("see /x?key=sk-ant-0123456789")
        << QByteArray("see /x?key=‹redacted, 17 bytes, …6789›");
    QTest::newRow("a key of another vendor goes")
        << QByteArray("remote: ghp_16C7e42F292c6912E7710c838347Ae178B4a")
        << QByteArray("remote: ‹redacted, 40 bytes, …8B4a›");
    QTest::newRow("a percentage stays") << QByteArray("at 100% of a/b, 5%20") //
                                        << QByteArray("at 100% of a/b, 5%20");
}

void TestRedact::texts() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, kept);
    QCOMPARE(redactedText(text), kept);
}

void TestRedact::contents_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("kept");
    const auto row = [](const char* tag, const char* content, const char* kept) {
        QTest::newRow(tag) << QByteArray(content) << QByteArray(kept);
    };
    row("nothing", "", "");
    row("plain text stays", "hello \"world\": fine", "hello \"world\": fine");
    row("JSON without secrets stays", R"({"max_tokens":100,"type":"text","a\"b":"c"})",
        R"({"max_tokens":100,"type":"text","a\"b":"c"})");
    row("a key by its name", R"({"a":"b","api_key" : "0123456789abcdef","c":"d"})",
        R"({"a":"b","api_key" : "‹redacted, 16 bytes, …cdef›","c":"d"})");
    row("two of them", R"({"token":"x","password":"y"})",
        R"({"token":"‹redacted, 1 bytes›","password":"‹redacted, 1 bytes›"})");
    row("an empty one stays", R"({"token":"","a":"b"})", R"({"token":"","a":"b"})");
    row("a number stays", R"({"token":5,"key":null})", R"({"token":5,"key":null})");
    row("one that is cut", R"({"secret":"0123456789abcdef)",
        R"({"secret":"‹redacted, 16 bytes, …cdef›)");
    row("a cut name", R"({"secr)", R"({"secr)");
    row("a cut escape", "{\"token\":\"ab\\", "{\"token\":\"‹redacted, 3 bytes›");
    row("names that a URL has too", R"({"auth":"abc","jwt":"d","author":"e"})",
        R"({"auth":"‹redacted, 3 bytes›","jwt":"‹redacted, 1 bytes›","author":"e"})");
    row("a key by its shape in any member", R"({"text":"sk-ant-0123456789"})",
        R"({"text":"‹redacted, 17 bytes, …6789›"})");
}

void TestRedact::contents() {
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, kept);
    QCOMPARE(redactedContent(content), kept);
}

void TestRedact::messages_data() {
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("kept");
    const auto row = [](const char* tag, const char* message, const char* kept) {
        QTest::newRow(tag) << QString::fromUtf8(message) << QString::fromUtf8(kept);
    };
    row("a sentence stays", "send Authorization: Bearer TOKEN, or set key=NAME",
        "send Authorization: Bearer TOKEN, or set key=NAME");
    row("a host that is a key goes", "no route takes sk-ant-api03-0123456789abcdef:443",
        "no route takes ‹redacted, 29 bytes, …cdef›:443");
    row("a secret that is known goes", "hunter2hunter2 is not a host",
        "‹redacted, 14 bytes, …ter2› is not a host");
    row("a mark stays", "‹redacted, 14 bytes, …ter2› is not a host",
        "‹redacted, 14 bytes, …ter2› is not a host");
}

void TestRedact::messages() {
    QFETCH(QString, message);
    QTEST(redactedMessage(message, KnownSecrets().renewed({"hunter2hunter2"})), "kept");
}

/// Would not end within the time that a test has if each delimiter cost a walk to the end.
void TestRedact::aTargetOfOnlyDelimitersIsWalkedOnce() {
    for (const char* unit : {"=", "%3d", "a=b+", "//", "/@", "?key%25=", "+=%25", ":@/"}) {
        const QByteArray target = QByteArray("/x?a=") + QByteArray(unit).repeated(200'000);
        QVERIFY(redactedTarget(target).size() > 0);
    }
}

QTEST_APPLESS_MAIN(TestRedact)
#include "tst_redact.moc"
