// SPDX-License-Identifier: MIT
#include "core/secrets/escapedbyte.h"

#include <QTest>

using namespace sallyport;

class TestEscapedByte : public QObject {
    Q_OBJECT
private slots:
    void bytes_data();
    void bytes();
};

void TestEscapedByte::bytes_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("levels");
    QTest::addColumn<QByteArray>("byte"); ///< empty: the text ends too early
    QTest::addColumn<int>("length");
    const auto row = [](const char* tag, const char* text, int levels, const char* byte,
                        int length) {
        QTest::newRow(tag) << QByteArray(text) << levels << QByteArray(byte) << length;
    };
    row("a byte stands for itself", "ab", 2, "a", 1);
    row("an escape that is not undone", "%41", 0, "%", 1);
    row("percent-encoding", "%41b", 1, "A", 3);
    row("in either case", "%2fb", 1, "/", 3);
    row("a percent sign that encodes nothing", "%4gx", 1, "%", 1);
    row("an escape of JSON", "\\u0041b", 1, "A", 6);
    row("one with capitals", "\\u002Fb", 1, "/", 6);
    row("a slash of JSON", "\\/b", 1, "/", 2);
    row("a backslash of JSON", "\\\\b", 1, "\\", 2);
    row("a quote of JSON", "\\\"b", 1, "\"", 2);
    row("a character that is no byte", "\\u0141b", 1, "\\", 1);
    row("a line end of JSON is no byte of a secret", "\\nb", 1, "\\", 1);
    row("percent-encoded twice", "%2541b", 2, "A", 5);
    row("percent-encoded once, read twice", "%41b", 2, "A", 3);
    row("its digits encoded alone", "%%34%31b", 2, "A", 7);
    row("JSON inside of JSON", "\\\\u0041b", 2, "A", 7);
    row("a percent sign in JSON", "\\u002541b", 2, "A", 8);
    row("the text ends", "", 1, "", 0);
    row("the text ends after the sign", "%", 1, "", 0);
    row("the text ends after a digit", "%4", 1, "", 0);
    row("the text ends after a backslash", "\\", 1, "", 0);
    row("the text ends inside of an escape", "\\u004", 1, "", 0);
    row("the text ends inside of the outer one", "%254", 2, "", 0);
}

void TestEscapedByte::bytes() {
    QFETCH(QByteArray, text);
    QFETCH(int, levels);
    QFETCH(QByteArray, byte);
    QFETCH(int, length);
    const EscapedByte read = readEscapedByte(text, 0, levels);
    QCOMPARE(read.isCut, byte.isEmpty());
    if (read.isCut) return;
    QCOMPARE(QByteArray(1, read.byte), byte);
    QCOMPARE(read.length, length);
}

QTEST_APPLESS_MAIN(TestEscapedByte)
#include "tst_escapedbyte.moc"
