// SPDX-License-Identifier: MIT
#include "core/secrets/secrettrie.h"

#include <QTest>

using namespace sallyport;

class TestSecretTrie : public QObject {
    Q_OBJECT
private slots:
    void forms_data();
    void forms();
    void whatGoesOnAfterTheEnd_data();
    void whatGoesOnAfterTheEnd();
};

static SecretTrie someTrie() {
    SecretTrie trie;
    trie.add("abcdef", SecretTrie::Form::Itself);
    trie.add("abcdefgh", SecretTrie::Form::Itself);
    trie.add("efghij", SecretTrie::Form::Itself);
    trie.add("a/b\"c", SecretTrie::Form::Itself);
    trie.add("%41x", SecretTrie::Form::Itself);
    trie.add("wxyz", SecretTrie::Form::Unescaped);
    trie.add("QkFT", SecretTrie::Form::InBase64);
    return trie;
}

void TestSecretTrie::forms_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("masked");
    const auto row = [](const char* tag, const char* text, const char* masked) {
        QTest::newRow(tag) << QByteArray(text) << QByteArray(masked);
    };
    row("nothing", "", "");
    row("nothing of it", "abcde abcd ef", "abcde abcd ef");
    row("in the middle", "xabcdefx", "x‹redacted, 6 bytes›x");
    row("the longest of two", "abcdefgh", "‹redacted, 8 bytes›");
    row("two that overlap", "abcdefghij.", "‹redacted, 10 bytes›.");
    row("after a false start", "abababcdef", "abab‹redacted, 6 bytes›");
    row("with one byte encoded", "ab%63def", "‹redacted, 8 bytes›");
    row("with the first byte encoded", "x%61bcdefx", "x‹redacted, 8 bytes›x");
    row("with the last byte encoded twice", "abcde%2566.", "‹redacted, 10 bytes›.");
    row("with escapes of JSON", "a\\/b\\\"c", "‹redacted, 7 bytes›");
    row("with escapes of both kinds", "\\u0061%62cdef", "‹redacted, 13 bytes›");
    row("one that looks like an escape", "%41x", "‹redacted, 4 bytes›");
    row("and the same encoded", "%2541x", "‹redacted, 6 bytes›");
    row("one that is not looked for in escapes", "wxyz wx%79z", "‹redacted, 4 bytes› wx%79z");
    row("one in base64", "x.QkFT.x", "x.‹redacted, 4 bytes›.x");
}

void TestSecretTrie::forms() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, masked);
    SecretSpans found;
    const qsizetype open = someTrie().find(text, found);
    QVERIFY(open <= text.size());
    QCOMPARE(found.masked(text).value_or(text), masked);
}

void TestSecretTrie::whatGoesOnAfterTheEnd_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("open");
    const auto row = [](const char* tag, const char* text, int open) {
        QTest::newRow(tag) << QByteArray(text) << open;
    };
    row("nothing does", "xyx", 3);
    row("a first byte", "xxa", 2);
    row("a start", "xabcd", 1);
    row("the first of two", "abcdefghi", 4);
    row("an escape that is cut", "abc%6", 0);
    row("a sign of an escape", "xx%", 2);
    row("an escape that begins a form", "xx\\u00", 2);
    row("one that ends there and can go on", "abcdef", 0);
    row("one that can not go on", "xabcdefgh.", 10);
}

void TestSecretTrie::whatGoesOnAfterTheEnd() {
    QFETCH(QByteArray, text);
    QFETCH(int, open);
    SecretSpans found;
    QCOMPARE(someTrie().find(text, found), open);
}

QTEST_APPLESS_MAIN(TestSecretTrie)
#include "tst_secrettrie.moc"
