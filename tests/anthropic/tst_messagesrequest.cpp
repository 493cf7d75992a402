// SPDX-License-Identifier: MIT
#include "core/anthropic/usage.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sallyport;

class TestMessagesRequest : public QObject {
    Q_OBJECT
private slots:
    void facts_data();
    void facts();
    void everyCutGivesTheSame_data() { facts_data(); }
    void everyCutGivesTheSame();
    void byteByByteGivesTheSame_data() { facts_data(); }
    void byteByByteGivesTheSame();
    void aLongModelIsBounded();
    void aPromptOfOneMebibyteIsCheap();
};

void TestMessagesRequest::facts_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<bool>("wantsStream");
    const auto row = [](const char* tag, const char* json, const char* model, bool wantsStream) {
        QTest::newRow(tag) << QByteArray(json) << QByteArray(model) << wantsStream;
    };
    row("both at the front", R"({"model":"m","stream":true,"messages":[]})", "m", true);
    row("both behind the messages",
        R"({"messages":[{"role":"user","content":"x"}],"stream":true,"model":"m"})", "m", true);
    row("blanks everywhere", " \r\n{ \"model\" :\t\"m\" , \"stream\" : true }", "m", true);
    row("stream is false", R"({"model":"m","stream":false})", "m", false);
    row("stream is a word, not a truth", R"({"model":"m","stream":"true"})", "m", false);
    row("stream is null", R"({"stream":null,"model":"m"})", "m", false);
    row("a model inside a message is not the request's",
        R"({"messages":[{"model":"x","stream":true,"a":[{"model":"y"}]}],"model":"m"})", "m",
        false);
    row("quotes and braces inside strings are text",
        R"({"system":"a \"model\":\"x\" }]{[ \\","model":"m"})", "m", false);
    row("backslashes before a closing quote", R"({"a":"\\\\","b":"\\\"","model":"m"})", "m", false);
    row("an escaped key is the same key", R"({"mod\u0065l":"m"})", "m", false);
    row("an escaped model is unescaped", R"({"model":"a\/b\u0041"})", "a/bA", false);
    row("of two models the last one counts", R"({"model":"a","model":"b"})", "b", false);
    row("of two streams the last one counts", R"({"stream":true,"model":"m","stream":"x"})", "m",
        false);
    row("a byte order mark is passed over", "\xef\xbb\xbf{\"model\":\"m\"}", "m", false);
    row("a model that is no string", R"({"model":7,"stream":true})", "", true);
    row("numbers and literals are skipped",
        R"({"max_tokens":32000,"t":-1.5e3,"x":null,"model":"m"})", "m", false);
    row("an empty object", "{}", "", false);
    row("an array is no request", R"([{"model":"x"}])", "", false);
    row("a string is no request", R"("model")", "", false);
    row("nothing", "", "", false);
    row("cut behind the model", R"({"model":"m","messages":[{"content":"abc)", "m", false);
    row("cut inside the model", R"({"model":"clau)", "", false);
    row("nothing behind an error is believed", R"({"model":"m" "stream":true})", "m", false);
    row("a second object is not read", R"({"model":"m"}{"stream":true})", "m", false);
    row("a literal that stream ends with", R"({"model":"m","stream":true )", "m", true);
}

void TestMessagesRequest::facts() {
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, model);
    QFETCH(bool, wantsStream);
    const MessagesRequestSummary found = readMessagesRequest(json);
    QCOMPARE(found.model, model);
    QCOMPARE(found.wantsStream, wantsStream);
}

void TestMessagesRequest::everyCutGivesTheSame() {
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, model);
    QFETCH(bool, wantsStream);
    for (qsizetype cut = 0; cut <= json.size(); ++cut) {
        MessagesRequestReader reader;
        reader.feed(QByteArrayView(json).first(cut));
        reader.feed(QByteArrayView(json).sliced(cut));
        QCOMPARE(reader.facts().model, model);
        QCOMPARE(reader.facts().wantsStream, wantsStream);
    }
}

void TestMessagesRequest::byteByByteGivesTheSame() {
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, model);
    QFETCH(bool, wantsStream);
    MessagesRequestReader reader;
    for (const char& c : qAsConst(json))
        reader.feed(QByteArrayView(&c, 1));
    QCOMPARE(reader.facts().model, model);
    QCOMPARE(reader.facts().wantsStream, wantsStream);
}

void TestMessagesRequest::aLongModelIsBounded() {
    QByteArray json = R"({"model":")";
    json += QByteArray(100000, 'm');
    json += R"(","stream":true})";
    const MessagesRequestSummary found = readMessagesRequest(json);
    QCOMPARE(found.model, QByteArray(256, 'm'));
    QVERIFY(found.wantsStream);
}

void TestMessagesRequest::aPromptOfOneMebibyteIsCheap() {
    QByteArray json = R"({"model":"m","messages":[)";
    while (json.size() < 1024 * 1024)
        json +=
            R"({"role":"user","content":[{"type":"text","text":"int main() {\n\treturn \"a\\b\";\n}"}]},)";
    json += R"({"role":"user","content":"end"}],"stream":true})";
    MessagesRequestSummary found;
    QBENCHMARK { found = readMessagesRequest(json); }
    QCOMPARE(found.model, "m");
    QVERIFY(found.wantsStream);
}

QTEST_APPLESS_MAIN(TestMessagesRequest)
#include "tst_messagesrequest.moc"
