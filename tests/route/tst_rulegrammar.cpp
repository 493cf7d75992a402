// SPDX-License-Identifier: MIT
#include "core/route/rulegrammar.h"

#include <QTest>

using namespace sallyport;

class TestRuleGrammar : public QObject {
    Q_OBJECT
private slots:
    void paths_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("isGood");
        const auto row = [](const char* tag, const char* path, bool isGood) {
            QTest::newRow(tag) << QByteArray(path) << isGood;
        };
        row("the root", "/", true);
        row("a folder", "/v1/claude", true);
        row("a slash at the end", "/defm/", true);
        row("encoded bytes", "/caf%C3%A9", true);
        row("a name that begins with a dot", "/.well-known", true);
        row("no slash in front", "v1", false);
        row("nothing", "", false);
        row("a query", "/v1?x", false);
        row("a fragment", "/v1#x", false);
        row("a blank", "/a b", false);
        row("letters outside ASCII", "/caf\xC3\xA9", false);
        row("an empty segment", "/a//b", false);
        row("a dot-segment", "/a/./b", false);
        row("dot-dot", "/a/../b", false);
        row("encoded dot-dot", "/a/%2e%2e/b", false);
        row("an encoded slash", "/a%2fb", false);
        row("a broken encoding", "/a%2", false);
        row("an encoded NUL", "/a%00", false);
        row("a backslash", "/a\\b", false);
        row("an encoded backslash", "/a%5Cb", false);
        row("parameters", "/a;b", false);
        row("an encoded semicolon", "/a%3Bb", false);
        row("an encoded question mark", "/a%3Fb", false);
        row("encoding of encoding", "/a%2562", false);
        row("a full-width slash", "/a%EF%BC%8Fb", false);
        row("a dot in two bytes of UTF-8", "/%C0%AE", false);
        row("sub-delimiters, encoded or not", "/a!b%21", true);
        row("a percent sign", "/100%25", true);
    }
    void paths() {
        QFETCH(QByteArray, path);
        QFETCH(bool, isGood);
        QCOMPARE(isRulePath(path), isGood);
    }

    void tokensAndValues() {
        QVERIFY(isRuleToken("X-Team"));
        QVERIFY(isRuleToken("GET"));
        QVERIFY(!isRuleToken(""));
        QVERIFY(!isRuleToken("X Team"));
        QVERIFY(!isRuleToken("X:"));
        QVERIFY(!isRuleToken("X\xC3\xA9"));
        QVERIFY(isRuleValue(""));
        QVERIFY(isRuleValue("a b\tc"));
        QVERIFY(isRuleValue("caf\xC3\xA9"));
        QVERIFY(!isRuleValue("a\r\nX: b"));
        QVERIFY(!isRuleValue(QByteArrayView("a\0b", 3)));
        QVERIFY(!isRuleValue(" a"));
        QVERIFY(isFramingField("content-length"));
        QVERIFY(isFramingField("Connection"));
        QVERIFY(isFramingField("via"));
        QVERIFY(isFramingField("Transfer_Encoding"));
        QVERIFY(!isFramingField("Host"));
    }
};

QTEST_APPLESS_MAIN(TestRuleGrammar)
#include "tst_rulegrammar.moc"
