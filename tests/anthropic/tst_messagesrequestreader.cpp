// SPDX-License-Identifier: MIT
#include "core/anthropic/messagesrequestreader.h"

#include <QTest>

using namespace sallyport;

class TestMessagesRequestReader : public QObject {
    Q_OBJECT
private slots:
    void models_data();
    void models();
    void byteByByteGivesTheSame_data() { models_data(); }
    void byteByByteGivesTheSame();
    void aLongModelIsBounded();
    void aPromptOfOneMebibyteIsCheap();
};

static QByteArray modelOf(const QByteArray& json) {
    MessagesRequestReader reader;
    reader.feed(json);
    return reader.model();
}

void TestMessagesRequestReader::models_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("model");
    const auto row = [](const char* tag, const QByteArray& json, const char* model) {
        QTest::newRow(tag) << json << QByteArray(model);
    };
    row("at the front", R"({"model":"m","stream":true,"messages":[]})", "m");
    row("after the messages",
        R"({"messages":[{"role":"user","content":"x"}],"stream":true,"model":"m"})", "m");
    row("whitespace everywhere", " \r\n{ \"model\" :\t\"m\" , \"stream\" : true }", "m");
    row("a model inside a message is not the request's",
        R"({"messages":[{"model":"x","a":[{"model":"y"}]}],"model":"m"})", "m");
    row("quotes and braces inside strings are text",
        R"({"system":"a \"model\":\"x\" }]{[ \\","model":"m"})", "m");
    row("backslashes before a closing quote", R"({"a":"\\\\","b":"\\\"","model":"m"})", "m");
    row("an escaped name is the same name", R"({"mod\u0065l":"m"})", "m");
    row("an escaped model is unescaped", R"({"model":"a\/b\u0041"})", "a/bA");
    row("half a surrogate pair in a model", R"({"model":"a\ud83d"})", "a\xef\xbf\xbd");
    row("a model that is not UTF-8", "{\"model\":\"a\xff\"}", "a\xef\xbf\xbd");
    row("of two models the last one counts", R"({"model":"a","model":"b"})", "b");
    row("of two models the last one counts, also when it is no string",
        R"({"model":"a","model":["b"]})", "");
    row("a byte order mark is passed over", "\xef\xbb\xbf{\"model\":\"m\"}", "m");
    row("a model that is no string", R"({"model":7,"stream":true})", "");
    row("numbers and literals are skipped",
        R"({"max_tokens":32000,"t":-1.5e3,"x":null,"model":"m"})", "m");
    row("an empty object", "{}", "");
    row("an array is no request", R"([{"model":"x"}])", "");
    row("a string is no request", R"("model")", "");
    row("nothing", "", "");
    row("cut after the model", R"({"model":"m","messages":[{"content":"abc)", "m");
    row("cut inside the model", R"({"model":"clau)", "");
    row("nothing after an error is read", R"({"a":1 "model":"m"})", "");
    row("a second object is not read", R"({"a":1}{"model":"m"})", "");
    row("a model after a hundred thousand levels is not read",
        R"({"a":)" + QByteArray(100000, '[') + QByteArray(100000, ']') + R"(,"model":"m"})", "");
}

void TestMessagesRequestReader::models() {
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, model);
    QCOMPARE(modelOf(json), model);
}

void TestMessagesRequestReader::byteByByteGivesTheSame() {
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, model);
    MessagesRequestReader reader;
    for (const char& c : qAsConst(json))
        reader.feed(QByteArrayView(&c, 1));
    QCOMPARE(reader.model(), model);
}

void TestMessagesRequestReader::aLongModelIsBounded() {
    const QByteArray json = R"({"model":")" + QByteArray(100000, 'm') + R"(","stream":true})";
    QCOMPARE(modelOf(json), QByteArray(MessagesRequestReader::kMaxModel, 'm'));
}

void TestMessagesRequestReader::aPromptOfOneMebibyteIsCheap() {
    QByteArray json = R"({"messages":[)";
    while (json.size() < 1024 * 1024)
        json +=
            R"({"role":"user","content":[{"type":"text","text":"int main() {\n\treturn \"a\\b\";\n}"}]},)";
    json += R"({"role":"user","content":"end"}],"model":"m"})";
    QByteArray model;
    QBENCHMARK { model = modelOf(json); }
    QCOMPARE(model, "m");
}

QTEST_APPLESS_MAIN(TestMessagesRequestReader)
#include "tst_messagesrequestreader.moc"
