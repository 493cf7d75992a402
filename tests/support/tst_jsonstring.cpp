// SPDX-License-Identifier: MIT
#include "core/support/jsonstring.h"

#include <QTest>

using namespace sallyport;

class TestJsonString : public QObject {
    Q_OBJECT
private slots:
    void literals_data();
    void literals();
    void everyByteComesBack();
    void onlyTheFourBytesOfJsonAreWhitespace();
};

void TestJsonString::literals_data() {
    QTest::addColumn<QByteArray>("literal");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* tag, const char* literal, const char* value) {
        QTest::newRow(tag) << QByteArray(literal) << QByteArray(value);
    };
    row("plain text", R"("abc")", "abc");
    row("an empty string", R"("")", "");
    row("every escape of two bytes", R"("\"\\\/\b\f\n\r\t")", "\"\\/\b\f\n\r\t");
    row("a letter by its number", R"("\u00e9\u00E9")", "\xc3\xa9\xc3\xa9");
    row("a surrogate pair", R"("\ud83d\udeaa")", "\xf0\x9f\x9a\xaa");
    row("the first half of a pair", R"("\ud83dx")", "\xef\xbf\xbdx");
    row("the second half of a pair", R"("\udeaax")", "\xef\xbf\xbdx");
    row("two first halves", R"("\ud83d\ud83d")", "\xef\xbf\xbd\xef\xbf\xbd");
    row("half a pair and a letter by its number", R"("\ud83d\u0041")",
        "\xef\xbf\xbd"
        "A");
    row("an unknown escape", R"("\xb")",
        "\xef\xbf\xbd"
        "b");
    row("an escape that is cut after its backslash", "\"a\\\"", "a\xef\xbf\xbd");
    row("an escape that is cut in its digits", R"("\u12")",
        "\xef\xbf\xbd"
        "12");
    row("bytes that are not UTF-8 stay", "\"\xff\x80\"", "\xff\x80");
}

void TestJsonString::literals() {
    QFETCH(QByteArray, literal);
    QFETCH(QByteArray, value);
    QCOMPARE(decodedJsonString(literal), value);
    QCOMPARE(decodedJsonString(jsonString(value)), value);
}

void TestJsonString::everyByteComesBack() {
    for (int byte = 0; byte < 256; ++byte) {
        const QByteArray value(3, static_cast<char>(byte));
        const QByteArray literal = jsonString(value);
        QCOMPARE(decodedJsonString(literal), value);
        QVERIFY(std::none_of(literal.begin(), literal.end(), [](char c) {
            return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
        }));
    }
}

void TestJsonString::onlyTheFourBytesOfJsonAreWhitespace() {
    QByteArray found;
    for (int byte = 0; byte < 256; ++byte)
        if (isJsonWhitespace(static_cast<char>(byte))) found += static_cast<char>(byte);
    QCOMPARE(found, "\t\n\r ");
}

QTEST_APPLESS_MAIN(TestJsonString)
#include "tst_jsonstring.moc"
