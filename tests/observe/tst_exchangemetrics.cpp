// SPDX-License-Identifier: MIT
#include "core/observe/exchangelog.h"
#include "core/observe/exchangemetrics.h"

#include <QTest>

using namespace sallyport;

namespace {

ExchangeRecord recordOf(const QString& route, const char* method, int status) {
    ExchangeRecord record;
    record.route = route;
    record.method = method;
    record.status = status;
    record.end = ExchangeEnd::Complete;
    record.times.firstByte = 2000;
    record.times.ended = 20'000;
    return record;
}

QByteArray textOf(const ExchangeMetrics& metrics) {
    MetricsWriter out(MetricsFormat::Prometheus);
    metrics.write(out);
    return out.finish();
}

int linesWith(const QByteArray& text, const QByteArray& start) {
    int count = 0;
    for (const QByteArray& line : text.split('\n'))
        count += line.startsWith(start) ? 1 : 0;
    return count;
}

const QString kRoute = QStringLiteral("claude");

} // namespace

class TestExchangeMetrics : public QObject {
    Q_OBJECT
private slots:
    void countsRequestsByRouteMethodAndStatus_data() {
        QTest::addColumn<QString>("route");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("labels");
        const auto row = [](const char* tag, const QString& route, const char* method, int status,
                            const char* labels) {
            QTest::newRow(tag) << route << QByteArray(method) << status << QByteArray(labels);
        };
        row("as they are", kRoute, "POST", 200, "route=\"claude\",method=\"POST\",status=\"200\"");
        row("no route", {}, "GET", 404, "route=\"none\",method=\"GET\",status=\"404\"");
        row("no response", kRoute, "POST", 0, "route=\"claude\",method=\"POST\",status=\"none\"");
        row("a method of its own", kRoute, "FROB", 200,
            "route=\"claude\",method=\"other\",status=\"200\"");
        row("no method was read", {}, "", 400, "route=\"none\",method=\"none\",status=\"400\"");
    }
    void countsRequestsByRouteMethodAndStatus() {
        QFETCH(const QString, route);
        QFETCH(const QByteArray, method);
        QFETCH(const int, status);
        QFETCH(const QByteArray, labels);
        ExchangeMetrics metrics;
        metrics.count(recordOf(route, method, status));
        metrics.count(recordOf(route, method, status));
        const QByteArray line = "\nsallyport_requests_total{" + labels + "} 2\n";
        QVERIFY2(textOf(metrics).contains(line), textOf(metrics).constData());
    }
    void countsTimesBytesTokensAndEnds() {
        ExchangeMetrics metrics;
        ExchangeRecord record = recordOf(kRoute, "POST", 200);
        record.requestBytes = 10;
        record.responseBytes = 1000;
        record.isEventStream = true;
        record.end = ExchangeEnd::Truncated;
        record.modelSent = "opus";
        record.usage = {3, 40, std::nullopt, 7};
        metrics.count(record);
        const QByteArray text = textOf(metrics);
        for (const char* line :
             {"sallyport_request_duration_seconds_bucket{route=\"claude\",le=\"0.025\"} 1",
              "sallyport_request_duration_seconds_sum{route=\"claude\"} 0.02",
              "sallyport_time_to_first_byte_seconds_bucket{route=\"claude\",le=\"0.005\"} 1",
              "sallyport_request_bytes_total{route=\"claude\"} 10",
              "sallyport_response_bytes_total{route=\"claude\"} 1000",
              "sallyport_tokens_total{route=\"claude\",model=\"opus\",kind=\"input\"} 3",
              "sallyport_tokens_total{route=\"claude\",model=\"opus\",kind=\"output\"} 40",
              "sallyport_tokens_total{route=\"claude\",model=\"opus\",kind=\"cache_written\"} 7",
              "sallyport_stream_end_total{state=\"truncated\"} 1",
              "sallyport_stream_end_total{state=\"complete\"} 0"})
            QVERIFY2(text.contains(QByteArray(QByteArray("\n") + line + '\n')), line);
        QVERIFY(!text.contains("cache_read"));
    }
    void aTunnelIsNoResponseTime() {
        ExchangeMetrics metrics;
        ExchangeRecord tunnel = recordOf({}, "CONNECT", 200);
        tunnel.isUpgraded = true;
        metrics.count(tunnel);
        QVERIFY(!textOf(metrics).contains("_bucket"));
    }

    void namesOfRoutesAreBounded() {
        ExchangeMetrics metrics;
        for (int i = 0; i < 1000; ++i)
            metrics.count(recordOf(QStringLiteral("r%1").arg(i), "GET", 200));
        const QByteArray text = textOf(metrics);
        QCOMPARE(linesWith(text, "sallyport_requests_total{"),
                 static_cast<int>(ExchangeMetrics::kMostRoutes) + 1);
        QVERIFY(text.contains("\nsallyport_requests_total{route=\"other\",method=\"GET\","
                              "status=\"200\"} 800\n"));
    }
    void namesOfModelsAreBounded() {
        ExchangeMetrics metrics;
        ExchangeRecord record = recordOf(kRoute, "POST", 200);
        record.usage.input = 1;
        for (int i = 0; i < 1000; ++i) {
            record.modelSent = "m" + QByteArray::number(i);
            metrics.count(record);
        }
        record.modelSent = QByteArray(ExchangeMetrics::kMaxModelName + 1, 'x');
        metrics.count(record);
        const QByteArray text = textOf(metrics);
        QCOMPARE(linesWith(text, "sallyport_tokens_total{"),
                 static_cast<int>(ExchangeMetrics::kMostModels) + 1);
        QVERIFY(text.contains("model=\"other\",kind=\"input\"} 937\n"));
    }
    void seriesAreBoundedAndNothingIsLost() {
        ExchangeMetrics metrics;
        int sum = 0;
        for (int route = 0; route < 100; ++route)
            for (int status = 100; status < 600; status += 5, ++sum)
                metrics.count(recordOf(QStringLiteral("r%1").arg(route), "GET", status));
        int counted = 0;
        int lines = 0;
        for (const QByteArray& line : textOf(metrics).split('\n'))
            if (line.startsWith("sallyport_requests_total{")) {
                counted += line.split(' ').last().toInt();
                ++lines;
            }
        QCOMPARE(counted, sum);
        QCOMPARE(lines, static_cast<int>(ExchangeMetrics::kMostSeries) + 1);
    }
    void aModelThatIsNoTextDoesNotSpoilTheScrape() {
        ExchangeMetrics metrics;
        ExchangeRecord record = recordOf(kRoute, "POST", 200);
        record.usage.input = 1;
        record.modelSent = "a\xff\nb";
        metrics.count(record);
        QVERIFY(textOf(metrics).contains("model=\"a\xef\xbf\xbd\\nb\""));
    }

    void theLogCountsWhatEnds() {
        ManualClock clock;
        ExchangeLog log(clock);
        {
            const auto ended = log.begin(QStringLiteral("127.0.0.1"));
            ended->requestHead(RequestRole::Gateway, {"GET", "h", "/"}, {});
            ended->ended(ExchangeEnd::Complete);
            ended->ended(ExchangeEnd::Complete);
        }
        const auto running = log.begin(QStringLiteral("127.0.0.1"));
        QVERIFY(textOf(log.metrics())
                    .contains("\nsallyport_requests_total{route=\"none\",method=\"GET\","
                              "status=\"none\"} 1\n"));
        log.clear();
        QVERIFY(textOf(log.metrics()).contains("method=\"GET\""));
    }
};

QTEST_GUILESS_MAIN(TestExchangeMetrics)
#include "tst_exchangemetrics.moc"
