// SPDX-License-Identifier: MIT
#include "core/anthropic/jsontree.h"

#include "core/support/jsonlimits.h"

#include <QTest>

using namespace sallyport;

class TestJsonTree : public QObject {
    Q_OBJECT
private slots:
    void whatIsNotDeepIsATree();
    void faults_data();
    void faults();
};

static QByteArray nested(int levels) { return QByteArray(levels, '[') + QByteArray(levels, ']'); }

void TestJsonTree::whatIsNotDeepIsATree() {
    const auto tree = parseJsonTree(R"({"a":[1,{"b":null}],"c":"é"})");
    QVERIFY(tree.isOk());
    QCOMPARE(tree->dump(), std::string(R"({"a":[1,{"b":null}],"c":"é"})"));
    QVERIFY(parseJsonTree(nested(kMaxJsonDepth)).isOk());
}

void TestJsonTree::faults_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isTooDeep");
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("cut") << QByteArray("{\"a\":") << false;
    QTest::newRow("two documents") << QByteArray("{}{}") << false;
    QTest::newRow("one level too many") << nested(kMaxJsonDepth + 1) << true;
    QTest::newRow("a hundred thousand levels") << nested(100000) << true;
    QTest::newRow("a million levels that do not end") << QByteArray(1000000, '[') << true;
    QTest::newRow("a hundred thousand objects") << QByteArray("{\"a\":").repeated(100000) << true;
}

void TestJsonTree::faults() {
    QFETCH(QByteArray, text);
    QFETCH(bool, isTooDeep);
    const auto tree = parseJsonTree(text);
    QVERIFY(!tree.isOk());
    QCOMPARE(tree.error() == JsonFault::TooDeep, isTooDeep);
}

QTEST_APPLESS_MAIN(TestJsonTree)
#include "tst_jsontree.moc"
