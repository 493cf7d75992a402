// SPDX-License-Identifier: MIT
#include "core/support/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <limits>

using namespace sallyport;

class TestJsonText : public QObject {
    Q_OBJECT
private slots:
    void values_data();
    void values();
    void whatIsWrittenIsReadAgain();
};

void TestJsonText::values_data() {
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* tag, const QJsonValue& value, const char* json) {
        QTest::newRow(tag) << value << QByteArray(json);
    };
    row("null", QJsonValue(), "null");
    row("a truth", true, "true");
    row("a whole number", 9007199254740991.0, "9007199254740991");
    row("a negative one", -5, "-5");
    row("a real", 0.1, "0.1");
    row("a large real", 1e21, "1e+21");
    row("no number", std::numeric_limits<double>::infinity(), "null");
    row("quotes and backslashes", QStringLiteral("\"\\"), R"("\"\\")");
    row("line ends and tabs", QStringLiteral("\r\n\t"), R"("\r\n\t")");
    row("control characters", QStringLiteral("\u0001\u007f\u009b"), R"("\u0001\u007f\u009b")");
    row("what turns the direction of writing", QStringLiteral("\u202e"), R"("\u202e")");
    row("characters beyond the first plane", QStringLiteral("\U0001F600"), "\"\xf0\x9f\x98\x80\"");
    row("a tag character, which has no width", QStringLiteral("\U000E0041"), R"("\udb40\udc41")");
    row("half a pair", QString(QChar(0xd83d)), R"("\ud83d")");
    row("the other half before a letter", QString(QString(QChar(0xde00)) + u'a'), R"("\ude00a")");
    row("an array", QJsonArray{1, QJsonArray(), QJsonObject()}, "[1,[],{}]");
    row("an object", QJsonObject{{QStringLiteral("b"), 1}, {QStringLiteral("a\""), 2}},
        R"({"a\"":2,"b":1})");
}

void TestJsonText::values() {
    QFETCH(QJsonValue, value);
    QFETCH(QByteArray, json);
    QCOMPARE(jsonBytes(value), json);
}

void TestJsonText::whatIsWrittenIsReadAgain() {
    const QJsonObject object{{QStringLiteral("Zürich \u2028\n"), QJsonArray{0.1, 1e300, -7, true}},
                             {QStringLiteral("中"), QStringLiteral("\U0001F600\u202e")}};
    QCOMPARE(QJsonDocument::fromJson(jsonBytes(object)).object(), object);
}

QTEST_APPLESS_MAIN(TestJsonText)
#include "tst_jsontext.moc"
