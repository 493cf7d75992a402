// SPDX-License-Identifier: MIT
#include "core/proxy/buildcommit.h"
#include "core/proxy/metricsendpoint.h"
#include "exchangerig.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

class TestMetricsEndpoint : public QObject {
    Q_OBJECT
private slots:
    void theFormatIsChosenByAccept_data() {
        QTest::addColumn<QByteArray>("accept");
        QTest::addColumn<bool>("isOpen");
        const auto row = [](const char* tag, const char* accept, bool isOpen) {
            QTest::newRow(tag) << QByteArray(accept) << isOpen;
        };
        row("nothing asked for", "", false);
        row("anything", "*/*", false);
        row("Prometheus 2.42 prefers OpenMetrics",
            "application/openmetrics-text;version=1.0.0,application/openmetrics-text;"
            "version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
            true);
        row("in capitals", "Application/OpenMetrics-Text", true);
        row("text is preferred", "application/openmetrics-text;q=0.5, text/plain", false);
        row("equally welcome", "text/plain, application/openmetrics-text", true);
        row("not welcome", "application/openmetrics-text;q=0", false);
        row("a weight that is no number", "application/openmetrics-text;q=x", false);
        row("a browser", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", false);
    }
    void theFormatIsChosenByAccept() {
        QFETCH(const QByteArray, accept);
        FieldList fields;
        if (!accept.isEmpty()) fields.append("Accept", accept);
        QTEST(metricsFormatFor(fields) == MetricsFormat::OpenMetrics, "isOpen");
    }

    void tellsOfEveryTarget() {
        ExchangeRig rig;
        const Monotonic now = rig.clock.now();
        const auto running = rig.log.begin(QStringLiteral("127.0.0.1"));
        TargetGroup& group = *rig.context.rules->upstreams.at(QStringLiteral("up")).targets;
        auto choice = group.choose({}, now);
        std::get<TargetLease>(choice).connectFailed(now, QStringLiteral("connection refused"));
        const LocalResponse response = metricsResponse({}, rig.context);
        QCOMPARE(response.status, 200);
        QCOMPARE(response.fields[0].second, QByteArray("text/plain; version=0.0.4; charset=utf-8"));
        for (const char* line :
             {"sallyport_inflight_requests 1",
              "sallyport_upstream_up{upstream=\"scripted\",target=\"up.test:80\"} 1",
              "sallyport_upstream_up{upstream=\"up\",target=\"up.test:80\"} 0",
              "sallyport_breaker_open{upstream=\"up\",target=\"up.test:80\"} 0",
              "sallyport_upstream_active{upstream=\"up\",target=\"up.test:80\"} 0",
              "sallyport_upstream_problem{upstream=\"up\",target=\"up.test:80\","
              "state=\"unreachable\",reason=\"connection refused\"} 1"})
            QVERIFY2(response.content.contains(QByteArray(QByteArray("\n") + line + '\n')),
                     response.content.constData());
        QVERIFY(response.content.contains("\nprocess_cpu_seconds_total "));
        QVERIFY(response.content.contains("\nsallyport_build_info{version=\""));
        QVERIFY(!response.content.contains("# EOF"));
    }
    void openMetricsHasItsTypeAndItsEnd() {
        ExchangeRig rig;
        FieldList asks;
        asks.append("Accept", "application/openmetrics-text");
        const LocalResponse response = metricsResponse(asks, rig.context);
        QCOMPARE(response.fields[0].second,
                 QByteArray("application/openmetrics-text; version=1.0.0; charset=utf-8"));
        QVERIFY(response.content.contains("# TYPE sallyport_requests counter\n"));
        QVERIFY(response.content.endsWith("\n# EOF\n"));
    }

    void theVersionIsJson() {
        const LocalResponse response = localResponse("GET", "/_sallyport/version", {});
        const QJsonObject told = QJsonDocument::fromJson(response.content).object();
        QCOMPARE(told.keys(), (QStringList{QStringLiteral("commit"), QStringLiteral("name"),
                                           QStringLiteral("version")}));
        QCOMPARE(told.value(QLatin1String("name")).toString(), QStringLiteral("sallyport"));
        QCOMPARE(told.value(QLatin1String("commit")).toString(),
                 QString::fromLatin1(buildCommit()));
        const QRegularExpression commit(QStringLiteral("^([0-9a-f]{7,40}|unknown)$"));
        QVERIFY(commit.match(QString::fromLatin1(buildCommit())).hasMatch());
        QCOMPARE(localResponse("POST", "/_sallyport/version", {}).status, 405);
    }
};

QTEST_GUILESS_MAIN(TestMetricsEndpoint)
#include "tst_metricsendpoint.moc"
