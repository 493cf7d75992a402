// SPDX-License-Identifier: MIT
#include "core/history/filtermatcher.h"
#include "core/history/historyqueue.h"
#include "tests/history/historyrig.h"

#include <QTest>

using namespace sallyport;

/// A filter finds in the file what it finds in the window.
class TestSqlFilter : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void bothFindTheSame_data();
    void bothFindTheSame();

private:
    QTemporaryDir m_dir;
    std::vector<ExchangeRecord> m_records;
};

namespace {

const WallTime kStart{std::chrono::hours(24 * 20000)};

/// One of each kind, and values at the bounds of the terms below.
std::vector<ExchangeDetail> samples() {
    std::vector<ExchangeDetail> out;
    const auto add = [&out](const std::function<void(ExchangeRecord&)>& change) {
        out.push_back(rig::exchange(static_cast<int>(out.size()) + 1, kStart));
        change(out.back().record);
    };
    add([](ExchangeRecord&) {});
    add([](ExchangeRecord& r) { r.status = 404; });
    add([](ExchangeRecord& r) {
        r.status = 0;
        r.end = ExchangeEnd::UpstreamError;
    });
    add([](ExchangeRecord& r) {
        r.end = ExchangeEnd::ClientGone;
        r.isEventStream = false;
    });
    add([](ExchangeRecord& r) {
        r.end = ExchangeEnd::Stalled;
        r.times = {};
    });
    add([](ExchangeRecord& r) {
        r.usage = {};
        r.method = "GET";
        r.path = "/100%_x\\y";
    });
    add([](ExchangeRecord& r) { r.usage = {50'000, 0, std::nullopt, 1}; });
    add([](ExchangeRecord& r) {
        r.times.ended = 5'000'000;
        r.times.firstByte = 2'000'000;
    });
    add([](ExchangeRecord& r) {
        r.times.ended = 5'000'001;
        r.responseBytes = 2048;
    });
    add([](ExchangeRecord& r) {
        r.isUpgraded = true;
        r.webSocket = WebSocketSummary{};
        r.status = 101;
    });
    add([](ExchangeRecord& r) {
        r.role = RequestRole::Tunnel;
        r.method = "CONNECT";
        r.path = {};
    });
    add([](ExchangeRecord& r) {
        r.error = QStringLiteral("Overloaded");
        r.status = 529;
    });
    add([](ExchangeRecord& r) {
        r.errorCode = "upstream_down";
        r.route.clear();
        r.upstream.clear();
    });
    add([](ExchangeRecord& r) {
        r.modelAsked = r.modelSent = {};
        r.host = "example.com:443";
    });
    return out;
}

} // namespace

void TestSqlFilter::initTestCase() {
    const auto exchanges = samples();
    auto store = HistoryStore::open(m_dir.filePath(QStringLiteral("h.sqlite")), {});
    QVERIFY(store.isOk());
    QVERIFY(!store.value()->append(exchanges));
    for (const ExchangeDetail& exchange : exchanges)
        m_records.push_back(exchange.record);
}

void TestSqlFilter::bothFindTheSame_data() {
    QTest::addColumn<QString>("line");
    for (const char* line : {"",
                             "haiku",
                             "HAIKU",
                             "-haiku",
                             "post",
                             "404",
                             "40",
                             "127.0.0.1:8899",
                             "overloaded",
                             "nowhere",
                             "\"\"",
                             "100%_x",
                             "x\\y",
                             "/^4\\d\\d$/",
                             "/haiku|Overl/",
                             "hai*4-5",
                             "status:404",
                             "status:>=400",
                             "-status:>=400",
                             "status:0",
                             "status:4xx",
                             "status:<200",
                             "method:post",
                             "method:pos",
                             "method:GET",
                             "method:/^p/",
                             "model:corp-small",
                             "-model:haiku",
                             "route:claude",
                             "-route:claude",
                             "route:*",
                             "-route:*",
                             "path:messages",
                             "path:/v1/messages",
                             "path:/%_x/",
                             "host:example",
                             "error:upstream_down",
                             "error:over",
                             "-error:over",
                             "error:*",
                             "upstream:corp",
                             "dur:>5s",
                             "dur:>=5s",
                             "dur:5s",
                             "dur:<5s",
                             "dur:>5.3",
                             "dur:>=5.3s",
                             "dur:<=5300ms",
                             "dur:5.3",
                             "-dur:>5s",
                             "ttft:2s",
                             "ttft:>1500ms",
                             "ttft:>=1500ms",
                             "in:>50000",
                             "in:>=50001",
                             "in:50001",
                             "-in:>0",
                             "in:0",
                             "out:0",
                             "out:>0",
                             "out:42",
                             "size:2KiB",
                             "size:<2048",
                             "is:error",
                             "-is:error",
                             "is:stream",
                             "is:live",
                             "-is:live",
                             "is:tunnel",
                             "is:websocket",
                             "haiku is:error or method:GET",
                             "not (is:error or is:tunnel)",
                             "(status:404 or status:529) -overloaded"})
        QTest::newRow(line) << QString::fromUtf8(line);
}

void TestSqlFilter::bothFindTheSame() {
    QFETCH(QString, line);
    const auto wanted = filter::parse(line);
    QVERIFY(wanted.isOk());
    std::vector<quint64> expected;
    for (const ExchangeRecord& record : m_records)
        if (filter::matches(*wanted, record)) expected.push_back(record.id);
    const auto reader = HistoryReader::open(m_dir.filePath(QStringLiteral("h.sqlite")));
    QVERIFY(reader.isOk());
    QCOMPARE(rig::idsOf(*reader, *wanted), expected);
}

QTEST_GUILESS_MAIN(TestSqlFilter)
#include "tst_sqlfilter.moc"
