// SPDX-License-Identifier: MIT
#include "core/cache/cachecontrol.h"
#include "tests/cache/fields.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

using std::chrono::seconds;
using Seconds = std::optional<seconds>;
Q_DECLARE_METATYPE(Seconds)

class TestCacheControl : public QObject {
    Q_OBJECT
private slots:
    void readsMaxAge_data() {
        QTest::addColumn<QByteArrayList>("lines");
        QTest::addColumn<Seconds>("maxAge");
        const auto row = [](const char* tag, const QByteArrayList& lines, Seconds maxAge) {
            QTest::newRow(tag) << lines << maxAge;
        };
        row("no field", {}, {});
        row("a number", {"Cache-Control: max-age=60"}, seconds(60));
        row("another letter case", {"cache-control: MAX-Age=60"}, seconds(60));
        row("zeros in front", {"Cache-Control: max-age=0060"}, seconds(60));
        row("a quoted number", {"Cache-Control: max-age=\"60\""}, seconds(60));
        row("more than a cache counts", {"Cache-Control: max-age=99999999999999999999"},
            kMostCacheSeconds);
        row("a fraction is stale", {"Cache-Control: max-age=60.5"}, seconds(0));
        row("letters are stale", {"Cache-Control: max-age=a60"}, seconds(0));
        row("a sign is stale", {"Cache-Control: max-age=-1"}, seconds(0));
        row("single quotes are stale", {"Cache-Control: max-age='60'"}, seconds(0));
        row("a blank before the sign is another name", {"Cache-Control: max-age =60"}, {});
        row("two in a line: the smaller", {"Cache-Control: max-age=60, max-age=5"}, seconds(5));
        row("two lines: the smaller", {"Cache-Control: max-age=5", "Cache-Control: max-age=60"},
            seconds(5));
        row("inside a quoted string of another one", {"Cache-Control: x=\"max-age=60\", max-age=1"},
            seconds(1));
    }
    void readsMaxAge() {
        QFETCH(QByteArrayList, lines);
        QFETCH(Seconds, maxAge);
        QCOMPARE(responseCacheControl(fieldsOf(lines)).maxAge, maxAge);
    }
    void readsEachDirective_data() {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("directive");
        static constexpr const char* kNames[] = {
            "no-store",        "no-cache",         "private",         "public",
            "must-revalidate", "proxy-revalidate", "must-understand", "only-if-cached"};
        int at = 0;
        for (const char* name : kNames)
            QTest::newRow(name) << QByteArray("x, ") + name << at++;
        QTest::newRow("private with fields") << QByteArray("private=\"a, b\"") << 2;
        QTest::newRow("no-cache with a field") << QByteArray("no-cache=\"a\"") << 1;
    }
    void readsEachDirective() {
        QFETCH(QByteArray, value);
        QFETCH(int, directive);
        const CacheControl read = responseCacheControl(fieldsOf({"Cache-Control: " + value}));
        const bool all[] = {read.noStore,        read.noCache,        read.isPrivate,
                            read.isPublic,       read.mustRevalidate, read.proxyRevalidate,
                            read.mustUnderstand, read.onlyIfCached};
        for (int i = 0; i < 8; ++i)
            QCOMPARE(all[i], i == directive);
    }
    void readsEachTime() {
        const CacheControl read =
            responseCacheControl(fieldsOf({"Cache-Control: s-maxage=1, max-stale=2, min-fresh=3, "
                                           "stale-while-revalidate=4, stale-if-error=5"}));
        QCOMPARE(read.sharedMaxAge, Seconds(seconds(1)));
        QCOMPARE(read.maxStale, Seconds(seconds(2)));
        QCOMPARE(read.minFresh, Seconds(seconds(3)));
        QCOMPARE(read.staleWhileRevalidate, Seconds(seconds(4)));
        QCOMPARE(read.staleIfError, Seconds(seconds(5)));
        QVERIFY(!read.takesStale);
    }
    void maxStaleWithoutATimeIsOfAnyAge() {
        QVERIFY(responseCacheControl(fieldsOf({"Cache-Control: max-stale"})).takesStale);
    }
    void pragmaCountsWithoutCacheControlOnly() {
        QVERIFY(requestCacheControl(fieldsOf({"Pragma: no-cache"})).noCache);
        QVERIFY(!requestCacheControl(fieldsOf({"Pragma: no-cache", "Cache-Control: max-age=1"}))
                     .noCache);
        QVERIFY(!responseCacheControl(fieldsOf({"Pragma: no-cache"})).noCache);
    }
};

QTEST_APPLESS_MAIN(TestCacheControl)
#include "tst_cachecontrol.moc"
