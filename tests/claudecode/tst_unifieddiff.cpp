// SPDX-License-Identifier: MIT
#include "core/claudecode/unifieddiff.h"

#include <QTest>

using namespace sallyport;

class UnifiedDiffTest : public QObject {
    Q_OBJECT
private slots:
    void diff_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QByteArray>("hunks");
        QTest::newRow("equal texts have none")
            << QByteArray("a\n") << QByteArray("a\n") << QByteArray();
        QTest::newRow("a new file")
            << QByteArray() << QByteArray("a\nb\n") << QByteArray("@@ -0,0 +1,2 @@\n+a\n+b\n");
        QTest::newRow("an emptied file")
            << QByteArray("a\n") << QByteArray() << QByteArray("@@ -1,1 +0,0 @@\n-a\n");
        QTest::newRow("three lines around a change")
            << QByteArray("1\n2\n3\n4\n5\n6\n7\n8\n9\n")
            << QByteArray("1\n2\n3\n4\nX\n6\n7\n8\n9\n")
            << QByteArray("@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+X\n 6\n 7\n 8\n");
        QTest::newRow("changes far apart are two hunks")
            << QByteArray("1\n2\n3\n4\n5\n6\n7\n8\n9\n")
            << QByteArray("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n")
            << QByteArray("@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -7,3 +8,4 @@\n 7\n 8\n 9\n+10\n");
        QTest::newRow("changes close together are one")
            << QByteArray("1\n2\n3\n") << QByteArray("0\n1\n2\n3\n4\n")
            << QByteArray("@@ -1,3 +1,5 @@\n+0\n 1\n 2\n 3\n+4\n");
        QTest::newRow("a missing line end is said")
            << QByteArray("a") << QByteArray("b\n")
            << QByteArray("@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+b\n");
    }
    void diff() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QByteArray, hunks);
        const QString text = unifiedDiff({QStringLiteral("A"), before, QStringLiteral("B"), after});
        QCOMPARE(text.toUtf8(),
                 hunks.isEmpty() ? QByteArray() : QByteArray("--- A\n+++ B\n" + hunks));
    }

    void aLongTextIsShownAsOneBlock() {
        QByteArray before;
        QByteArray after;
        for (int i = 0; i < 3000; ++i) {
            before += "a" + QByteArray::number(i) + '\n';
            after += "b" + QByteArray::number(i) + '\n';
        }
        const QString text = unifiedDiff({QStringLiteral("A"), before, QStringLiteral("B"), after});
        QCOMPARE(text.count(QStringLiteral("\n-a")), 3000);
        QCOMPARE(text.count(QStringLiteral("\n+b")), 3000);
    }
};

QTEST_APPLESS_MAIN(UnifiedDiffTest)
#include "tst_unifieddiff.moc"
