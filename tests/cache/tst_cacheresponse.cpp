// SPDX-License-Identifier: MIT
#include "core/cache/cacheresponse.h"
#include "tests/cache/fields.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

using std::chrono::seconds;

class TestCacheResponse : public QObject {
    Q_OBJECT
private slots:
    void aHitHasAgeLengthAndStatus() {
        const FieldList none;
        const CacheResponse out =
            responseFromCache({"GET", none, false}, storedOf({"A: b"}), seconds(7), "hit; ttl=53");
        QCOMPARE(out.head.status, 200);
        QVERIFY(out.head.fields ==
                fieldsOf({kDate, "A: b", "Age: 7", "Cache-Status: Sallyport; hit; ttl=53",
                          "Content-Length: 10"}));
        QCOMPARE(out.framing, (Framing{BodyKind::Length, 10}));
        QCOMPARE(out.size, qsizetype{10});
    }
    void headHasTheLengthAndNoContent() {
        const FieldList none;
        const CacheResponse out =
            responseFromCache({"HEAD", none, false}, storedOf({}), seconds(0), "hit");
        QCOMPARE(out.head.fields.first("Content-Length")->toByteArray(), QByteArray("10"));
        QCOMPARE(out.framing, Framing{});
        QCOMPARE(out.size, qsizetype{0});
    }
    void aClientThatHasItGets304() {
        const FieldList request = fieldsOf({"If-None-Match: \"a\""});
        const CacheResponse out = responseFromCache(
            {"GET", request, false}, storedOf({"ETag: \"a\"", "Content-Type: text/plain"}),
            seconds(0), "hit");
        QCOMPARE(out.head.status, 304);
        QVERIFY(out.head.fields.contains("ETag"));
        QVERIFY(!out.head.fields.contains("Content-Type"));
        QVERIFY(!out.head.fields.contains("Content-Length"));
        QCOMPARE(out.framing, Framing{});
    }
    void aRangeIsAPart() {
        const FieldList request = fieldsOf({"Range: bytes=2-4"});
        const CacheResponse out =
            responseFromCache({"GET", request, false}, storedOf({}), seconds(0), "hit");
        QCOMPARE(out.head.status, 206);
        QCOMPARE(out.head.fields.first("Content-Range")->toByteArray(), QByteArray("bytes 2-4/10"));
        QCOMPARE(out.from, qsizetype{2});
        QCOMPARE(out.size, qsizetype{3});
    }
    void aRangeAfterTheEndIs416() {
        const FieldList request = fieldsOf({"Range: bytes=10-"});
        const CacheResponse out =
            responseFromCache({"GET", request, false}, storedOf({}), seconds(0), "hit");
        QCOMPARE(out.head.status, 416);
        QCOMPARE(out.head.fields.first("Content-Range")->toByteArray(), QByteArray("bytes */10"));
        QCOMPARE(out.framing, (Framing{BodyKind::Length, 0}));
    }
    void framingIsNotStoredAndDateIs() {
        const StoredResponse stored =
            storedFrom(headOf(200, {"Content-Length: 5", "Transfer-Encoding: chunked", "Vary: A"}),
                       fieldsOf({"A: b"}), kThen - seconds(2), kThen);
        QVERIFY(stored.head.fields == fieldsOf({"Vary: A", kDate}));
        QCOMPARE(stored.selectedBy, (std::vector<SelectingField>{{"a", "b", true}}));
        QCOMPARE(stored.requestedAt, kThen - seconds(2));
    }
    void aDateThatIsNoneIsReplaced() {
        const StoredResponse stored = storedFrom(headOf(200, {"Date: foo"}), {}, kThen, kThen);
        QVERIFY(stored.head.fields == fieldsOf({kDate}));
    }
    void a304RenewsFieldsButNotThoseOfTheContent() {
        const StoredResponse stored =
            storedOf({"A: old", "B: kept", "Age: 100", "Content-Type: text/plain"});
        const StoredResponse fresh =
            updated(stored, fieldsOf({"A: new", "Content-Type: x/y", "Content-Length: 3", kDate}),
                    kThen + seconds(9), kThen + seconds(10));
        QVERIFY(fresh.head.fields ==
                fieldsOf({"B: kept", "Content-Type: text/plain", "A: new", kDate}));
        QCOMPARE(fresh.content, stored.content);
        QCOMPARE(fresh.receivedAt, kThen + seconds(10));
    }
    void cacheStatusSaysWhatWasDone() {
        CacheLookup lookup;
        lookup.freshFor = seconds(-3);
        QCOMPARE(hitStatus(lookup), QByteArray("hit; ttl=-3"));
        QCOMPARE(hitStatus(lookup, "validated"), QByteArray("hit; ttl=-3; detail=validated"));
        QCOMPARE(forwardStatus("uri-miss", {}), QByteArray("fwd=uri-miss; stored"));
        QCOMPARE(forwardStatus("stale", "no-store"), QByteArray("fwd=stale; detail=no-store"));
        FieldList fields = fieldsOf({"Cache-Status: Origin; hit"});
        addCacheStatus(fields, "fwd=stale");
        QCOMPARE(fields.combined("Cache-Status"), QByteArray("Origin; hit, Sallyport; fwd=stale"));
    }
};

QTEST_APPLESS_MAIN(TestCacheResponse)
#include "tst_cacheresponse.moc"
