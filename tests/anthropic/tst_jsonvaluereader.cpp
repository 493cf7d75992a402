// SPDX-License-Identifier: MIT
#include "core/anthropic/jsonvaluereader.h"
#include "core/anthropic/lossyutf8.h"
#include "core/support/jsonlimits.h"
#include "core/support/jsontext.h"

#include <QTest>

using namespace sallyport;

class TestJsonValueReader : public QObject {
    Q_OBJECT
private slots:
    void texts_data();
    void texts();
    void cutTexts_data();
    void cutTexts();
    void everyCutOfAnObjectGivesOne();
    void depthIsBounded();
    void bytesThatAreNotUtf8_data();
    void bytesThatAreNotUtf8();
};

namespace {

QByteArray again(const QByteArray& text, JsonEnd end = JsonEnd::Whole) {
    const auto value = parseJsonValue(decodedLossily(text), end);
    return value ? jsonBytes(*value) : QByteArray("refused");
}

} // namespace

void TestJsonValueReader::texts_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("meaning");
    const auto row = [](const char* tag, const char* text, const char* meaning) {
        QTest::newRow(tag) << QByteArray(text) << QByteArray(meaning);
    };
    row("an object", R"( { "b" : [ 1 , -2.5e1, true ] , "a" : null } )",
        R"({"a":null,"b":[1,-25,true]})");
    row("a string alone", R"("a")", R"("a")");
    row("of two members of one name the last one", R"({"a":1,"a":{"b":2}})", R"({"a":{"b":2}})");
    row("escapes", R"("\"\\\/\b\f\n\r\t\u00e9")", "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\xc3\xa9\"");
    row("a surrogate pair", R"("\ud83d\ude00")", "\"\xf0\x9f\x98\x80\"");
    row("half a pair stays", R"("a\ud83d")", R"("a\ud83d")");
    row("the second half stays", R"("\ude00a")", R"("\ude00a")");
    row("a number beyond a double is written as JSON.stringify does", "[1e999]", "[null]");
    row("what turns the direction of writing is written as an escape", "\"\xe2\x80\xae\"",
        R"("\u202e")");
    row("nothing", "", "refused");
    row("two values", "1 2", "refused");
    row("a comma at the end of an array", "[1,]", "refused");
    row("a comma at the end of an object", R"({"a":1,})", "refused");
    row("a name without quotes", "{a:1}", "refused");
    row("a zero in front", "01", "refused");
    row("a plus in front", "+1", "refused");
    row("a point without digits", "1.", "refused");
    row("a control character in a string", "\"\n\"", "refused");
    row("an unknown escape", R"("\x41")", "refused");
    row("an escape of three digits", R"("\u12")", "refused");
    row("a string that is not closed", "\"a", "refused");
    row("a word", "NaN", "refused");
    row("more than a word", "truely", "refused");
}

void TestJsonValueReader::texts() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, meaning);
    QCOMPARE(again(text), meaning);
}

void TestJsonValueReader::cutTexts_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("meaning");
    const auto row = [](const char* tag, const char* text, const char* meaning) {
        QTest::newRow(tag) << QByteArray(text) << QByteArray(meaning);
    };
    row("whole", R"({"a":1})", R"({"a":1})");
    row("a brace", "{", "{}");
    row("after a name", R"({"a")", "{}");
    row("after a colon", R"({"a":)", "{}");
    row("in a string", R"({"a":1,"b":"x)", R"({"a":1})");
    row("in an escape", R"({"a":1,"b":"x\)", R"({"a":1})");
    row("in an escape of digits", R"({"a":1,"b":"x\u00)", R"({"a":1})");
    row("in a number, which may go on", R"({"a":1,"b":12)", R"({"a":1})");
    row("after a number", R"({"a":1,"b":12 )", R"({"a":1,"b":12})");
    row("in a word", R"({"a":1,"b":tru)", R"({"a":1})");
    row("after a comma", R"({"a":1,)", R"({"a":1})");
    row("in a nested object", R"({"a":{"b":[1,{"c":"d"},{)", R"({"a":{"b":[1,{"c":"d"},{}]}})");
    row("a whole string in an array stays", R"(["a")", R"(["a"])");
    row("nothing", "", "refused");
    row("one cut string", "\"abc", "refused");
    row("what is no JSON before the cut", R"({"a":x,"b":1)", "refused");
    row("a bracket that does not match", R"({"a":[1})", "refused");
}

void TestJsonValueReader::cutTexts() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, meaning);
    QCOMPARE(again(text, JsonEnd::Cut), meaning);
}

void TestJsonValueReader::everyCutOfAnObjectGivesOne() {
    const QByteArray text = R"({"a":[1,"\u00e9\"",{"b":null,"c":-1.5e3}],"d":"é","e":{"f":true}})";
    for (qsizetype size = 1; size <= text.size(); ++size)
        QVERIFY2(again(text.first(size), JsonEnd::Cut) != "refused", text.first(size).constData());
}

void TestJsonValueReader::depthIsBounded() {
    const auto nested = [](int levels) {
        return QString(QString(levels, u'[') + QString(levels, u']'));
    };
    QVERIFY(parseJsonValue(nested(kMaxJsonDepth)).isOk());
    const auto deeper = parseJsonValue(nested(kMaxJsonDepth + 1));
    QVERIFY(!deeper);
    QCOMPARE(deeper.error(), JsonFault::TooDeep);
}

void TestJsonValueReader::bytesThatAreNotUtf8_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* tag, const QByteArray& bytes, const char16_t* text) {
        QTest::newRow(tag) << bytes << QString::fromUtf16(text);
    };
    // The examples of Unicode 15, table 3-8 to 3-11.
    row("UTF-8", "a\xc3\xa9\xf0\x9f\x98\x80", u"a\u00e9\U0001F600");
    row("bytes of no sequence, one each", "\xff\x80z", u"\ufffd\ufffdz");
    row("overlong forms, each byte", QByteArray("\xc0\xaf\xe0\x80\xbf\xf0\x81\x82\x41"),
        u"\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdA");
    row("a surrogate, each byte", "\xed\xa0\x80", u"\ufffd\ufffd\ufffd");
    row("sequences that are cut, one each", QByteArray("\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41"),
        u"\ufffd\ufffd\ufffd\ufffdA");
    row("a cut sequence at the end", "a\xf0\x9f\x98", u"a\ufffd");
    row("beyond the last character", "\xf4\x90\x80\x80", u"\ufffd\ufffd\ufffd\ufffd");
    row("a byte order mark is skipped", "\xef\xbb\xbf\xff", u"\ufffd");
}

void TestJsonValueReader::bytesThatAreNotUtf8() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QCOMPARE(decodedLossily(bytes), text);
}

QTEST_APPLESS_MAIN(TestJsonValueReader)
#include "tst_jsonvaluereader.moc"
