// SPDX-License-Identifier: MIT
#include "core/cache/cachestore.h"
#include "tests/cache/fields.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

class TestCacheStore : public QObject {
    Q_OBJECT
private slots:
    void theLeastRecentlyUsedGoes() {
        CacheRules rules;
        rules.maxEntries = 2;
        CacheStore store(rules);
        for (const char* key : {"a", "b"})
            store.put(key, std::make_shared<const StoredResponse>(storedOf({})));
        QVERIFY(store.find("a", {}));
        store.put("c", std::make_shared<const StoredResponse>(storedOf({})));
        QCOMPARE(store.entries(), 2);
        QVERIFY(store.find("a", {}));
        QVERIFY(!store.find("b", {}));
        QVERIFY(store.find("c", {}));
    }
    void bytesAreBounded() {
        CacheRules rules;
        rules.maxSize = 80000;
        CacheStore store(rules);
        for (int i = 0; i < 100; ++i)
            store.put(QByteArray::number(i),
                      std::make_shared<const StoredResponse>(storedOf({}, QByteArray(8000, 'x'))));
        QVERIFY(store.bytes() <= rules.maxSize);
        QVERIFY(store.entries() >= 8);
        QVERIFY(store.find("99", {}));
    }
    void oneThatIsTooLargeIsNotTaken() {
        CacheRules rules;
        rules.maxSize = 80000;
        CacheStore store(rules);
        store.put("a", std::make_shared<const StoredResponse>(storedOf({})));
        store.put("a",
                  std::make_shared<const StoredResponse>(storedOf({}, QByteArray(10000, 'x'))));
        // What it was to replace is gone all the same: it is no longer the response.
        QVERIFY(!store.find("a", {}));
        QCOMPARE(store.bytes(), qsizetype{0});
    }
    void variantsStandBesideEachOther() {
        CacheStore store(CacheRules{});
        for (const char* value : {"1", "2"}) {
            StoredResponse response = storedOf({}, value);
            response.selectedBy = {{"foo", value, true}};
            store.put("a", std::make_shared<const StoredResponse>(response));
        }
        QCOMPARE(store.find("a", fieldsOf({"Foo: 1"}))->content, QByteArray("1"));
        QCOMPARE(store.find("a", fieldsOf({"Foo: 2"}))->content, QByteArray("2"));
        QVERIFY(!store.find("a", fieldsOf({"Foo: 3"})));
        store.remove("a");
        QCOMPARE(store.entries(), 0);
        QCOMPARE(store.bytes(), qsizetype{0});
    }
    void theLatestOfSeveralIsFound() {
        CacheStore store(CacheRules{});
        StoredResponse selected = storedOf({}, "old");
        selected.selectedBy = {{"foo", "1", true}};
        StoredResponse latest = storedOf({}, "new");
        latest.receivedAt += CacheSeconds(1);
        store.put("a", std::make_shared<const StoredResponse>(latest));
        store.put("a", std::make_shared<const StoredResponse>(selected));
        QCOMPARE(store.find("a", fieldsOf({"Foo: 1"}))->content, QByteArray("new"));
    }
};

QTEST_APPLESS_MAIN(TestCacheStore)
#include "tst_cachestore.moc"
