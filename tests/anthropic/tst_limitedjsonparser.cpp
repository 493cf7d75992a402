// SPDX-License-Identifier: MIT
#include "core/anthropic/limitedjsonparser.h"

#include "core/support/jsonlimits.h"

#include <QTest>

using namespace sallyport;

class TestBoundedJson : public QObject {
    Q_OBJECT
private slots:
    void whatIsNotDeepIsATree();
    void faults_data();
    void faults();
};

static QByteArray nested(int levels) { return QByteArray(levels, '[') + QByteArray(levels, ']'); }

void TestBoundedJson::whatIsNotDeepIsATree() {
    const auto tree = parseBoundedJson(R"({"a":[1,{"b":null}],"c":"é"})");
    QVERIFY(tree.isOk());
    QCOMPARE(tree->dump(), std::string(R"({"a":[1,{"b":null}],"c":"é"})"));
    QVERIFY(parseBoundedJson(nested(kMaxJsonDepth)).isOk());
}

void TestBoundedJson::faults_data() {
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

void TestBoundedJson::faults() {
    QFETCH(QByteArray, text);
    QFETCH(bool, isTooDeep);
    const auto tree = parseBoundedJson(text);
    QVERIFY(!tree.isOk());
    QCOMPARE(tree.error() == JsonFault::TooDeep, isTooDeep);
}

QTEST_APPLESS_MAIN(TestBoundedJson)
#include "tst_limitedjsonparser.moc"
