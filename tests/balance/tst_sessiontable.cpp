// SPDX-License-Identifier: MIT
#include "core/balance/sessiontable.h"

#include <QTest>

using namespace sallyport;

class TestSessionTable : public QObject {
    Q_OBJECT
private slots:
    void knowsWhereASessionWent() {
        SessionTable table;
        QVERIFY(!table.find("a"));
        table.put("a", 1);
        table.put("b", 2);
        table.put("a", 3);
        QCOMPARE(table.find("a").value_or(0), quint64{3});
        QCOMPARE(table.find("b").value_or(0), quint64{2});
        QCOMPARE(table.size(), std::size_t{2});
    }
    void forgets() {
        SessionTable table;
        table.put("a", 1);
        table.forget("a");
        table.forget("never was");
        QVERIFY(!table.find("a"));
    }
    void theOneThatWasUsedLongestAgoGoes() {
        SessionTable table;
        for (std::size_t i = 0; i < SessionTable::kMost; ++i)
            table.put(QByteArray::number(qulonglong(i)), i);
        table.put("0", 7);
        table.put("one more", 8);
        QCOMPARE(table.size(), SessionTable::kMost);
        QVERIFY(table.find("0"));
        QVERIFY(!table.find("1"));
        QVERIFY(table.find("one more"));
    }
    void whatIsNoSessionIsNotKept() {
        SessionTable table;
        table.put("", 1);
        table.put(QByteArray(SessionTable::kMaxName + 1, 'x'), 1);
        QCOMPARE(table.size(), std::size_t{0});
        table.put(QByteArray(SessionTable::kMaxName, 'x'), 1);
        QCOMPARE(table.size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestSessionTable)
#include "tst_sessiontable.moc"
