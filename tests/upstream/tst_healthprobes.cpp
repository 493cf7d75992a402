// SPDX-License-Identifier: MIT
#include "core/support/deadline.h"
#include "core/upstream/healthprobes.h"
#include "core/upstream/targetnames.h"
#include "fakeconnector.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;

namespace {

struct Bench {
    Bench() {
        health.path = "/healthz";
        health.every = 10s;
        health.fall = 2;
        health.rise = 1;
        BalanceRules rules;
        rules.health = health;
        UpstreamTarget target;
        target.host = "a.test";
        target.authority = "a.test";
        target.basePath = "/llm";
        options.targets = {target};
        options.timeouts = {1s, 600s, 300s};
        options.group = group = std::make_shared<TargetGroup>(targetSpecs(options.targets), rules);
        probes = std::make_unique<HealthProbes>(connector, deadlines, options, health);
    }
    void pass(std::chrono::milliseconds time) {
        clock.advance(time);
        deadlines.expireDue();
    }
    /// Waits for the next probe and has it answered.
    StreamScript* probe(const QByteArray& response) {
        pass(10s);
        StreamScript* const script = connector.establish();
        if (!response.isEmpty()) script->observer->streamReceived(response);
        return script;
    }
    [[nodiscard]] QString condition() const {
        const TargetStatus status = group->statuses(clock.now()).front();
        return QString::fromLatin1(wordOf(status.condition).toByteArray()) +
               (status.reason.isEmpty() ? QString() : u' ' + status.reason);
    }
    ManualClock clock;
    DeadlineQueue deadlines{clock};
    FakeConnector connector;
    HealthRules health;
    SocketTransportOptions options;
    std::shared_ptr<TargetGroup> group;
    std::unique_ptr<HealthProbes> probes;
};

const QByteArray kWell = "HTTP/1.1 204 No Content\r\n\r\n";
const QByteArray kIll = "HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n";

} // namespace

class TestHealthProbes : public QObject {
    Q_OBJECT
private slots:
    void asksBelowTheBasePathWithoutACredential() {
        Bench b;
        const auto* const script = b.probe(kWell);
        QCOMPARE(script->writes.join(), QByteArray("GET /llm/healthz HTTP/1.1\r\nHost: a.test\r\n"
                                                   "User-Agent: sallyport-health\r\n\r\n"));
        QVERIFY(script->isReleased);
        QCOMPARE(b.condition(), QStringLiteral("up"));
    }
    void asksAgainInItsTimeOnANewConnection() {
        Bench b;
        b.probe(kWell);
        b.pass(9s);
        QCOMPARE(b.connector.targets.size(), 1U);
        b.pass(1s);
        QCOMPARE(b.connector.targets.size(), 2U);
    }
    void takesATargetOutAndBringsItBack() {
        Bench b;
        b.probe(kIll);
        QCOMPARE(b.condition(), QStringLiteral("up"));
        b.probe(kIll);
        QCOMPARE(b.condition(), QStringLiteral("down 2 health probes failed in a row, the last "
                                               "one: status 503"));
        b.probe(kWell);
        QCOMPARE(b.condition(), QStringLiteral("up"));
    }
    void aRefusedConnectionIsAFailedProbe() {
        Bench b;
        b.pass(10s);
        b.connector.refuse(StreamFault::Refused);
        b.pass(10s);
        b.connector.refuse(StreamFault::Refused);
        QCOMPARE(b.condition(),
                 QStringLiteral("down 2 health probes failed in a row, the last one: evidence"));
    }
    void silenceIsAFailedProbeAfterTheConnectTimeOut() {
        Bench b;
        b.probe({});
        b.pass(1s);
        b.probe({});
        b.pass(1s);
        QVERIFY(b.condition().startsWith(u"down"));
    }
    void aShortageOfOursIsNone() {
        Bench b;
        for (int i = 0; i < 3; ++i) {
            b.pass(10s);
            b.connector.refuse(StreamFault::NoDescriptors);
        }
        QCOMPARE(b.condition(), QStringLiteral("up"));
    }
    void stoppedItAsksNoMore() {
        Bench b;
        b.probe(kWell);
        b.probes->stop();
        b.pass(60s);
        QCOMPARE(b.connector.targets.size(), 1U);
    }
};

QTEST_GUILESS_MAIN(TestHealthProbes)
#include "tst_healthprobes.moc"
