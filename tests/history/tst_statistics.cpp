// SPDX-License-Identifier: MIT
#include "tests/history/historyrig.h"

#include "core/history/statistics.h"
#include "core/history/statisticsreader.h"

#include <QDateTime>
#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

class TestStatistics : public QObject {
    Q_OBJECT
private slots:
    void exchangesAreSummed_data();
    void exchangesAreSummed();
    void timesToTheFirstByteAreQuantiles();
    void ownEndpointsAndTunnelsAreLeftOut();
    void csvHoldsAnyName();
    void aHistoryIsReadFromATimeOn();
    void aHistoryThatIsNotThereIsAProblem();
};

namespace {

const WallTime kStart{std::chrono::hours(24 * 20000)};

PriceTable prices() {
    return *PriceTable::parse(R"({"models":[{"model":"m","input":1,"output":0,"cache_write":0,
        "cache_read":0}]})");
}

ExchangeRecord record(WallTime at, const char* model, const char* session, qint64 tokens) {
    ExchangeRecord out;
    out.startedAt = at;
    out.modelAsked = model;
    out.session = session;
    out.route = QStringLiteral("claude");
    out.status = 200;
    out.end = ExchangeEnd::Complete;
    out.usage.input = tokens;
    return out;
}

QString text(const std::vector<StatisticsRow>& rows) {
    QStringList out;
    for (const StatisticsRow& row : rows)
        out += QStringLiteral("%1 %2 %3 %4")
                   .arg(row.name)
                   .arg(row.usage.requests)
                   .arg(row.usage.input)
                   .arg(row.usage.dollars);
    return out.join(QStringLiteral(", "));
}

} // namespace

void TestStatistics::exchangesAreSummed_data() {
    QTest::addColumn<int>("group");
    QTest::addColumn<QString>("rows");
    const auto local = [](WallTime at, const char* format) {
        const auto since =
            std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch());
        return QDateTime::fromMSecsSinceEpoch(since.count()).toString(QString::fromLatin1(format));
    };
    const QString first = local(kStart, "yyyy-MM-dd HH:00");
    const QString second = local(kStart + 25h, "yyyy-MM-dd HH:00");
    QTest::newRow("by hour, in order of time") << static_cast<int>(StatisticsGroup::Hour)
                                               << QString(first + QStringLiteral(" 2 3000000 1, ") +
                                                          second + QStringLiteral(" 1 4000000 4"));
    QTest::newRow("by day") << static_cast<int>(StatisticsGroup::Day)
                            << QString(first.first(10) + QStringLiteral(" 2 3000000 1, ") +
                                       second.first(10) + QStringLiteral(" 1 4000000 4"));
    QTest::newRow("by model, the most tokens first, an unknown one without cost")
        << static_cast<int>(StatisticsGroup::Model)
        << QStringLiteral("m 2 5000000 5, other 1 2000000 0");
    QTest::newRow("by route") << static_cast<int>(StatisticsGroup::Route)
                              << QStringLiteral("claude 3 7000000 5");
    QTest::newRow("by session") << static_cast<int>(StatisticsGroup::Session)
                                << QStringLiteral("s2 2 6000000 4, s1 1 1000000 1");
}

void TestStatistics::exchangesAreSummed() {
    QFETCH(int, group);
    Statistics statistics(static_cast<StatisticsGroup>(group), prices());
    statistics.add(record(kStart, "m", "s1", 1'000'000));
    statistics.add(record(kStart + 1s, "other", "s2", 2'000'000));
    statistics.add(record(kStart + 25h, "m", "s2", 4'000'000));
    QTEST(text(statistics.rows()), "rows");
}

void TestStatistics::timesToTheFirstByteAreQuantiles() {
    Statistics statistics(StatisticsGroup::Route, {});
    for (int i = 1; i <= 101; ++i) {
        ExchangeRecord one = record(kStart, "m", "s", 1);
        one.times.firstByte = i * 1000;
        if (i <= 3) one.status = 529;
        statistics.add(one);
    }
    const auto rows = statistics.rows();
    QCOMPARE(rows.front().firstByteMedian, std::optional<qint64>(51'000));
    QCOMPARE(rows.front().firstByteSlow, std::optional<qint64>(96'000));
    QCOMPARE(rows.front().errors, 3);
}

void TestStatistics::ownEndpointsAndTunnelsAreLeftOut() {
    Statistics statistics(StatisticsGroup::Route, {});
    for (const RequestRole role : {RequestRole::Local, RequestRole::Tunnel}) {
        ExchangeRecord one = record(kStart, "m", "s", 1);
        one.role = role;
        statistics.add(one);
    }
    QVERIFY(statistics.rows().empty());
}

void TestStatistics::csvHoldsAnyName() {
    StatisticsRow row;
    row.name = QStringLiteral("a,\"b\"");
    row.firstByteMedian = 1500;
    const QByteArray csv = statisticsCsv({row});
    QVERIFY(csv.startsWith("name,requests,"));
    QVERIFY2(csv.contains("\r\n\"a,\"\"b\"\"\",0,0,0,0,0,0,0.000000,0,1.5,\r\n"), csv.constData());
}

void TestStatistics::aHistoryIsReadFromATimeOn() {
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("history.sqlite"));
    auto store = HistoryStore::open(path, {});
    QVERIFY(store.isOk());
    std::vector<ExchangeDetail> exchanges;
    for (int i = 0; i < 500; ++i)
        exchanges.push_back(rig::exchange(i + 1, kStart + i * 1h));
    QVERIFY(!store.value()->append(exchanges));
    const auto answer = readStatistics({path, kStart + 300h, StatisticsGroup::Route, prices()});
    QVERIFY2(answer.problem.isEmpty(), qPrintable(answer.problem));
    QCOMPARE(answer.rows.size(), 1U);
    QCOMPARE(answer.rows.front().usage.requests, 200);
    QCOMPARE(readStatistics({path, kStart, StatisticsGroup::Route, {}}).rows.front().usage.requests,
             500);
}

void TestStatistics::aHistoryThatIsNotThereIsAProblem() {
    QVERIFY(!readStatistics({QStringLiteral("/nonexistent"), {}, StatisticsGroup::Day, {}})
                 .problem.isEmpty());
}

QTEST_APPLESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
