// SPDX-License-Identifier: MIT
#include "core/support/sharedoptional.h"

#include <QTest>

using namespace sallyport;

class TestSharedOptional : public QObject {
    Q_OBJECT
private slots:
    void thereIsNoneAtFirst() {
        const SharedOptional<QByteArray> none;
        QVERIFY(!none);
        QVERIFY(!none.has_value());
        QCOMPARE(sizeof none, sizeof(void*));
    }

    void copiesShareTheValue() {
        const SharedOptional<QByteArray> first = QByteArray("text");
        const SharedOptional<QByteArray> second = first; // NOLINT: the copy is what is tested
        QVERIFY(second);
        QCOMPARE(&*second, &*first);
        QCOMPARE(second->size(), 4);
    }

    void whatIsWrittenToIsNoLongerShared() {
        const SharedOptional<QByteArray> first = QByteArray("text");
        SharedOptional<QByteArray> second = first;
        second->append("s");
        QCOMPARE(*first, QByteArray("text"));
        QCOMPARE(*second, QByteArray("texts"));
        second = {};
        QVERIFY(!second);
        QVERIFY(first);
    }
};

QTEST_GUILESS_MAIN(TestSharedOptional)
#include "tst_sharedoptional.moc"
