// SPDX-License-Identifier: MIT
#include "core/net/writewatch.h"
#include "tests/upstream/fakeconnector.h"

#include <QTest>

#include <memory>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;

namespace {

/// A stream whose kernel the test plays, with a clock that the test holds.
struct Rig {
    explicit Rig(std::chrono::milliseconds limit = 300s)
        : watch(std::make_unique<WriteWatch>(deadlines, stream, limit, [this] { ++stalls; })) {}

    void write(qsizetype bytes, qsizetype pending) {
        kernel.pendingAfterWrite = pending;
        watch->write(QByteArray(bytes, 'x'));
    }
    void pass(std::chrono::milliseconds time) {
        clock.advance(time);
        deadlines.expireDue();
    }

    ManualClock clock;
    DeadlineQueue deadlines{clock};
    StreamScript kernel;
    FakeStream stream{kernel};
    int stalls = 0;
    std::unique_ptr<WriteWatch> watch;
};

} // namespace

class TestWriteWatch : public QObject {
    Q_OBJECT

private slots:
    void whoTakesEverythingIsNotWatched() {
        Rig rig;
        rig.write(10, 0);
        rig.pass(1000h);
        QCOMPARE(rig.stalls, 0);
    }

    void whoTakesNothingStalls() {
        Rig rig;
        rig.write(10, 3);
        rig.pass(299s);
        rig.write(5, 8);
        QCOMPARE(rig.stalls, 0);
        rig.pass(2s);
        QCOMPARE(rig.stalls, 1);
        rig.pass(1000h);
        QCOMPARE(rig.stalls, 1);
    }

    void whoTakesOneByteInTimeIsOnlySlow() {
        Rig rig;
        rig.write(10, 10);
        for (qsizetype left = 9; left >= 1; --left) {
            rig.pass(290s);
            rig.kernel.pending = left;
        }
        QCOMPARE(rig.stalls, 0);
        rig.pass(301s);
        rig.pass(301s);
        QCOMPARE(rig.stalls, 1);
    }

    /// 5 bytes are a record of 27.
    void aStreamThatAddsBytesIsNotMistaken_data() {
        QTest::addColumn<bool>("takesSome");
        QTest::newRow("a peer that takes ten bytes between two writes is slow") << true;
        QTest::newRow("one that takes none has stalled") << false;
    }
    void aStreamThatAddsBytesIsNotMistaken() {
        QFETCH(const bool, takesSome);
        Rig rig;
        rig.write(78, 100);
        rig.pass(100s);
        const qsizetype left = takesSome ? 90 : 100;
        rig.kernel.pending = left;
        rig.write(5, left + 27);
        rig.pass(201s);
        QCOMPARE(rig.stalls, takesSome ? 0 : 1);
        rig.pass(301s);
        QCOMPARE(rig.stalls, 1);
    }

    void whoHasCaughtUpIsWatchedAnewFromTheNextWriteOn() {
        Rig rig;
        rig.write(10, 10);
        rig.kernel.pending = 0;
        rig.pass(301s);
        rig.write(1, 1);
        rig.pass(299s);
        QCOMPARE(rig.stalls, 0);
        rig.pass(2s);
        QCOMPARE(rig.stalls, 1);
    }

    void whatIsStoppedSaysNothing() {
        Rig rig;
        rig.write(10, 10);
        rig.watch->stop();
        rig.pass(1000h);
        QCOMPARE(rig.stalls, 0);
    }

    void withoutALimitNobodyStalls() {
        Rig rig(0ms);
        rig.write(10, 10);
        rig.pass(1000h);
        QCOMPARE(rig.stalls, 0);
    }

    void itMayBeDestroyedByWhatItSays() {
        Rig rig;
        rig.watch = std::make_unique<WriteWatch>(rig.deadlines, rig.stream, 1s, [&rig] {
            rig.watch.reset();
            ++rig.stalls;
        });
        rig.write(10, 10);
        rig.pass(2s);
        QCOMPARE(rig.stalls, 1);
    }
};

QTEST_GUILESS_MAIN(TestWriteWatch)
#include "tst_writewatch.moc"
