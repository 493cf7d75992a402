// SPDX-License-Identifier: MIT
#include "core/observe/histogram.h"
#include "core/observe/metricswriter.h"

#include <QTest>

#include <limits>

using namespace sallyport;

class TestMetricsWriter : public QObject {
    Q_OBJECT
private slots:
    void namesOfACounterDifferByFormat() {
        MetricsWriter text(MetricsFormat::Prometheus);
        text.counter("x", "How many.");
        text.sample({{"a", "1"}, {"b", "2"}}, 3);
        QCOMPARE(text.finish(), QByteArray("# HELP x_total How many.\n# TYPE x_total counter\n"
                                           "x_total{a=\"1\",b=\"2\"} 3\n"));
        MetricsWriter open(MetricsFormat::OpenMetrics);
        open.counter("x", "How many.");
        open.sample({}, 3);
        QCOMPARE(open.finish(),
                 QByteArray("# HELP x How many.\n# TYPE x counter\nx_total 3\n# EOF\n"));
    }
    void aGaugeHasItsNameAlone() {
        MetricsWriter out(MetricsFormat::Prometheus);
        out.gauge("x", "Now.");
        out.sample({}, 0.5);
        QCOMPARE(out.finish(), QByteArray("# HELP x Now.\n# TYPE x gauge\nx 0.5\n"));
    }
    void valuesOfLabelsAreEscaped() {
        MetricsWriter out(MetricsFormat::Prometheus);
        out.gauge("x", "Now.");
        out.sample({{"a", "q\"b\\n\nu\xc3\xbc"}}, 1);
        QVERIFY(out.finish().endsWith("x{a=\"q\\\"b\\\\n\\nu\xc3\xbc\"} 1\n"));
    }
    void numbers_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("whole") << 7.0 << QByteArray("7");
        QTest::newRow("a fraction") << 0.1 << QByteArray("0.1");
        QTest::newRow("more than a word of 32 bits")
            << 9007199254740991.0 << QByteArray("9007199254740991");
        QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << QByteArray("+Inf");
        QTest::newRow("below all")
            << -std::numeric_limits<double>::infinity() << QByteArray("-Inf");
        QTest::newRow("none") << std::numeric_limits<double>::quiet_NaN() << QByteArray("NaN");
    }
    void numbers() {
        QFETCH(const double, value);
        QTEST(metricNumber(value), "text");
    }
    void aHistogramCountsUpToEachBound() {
        Histogram times;
        for (const qint64 micros : {qint64{5000}, qint64{5001}, qint64{700'000'000}})
            times.add(micros);
        MetricsWriter out(MetricsFormat::OpenMetrics);
        out.histogram("t", "Times.");
        times.write(out, "r");
        const QByteArray text = out.finish();
        QVERIFY(text.contains("\nt_bucket{route=\"r\",le=\"0.005\"} 1\n"));
        QVERIFY(text.contains("\nt_bucket{route=\"r\",le=\"0.01\"} 2\n"));
        QVERIFY(text.contains("\nt_bucket{route=\"r\",le=\"1.0\"} 2\n"));
        QVERIFY(text.contains("\nt_bucket{route=\"r\",le=\"600.0\"} 2\n"));
        QVERIFY(text.contains("\nt_bucket{route=\"r\",le=\"+Inf\"} 3\n"));
        QVERIFY(text.contains("\nt_sum{route=\"r\"} 700.010001\nt_count{route=\"r\"} 3\n"));
    }
    void anEmptyHistogramHasNoSamples() {
        MetricsWriter out(MetricsFormat::Prometheus);
        Histogram().write(out, "r");
        QCOMPARE(out.finish(), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestMetricsWriter)
#include "tst_metricswriter.moc"
