// SPDX-License-Identifier: MIT
#include "core/authority/authorityupdate.h"
#include "core/doctor/addresschecks.h"
#include "core/doctor/baseurlpathcheck.h"
#include "core/doctor/cacheck.h"
#include "core/doctor/clockcheck.h"
#include "core/doctor/doctorfix.h"
#include "core/doctor/filechecks.h"
#include "core/doctor/machinechecks.h"
#include "core/doctor/reachchecks.h"
#include "tests/doctor/home.h"

#include <map>

using namespace sallyport;
using namespace sallyport::test;

namespace {

using Step = GatewayStep::State;

GatewayReading passed(const char* upstream, const char* url) {
    GatewayReading one;
    one.upstream = QString::fromUtf8(upstream);
    one.url = QString::fromUtf8(url);
    for (GatewayStep* step : {&one.dns, &one.tcp, &one.tls, &one.http, &one.models})
        *step = {Step::Passed, QStringLiteral("fine")};
    return one;
}

/// The way ends at `step` of dns, tcp, tls, http, models.
GatewayReading failedAt(const char* upstream, const char* url, int step) {
    GatewayReading one = passed(upstream, url);
    GatewayStep* const steps[]{&one.dns, &one.tcp, &one.tls, &one.http, &one.models};
    for (int i = step; i < 5; ++i)
        *steps[i] = {};
    *steps[step] = {Step::Failed, QStringLiteral("it failed")};
    return one;
}

CheckState stateOf(const std::vector<CheckResult>& results, CheckId id) {
    for (const CheckResult& result : results)
        if (result.id == id) return result.state;
    return CheckState::NotChecked;
}

const QDateTime kNow(QDate(2026, 11, 21), QTime(12, 0), Qt::UTC);

} // namespace

/// Checks whose faults are not in Claude Code's settings, as tables.
class ChecksTest : public QObject {
    Q_OBJECT
private slots:
    void theListenerIsJudged_data() {
        QTest::addColumn<ListenerReading>("listener");
        QTest::addColumn<CheckState>("state");
        QTest::addColumn<QString>("says");
        const QString address = QStringLiteral("127.0.0.1:8899");
        const PortOwner other{4711, QStringLiteral("nginx")};
        QTest::newRow("it answers") << ListenerReading{address, address, other, true, {}}
                                    << CheckState::Ok << QStringLiteral("answers");
        QTest::newRow("it hangs") << ListenerReading{address, address, other, false,
                                                     QStringLiteral("timed out")}
                                  << CheckState::Fault << QStringLiteral("timed out");
        QTest::newRow("another program has the port")
            << ListenerReading{{}, address, other, false, {}} << CheckState::Fault
            << QStringLiteral("Another program");
        QTest::newRow("nobody listens") << ListenerReading{{}, address, {}, false, {}}
                                        << CheckState::Warning << QStringLiteral("not running");
        QTest::newRow("no address is known")
            << ListenerReading{} << CheckState::NotChecked << QStringLiteral("settings.yaml");
    }
    void theListenerIsJudged() {
        QFETCH(ListenerReading, listener);
        QFETCH(CheckState, state);
        QFETCH(QString, says);
        const CheckResult result = checkListener(listener);
        QCOMPARE(result.state, state);
        QVERIFY2(result.sentence.contains(says), qPrintable(result.sentence));
        if (listener.owner)
            QVERIFY(result.evidence.front().text.contains(QStringLiteral("nginx (process 4711)")));
    }

    void eachStepToAGatewayIsJudged_data() {
        QTest::addColumn<int>("step");
        QTest::newRow("the name") << 0;
        QTest::newRow("the connection") << 1;
        QTest::newRow("TLS") << 2;
        QTest::newRow("HTTP") << 3;
    }
    void eachStepToAGatewayIsJudged() {
        QFETCH(int, step);
        const CheckId ids[]{CheckId::GatewayDns, CheckId::GatewayTcp, CheckId::GatewayTls,
                            CheckId::GatewayHttp, CheckId::GatewayModels};
        const auto alone = checkGateway({failedAt("corp", "https://a.test", step)});
        const auto second = checkGateway(
            {failedAt("corp", "https://a.test", step), passed("corp", "https://b.test")});
        const auto elsewhere = checkGateway(
            {failedAt("corp", "https://a.test", step), passed("lab", "https://b.test")});
        for (int i = 0; i < 5; ++i) {
            const CheckState expected = i < step    ? CheckState::Ok
                                        : i == step ? CheckState::Fault
                                                    : CheckState::NotChecked;
            QCOMPARE(stateOf(alone, ids[i]), expected);
        }
        QCOMPARE(stateOf(second, ids[step]), CheckState::Warning);
        QCOMPARE(stateOf(second, ids[step + 1]), CheckState::Ok);
        QCOMPARE(stateOf(elsewhere, ids[step]), CheckState::Fault);
        for (const CheckResult& result : alone) {
            if (result.id != ids[step]) continue;
            QCOMPARE(result.sentence, QStringLiteral("it failed"));
            QVERIFY(result.evidence.front().text.contains(QStringLiteral("https://a.test")));
        }
        for (const CheckResult& result : checkGateway({passed("corp", "https://a.test")}))
            QCOMPARE(result.state, CheckState::Ok);
    }

    void withoutAGatewayNothingIsJudged() {
        // A step that no gateway has is not said to have gone well.
        GatewayReading plain = passed("corp", "http://127.0.0.1");
        plain.tls = {GatewayStep::State::NotNeeded, {}};
        const QString trusted = checkGateway({passed("corp", "https://a.test")})[2].sentence;
        QVERIFY(checkGateway({plain})[2].state == CheckState::Ok);
        QVERIFY(checkGateway({plain})[2].sentence != trusted);
        for (const CheckResult& result : checkGateway({}))
            QCOMPARE(result.state, CheckState::NotChecked);
        QCOMPARE(checkClockSkew({}).state, CheckState::NotChecked);
    }

    void theClockIsJudged_data() {
        QTest::addColumn<QList<int>>("skews");
        QTest::addColumn<CheckState>("state");
        QTest::newRow("right") << QList<int>{0} << CheckState::Ok;
        QTest::newRow("59 seconds") << QList<int>{-59} << CheckState::Ok;
        QTest::newRow("a minute behind") << QList<int>{60} << CheckState::Warning;
        QTest::newRow("a minute ahead") << QList<int>{-60} << CheckState::Warning;
        QTest::newRow("five minutes") << QList<int>{300} << CheckState::Fault;
        QTest::newRow("one gateway that is wrong") << QList<int>{9999, 3} << CheckState::Ok;
    }
    void theClockIsJudged() {
        QFETCH(QList<int>, skews);
        QFETCH(CheckState, state);
        std::vector<GatewayReading> readings;
        for (const int skew : skews) {
            GatewayReading one = passed("corp", "https://a.test");
            one.ourTime = kNow;
            one.theirTime = kNow.addSecs(skew);
            readings.push_back(one);
        }
        QCOMPARE(checkClockSkew(readings).state, state);
    }

    void theVersionIsJudged_data() {
        QTest::addColumn<ProgramReading>("programs");
        QTest::addColumn<CheckState>("state");
        const QString claude = QStringLiteral("/bin/claude");
        const QString node = QStringLiteral("/bin/node");
        const auto row = [](const char* tag, const ProgramReading& programs, CheckState state) {
            QTest::newRow(tag) << programs << state;
        };
        row("none", {}, CheckState::NotChecked);
        row("none, and an old Node", {{}, {}, {}, node, QStringLiteral("20.11.0")},
            CheckState::Warning);
        row("none, and a new Node", {{}, {}, {}, node, QStringLiteral("22.0.0")},
            CheckState::NotChecked);
        row("what an old Node gets", {claude, QStringLiteral("2.1.197"), {}, {}, {}},
            CheckState::Warning);
        row("the latest", {claude, QStringLiteral("2.1.329"), {}, {}, {}}, CheckState::Ok);
        row("the latest with an old Node beside it",
            {claude, QStringLiteral("2.1.329"), {}, node, QStringLiteral("18.1.0")},
            CheckState::Ok);
        row("one that does not tell", {claude, {}, {}, {}, {}}, CheckState::NotChecked);
    }
    void theVersionIsJudged() {
        QFETCH(ProgramReading, programs);
        QFETCH(CheckState, state);
        QCOMPARE(checkClientVersion(programs).state, state);
    }

    void theDiskIsJudged_data() {
        QTest::addColumn<qint64>("available");
        QTest::addColumn<CheckState>("state");
        QTest::newRow("full") << qint64{0} << CheckState::Fault;
        QTest::newRow("64 MiB") << qint64{64} * 1024 * 1024 << CheckState::Warning;
        QTest::newRow("1 GiB") << qint64{1024} * 1024 * 1024 << CheckState::Ok;
    }
    void theDiskIsJudged() {
        QFETCH(qint64, available);
        QFETCH(CheckState, state);
        QCOMPARE(checkDiskSpace({{QStringLiteral("/x"), available}}).state, state);
        QCOMPARE(checkDiskSpace({}).state, CheckState::NotChecked);
    }

    void filesOfOurOwnAreJudged() {
        const Home home;
        home.putRoutes("upstreams: []\nroutes:\n  - name: x\n    unknown: 1\n");
        const CheckResult refused = checkConfigFiles(home.read().config);
        QCOMPARE(refused.state, CheckState::Fault);
        QCOMPARE(refused.evidence.front().file, home.path(QStringLiteral("config/routes.yaml")));
        QCOMPARE(refused.evidence.front().line, 4);
        home.putRoutes("upstreams:\n  - {name: sandbox, sandbox: true}\nroutes:\n"
                       "  - {name: all, match: {path: /}, upstream: sandbox}\n");
        QCOMPARE(checkConfigFiles(home.read().config).state, CheckState::Ok);
    }

    void anUpstreamThatIsNotVerifiedIsNamed() {
        const Home home;
        const QByteArray routes = "upstreams:\n"
                                  "  - name: corp\n"
                                  "    targets: [{url: \"https://gw.test\"}]\n"
                                  "    # verify: false\n"
                                  "    tls: {verify: false}\n"
                                  "routes:\n"
                                  "  - {name: all, match: {path: /}, upstream: corp}\n";
        home.putRoutes(routes);
        const CheckResult found = checkTlsVerify(home.read());
        QCOMPARE(found.state, CheckState::Warning);
        QVERIFY(found.sentence.contains(QStringLiteral("corp")));
        QCOMPARE(found.evidence.size(), std::size_t(1));
        QCOMPARE(found.evidence.front().line, 5);
        home.putRoutes(QByteArray(routes).replace("tls: {verify: false}", "tls: {verify: true}"));
        QCOMPARE(checkTlsVerify(home.read()).state, CheckState::Ok);
    }

    void aTargetInV1IsNamed() {
        const Home home;
        const QByteArray routes = "upstreams:\n"
                                  "  - name: corp\n"
                                  "    targets: [{url: \"https://gw.test/llm/v1/\"}]\n"
                                  "routes:\n"
                                  "  - {name: all, match: {path: /}, upstream: corp}\n";
        home.putRoutes(routes);
        const CheckResult found = checkBaseUrlPath(home.read());
        QCOMPARE(found.state, CheckState::Warning);
        QVERIFY(found.evidence.front().text.contains(QStringLiteral("gw.test/llm/v1")));
        home.putRoutes(QByteArray(routes).replace("path: /}", "path: /v1}, rewrite: {prefix: /}"));
        QCOMPARE(checkBaseUrlPath(home.read()).state, CheckState::Ok);
    }

    void theLocalCaIsMadeTrustedAndEnds() {
        Home home;
        home.runAt(QStringLiteral("127.0.0.1:8899"));
        home.options.environment["HTTPS_PROXY"] = "http://127.0.0.1:8899";
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QCOMPARE(checkLocalCa(home.read(), now).state, CheckState::NotChecked);
        home.putRoutes("upstreams:\n  - {name: sandbox, sandbox: true}\n"
                       "routes:\n  - {name: all, match: {path: /}, upstream: sandbox}\n"
                       "intercept: [api.anthropic.com]\n");
        const CheckResult missing = checkLocalCa(home.read(), now);
        QCOMPARE(missing.state, CheckState::Fault);
        QVERIFY(missing.sentence.contains(QStringLiteral("sallyport ca create")));

        QVERIFY(updateAuthority(home.options.stateDir, {"api.anthropic.com"}, now,
                                AuthorityWish::Create)
                    .isOk());
        const CheckResult untrusted = checkLocalCa(home.read(), now);
        QCOMPARE(untrusted.state, CheckState::Fault);
        QVERIFY(untrusted.sentence.contains(QStringLiteral("ca.pem")));
        QVERIFY(applyFix(*untrusted.fix, home.options).isOk());
        const LocalReading trusted = home.read();
        QCOMPARE(checkLocalCa(trusted, now).state, CheckState::Ok);
        QCOMPARE(checkLocalCa(trusted, trusted.ca.notAfter.addDays(-30)).state,
                 CheckState::Warning);
        QCOMPARE(checkLocalCa(trusted, trusted.ca.notAfter.addDays(1)).state, CheckState::Fault);

        // A file that is named holds what is needed elsewhere.
        Home::put(home.path(QStringLiteral("corp.pem")), "nothing");
        home.options.environment["NODE_EXTRA_CA_CERTS"] =
            home.path(QStringLiteral("corp.pem")).toUtf8();
        Home::put(home.user(), "{}");
        const CheckResult other = checkLocalCa(home.read(), now);
        QCOMPARE(other.state, CheckState::Fault);
        QVERIFY(!other.fix);
    }

    void requestsThroughTheProxyAreJudged_data() {
        QTest::addColumn<QList<int>>("statuses");
        QTest::addColumn<CheckState>("connectivity");
        QTest::addColumn<CheckState>("webFetch");
        QTest::newRow("all met") << QList<int>{200, 200, 200} << CheckState::Ok << CheckState::Ok;
        QTest::newRow("204 is not enough")
            << QList<int>{204, 200, 200} << CheckState::Fault << CheckState::Ok;
        QTest::newRow("one of two")
            << QList<int>{200, 0, 200} << CheckState::Fault << CheckState::Ok;
        QTest::newRow("the preflight refused")
            << QList<int>{200, 200, 404} << CheckState::Ok << CheckState::Warning;
        QTest::newRow("nothing came") << QList<int>{} << CheckState::Fault << CheckState::Warning;
    }
    void requestsThroughTheProxyAreJudged() {
        QFETCH(QList<int>, statuses);
        QFETCH(CheckState, connectivity);
        QFETCH(CheckState, webFetch);
        Home home;
        home.runAt(QStringLiteral("127.0.0.1:8899"));
        home.options.environment["HTTPS_PROXY"] = "http://127.0.0.1:8899";
        home.options.environment["ANTHROPIC_API_KEY"] = "sk-not-approved-0123456789";
        const LocalReading local = home.read();
        QVERIFY(hasProxyToProbe(local));
        std::vector<ProxyProbeOutcome> outcomes;
        const QStringList urls = connectivityUrls() + QStringList{webFetchUrl()};
        for (qsizetype i = 0; i < statuses.size(); ++i)
            outcomes.push_back(
                {urls[i], statuses[i], statuses[i] == 0 ? QStringLiteral("no answer") : QString()});
        QCOMPARE(checkConnectivity(local, outcomes).state, connectivity);
        QCOMPARE(checkWebFetch(local, outcomes).state, webFetch);
        home.options.environment["HTTPS_PROXY"] = "http://proxy.test:3128";
        QVERIFY(!hasProxyToProbe(home.read()));
    }

    void theWayOfForwardIsTold_data() {
        QTest::addColumn<Via>("via");
        QTest::addColumn<QString>("says");
        Via via;
        QTest::newRow("directly") << via << QString();
        via.kind = Via::Kind::System;
        QTest::newRow("system") << via << QStringLiteral("the proxy that the system names");
        via = {Via::Kind::Proxy, "proxy.test", 3128, "alice", "pa55word-of-alice", {}};
        QTest::newRow("a proxy") << via << QStringLiteral("by the proxy proxy.test:3128");
    }
    void theWayOfForwardIsTold() {
        QFETCH(Via, via);
        QFETCH(QString, says);
        Home home;
        home.runAt(QStringLiteral("127.0.0.1:8899"));
        home.options.environment["HTTPS_PROXY"] = "http://127.0.0.1:8899";
        LocalReading local = home.read();
        auto config = std::make_shared<Config>();
        config->forwardVia = via;
        local.config.config = std::move(config);
        const CheckResult result =
            checkConnectivity(local, {{connectivityUrls().first(), 502, {}}});
        QCOMPARE(result.evidence.size(), says.isEmpty() ? 1U : 2U);
        QVERIFY2(result.evidence.back().text.contains(says),
                 qPrintable(result.evidence.back().text));
        QVERIFY(!result.evidence.back().text.contains(QLatin1String("pa55")));
    }
};

QTEST_GUILESS_MAIN(ChecksTest)
#include "tst_checks.moc"
