// SPDX-License-Identifier: MIT
#include "core/authority/leafcache.h"

#include <QTest>

using namespace sallyport;

namespace {

QDateTime at(int seconds) {
    return QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC).addSecs(seconds);
}

} // namespace

class TestLeafCache : public QObject {
    Q_OBJECT
private slots:
    void aLeafIsFoundUntilItsTime() {
        LeafCache cache;
        const auto leaf = std::make_shared<const TlsIdentity>();
        QVERIFY(!cache.find("a.test", at(0)));
        cache.put("a.test", leaf, at(10));
        QCOMPARE(cache.find("a.test", at(9)), leaf);
        QVERIFY(!cache.find("b.test", at(9)));
        QVERIFY(!cache.find("a.test", at(10)));
        QCOMPARE(cache.size(), std::size_t(0));
    }

    void aNewLeafTakesThePlaceOfTheOld() {
        LeafCache cache;
        const auto second = std::make_shared<const TlsIdentity>();
        cache.put("a.test", std::make_shared<const TlsIdentity>(), at(10));
        cache.put("a.test", second, at(20));
        QCOMPARE(cache.find("a.test", at(15)), second);
        QCOMPARE(cache.size(), std::size_t(1));
    }

    void theOneUsedLongestAgoGoes() {
        LeafCache cache;
        for (std::size_t i = 0; i < LeafCache::kLeaves; ++i)
            cache.put(QByteArray::number(qulonglong(i)), std::make_shared<const TlsIdentity>(),
                      at(10));
        QVERIFY(cache.find("0", at(1))); // is now the last used
        cache.put("one more", std::make_shared<const TlsIdentity>(), at(10));
        QCOMPARE(cache.size(), LeafCache::kLeaves);
        QVERIFY(cache.find("0", at(1)));
        QVERIFY(!cache.find("1", at(1)));
        cache.clear();
        QVERIFY(!cache.find("0", at(1)));
    }
};

QTEST_GUILESS_MAIN(TestLeafCache)
#include "tst_leafcache.moc"
