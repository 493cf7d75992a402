// SPDX-License-Identifier: MIT
#include "core/cache/freshness.h"
#include "tests/cache/fields.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

using std::chrono::seconds;
using Source = Lifetime::Source;
Q_DECLARE_METATYPE(Lifetime::Source)

class TestFreshness : public QObject {
    Q_OBJECT
private slots:
    void lastsAsLong_data() {
        QTest::addColumn<QByteArrayList>("lines");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("ttl");
        QTest::addColumn<Source>("source");
        QTest::addColumn<int>("length");
        const auto row = [](const char* tag, const QByteArrayList& lines, Source source, int length,
                            int status = 200, int ttl = -1) {
            QTest::newRow(tag) << QByteArrayList{kDate} + lines << status << ttl << source
                               << length;
        };
        const QByteArray anHourAhead = "Expires: Sun, 06 Nov 1994 09:49:37 GMT";
        const QByteArray anHourAgo = "Last-Modified: Sun, 06 Nov 1994 07:49:37 GMT";
        row("nothing is said", {}, Source::None, 0);
        row("max-age", {"Cache-Control: max-age=60"}, Source::MaxAge, 60);
        row("s-maxage goes before it", {"Cache-Control: max-age=60, s-maxage=5"}, Source::Shared,
            5);
        row("max-age goes before Expires", {"Cache-Control: max-age=60", anHourAhead},
            Source::MaxAge, 60);
        row("Expires less Date", {anHourAhead}, Source::Expires, 3600);
        row("Expires that has passed", {"Expires: Sun, 06 Nov 1994 08:00:00 GMT"}, Source::Expires,
            0);
        row("Expires that is no date", {"Expires: 0"}, Source::Expires, 0);
        row("a tenth of its age", {anHourAgo}, Source::Heuristic, 360);
        row("a day at most", {"Last-Modified: Sun, 06 Nov 1904 08:49:37 GMT"}, Source::Heuristic,
            86400);
        row("no guess for a 403", {anHourAgo}, Source::None, 0, 403);
        row("a guess for a 403 that is public", {anHourAgo, "Cache-Control: public"},
            Source::Heuristic, 360, 403);
        row("no guess from a time to come", {"Last-Modified: Sun, 06 Nov 1994 09:49:37 GMT"},
            Source::None, 0);
        row("the route's ttl goes before all", {"Cache-Control: s-maxage=60"}, Source::Override, 7,
            200, 7);
        row("but not where there is nothing", {"Cache-Control: s-maxage=60"}, Source::Shared, 60,
            404, 7);
    }
    void lastsAsLong() {
        QFETCH(QByteArrayList, lines);
        QFETCH(int, status);
        QFETCH(int, ttl);
        QFETCH(Source, source);
        QFETCH(int, length);
        const auto override = ttl < 0 ? std::nullopt : std::optional<seconds>(ttl);
        const Lifetime lifetime = freshnessLifetime(headOf(status, lines), override);
        QCOMPARE(lifetime.source, source);
        QCOMPARE(lifetime.seconds, seconds(length));
    }
    void hasAge_data() {
        QTest::addColumn<QByteArrayList>("lines");
        QTest::addColumn<int>("delay");
        QTest::addColumn<int>("since");
        QTest::addColumn<qint64>("age");
        const auto row = [](const char* tag, const QByteArrayList& lines, int delay, int since,
                            qint64 age) { QTest::newRow(tag) << lines << delay << since << age; };
        row("at once", {}, 0, 0, 0);
        row("the time it lies here", {}, 0, 30, 30);
        row("the Age it came with", {"Age: 100"}, 0, 30, 130);
        row("the time that its request took", {}, 4, 30, 34);
        row("of two values the first", {"Age: 7, 100"}, 0, 0, 7);
        row("of two lines the first", {"Age: 7", "Age: 100"}, 0, 0, 7);
        row("an Age with a sign says nothing", {"Age: -7"}, 0, 0, 0);
        row("an Age with a fraction says nothing", {"Age: 7.0"}, 0, 0, 0);
        row("letters say nothing", {"Age: abc"}, 0, 0, 0);
        row("more than a cache counts", {"Age: 2147483649"}, 0, 0, 2147483648);
        row("a clock that was set back", {}, 0, -30, 0);
    }
    void hasAge() {
        QFETCH(QByteArrayList, lines);
        QFETCH(int, delay);
        QFETCH(int, since);
        QFETCH(qint64, age);
        StoredResponse stored = storedOf(lines);
        stored.requestedAt = kThen - seconds(delay);
        QCOMPARE(currentAge(stored, kThen + seconds(since)), seconds(age));
    }
    void theApparentAgeCountsWhereItIsMore() {
        StoredResponse stored = storedOf({"Age: 5"});
        stored.receivedAt = kThen + seconds(20);
        stored.requestedAt = stored.receivedAt;
        QCOMPARE(currentAge(stored, stored.receivedAt), seconds(20));
    }
};

QTEST_APPLESS_MAIN(TestFreshness)
#include "tst_freshness.moc"
