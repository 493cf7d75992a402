// SPDX-License-Identifier: MIT
#include "core/proxy/refusalgate.h"
#include "tests/proxy/cacherig.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;
using Verdict = RefusalGate::Verdict;

namespace {

/// A scripted upstream through a gate whose verdict the test sets.
struct GateRig {
    explicit GateRig(Verdict verdict)
        : gate(seen, [verdict](const ResponseHead&) { return verdict; })
        , exchange(transport.start({}, gate))
        , script(*transport.scripts.back()) {
        script.respond(401, {"X-A: b"}, {BodyKind::Length, 4});
    }
    NotingObserver seen;
    ScriptedTransport transport;
    RefusalGate gate;
    std::unique_ptr<UpstreamExchange> exchange;
    UpstreamScript& script;
};

} // namespace

class TestRefusalGate : public QObject {
    Q_OBJECT
private slots:
    void whatPassesPassesAtOnce() {
        GateRig rig(Verdict::Pass);
        rig.script.send("cont");
        rig.script.complete();
        QCOMPARE(rig.seen.lines, (QByteArrayList{"401", "complete"}));
        QCOMPARE(rig.seen.content, QByteArray("cont"));
    }
    void whatIsDroppedIsNotSeen() {
        GateRig rig(Verdict::Drop);
        QVERIFY(rig.seen.lines.isEmpty());
    }
    void whatIsHeldComesWhenItIsReleased() {
        GateRig rig(Verdict::Hold);
        rig.exchange->setReading(false);
        rig.script.send("co");
        QVERIFY(rig.seen.lines.isEmpty());
        rig.gate.release(*rig.exchange);
        QVERIFY(rig.script.isReading);
        QCOMPARE(rig.seen.lines, QByteArrayList{"401"});
        rig.script.send("nt");
        rig.script.complete();
        QCOMPARE(rig.seen.content, QByteArray("cont"));
        QCOMPARE(rig.seen.lines.last(), QByteArray("complete"));
    }
    void aWholeOneComesWhole() {
        GateRig rig(Verdict::Hold);
        rig.script.send("cont");
        rig.script.complete();
        rig.gate.release(*rig.exchange);
        QCOMPARE(rig.seen.lines, (QByteArrayList{"401", "complete"}));
        QCOMPARE(rig.seen.content, QByteArray("cont"));
    }
    void aFailureComesAfterWhatCame() {
        GateRig rig(Verdict::Hold);
        rig.script.send("co");
        rig.script.observer->upstreamFailed({});
        rig.gate.release(*rig.exchange);
        QCOMPARE(rig.seen.lines, (QByteArrayList{"401", "failed"}));
        QCOMPARE(rig.seen.content, QByteArray("co"));
    }
    void afterADropTheNextOnePasses() {
        GateRig rig(Verdict::Hold);
        rig.script.send("co");
        rig.gate.drop();
        rig.gate.release(*rig.exchange);
        QVERIFY(rig.seen.lines.isEmpty());
    }
    /// The observer may end the exchange, and the gate with it, in the first call.
    void mayBeDestroyedInARelease() {
        class Leaving final : public UpstreamObserver {
        public:
            std::unique_ptr<RefusalGate> gate;
            void upstreamConnected(const UpstreamPeer&) override {}
            void upstreamRequestSent() override {}
            void upstreamInterim(const ResponseHead&) override {}
            void upstreamHead(ResponseHead, Framing) override { gate.reset(); }
            void upstreamBody(QByteArrayView) override { QFAIL("a call after the gate was gone"); }
            void upstreamComplete(const FieldList&) override {}
            void upstreamSwitched(ResponseHead, StreamPtr, QByteArray) override {}
            void upstreamFailed(const ExchangeError&) override {}
            void upstreamWritable() override {}
        } leaving;
        leaving.gate = std::make_unique<RefusalGate>(
            leaving, [](const ResponseHead&) { return Verdict::Hold; });
        ScriptedTransport transport;
        const auto exchange = transport.start({}, *leaving.gate);
        transport.scripts.back()->respond(401, {}, {BodyKind::Length, 4});
        transport.scripts.back()->send("cont");
        leaving.gate->release(*exchange);
        QVERIFY(!leaving.gate);
    }
};

QTEST_APPLESS_MAIN(TestRefusalGate)
#include "tst_refusalgate.moc"
