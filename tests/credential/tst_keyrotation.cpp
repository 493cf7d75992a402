// SPDX-License-Identifier: MIT
#include "core/credential/keyrotation.h"

#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

using Order = std::vector<std::size_t>;

class TestKeyRotation : public QObject {
    Q_OBJECT
private slots:
    void staysWithOneThatIsWell() {
        const KeyRotation rotation(3);
        QCOMPARE(rotation.order(Monotonic{}), (Order{0, 1, 2}));
    }

    void goesOnToTheNext() {
        ManualClock clock;
        KeyRotation rotation(3);
        rotation.rest(0, 10s, clock.now());
        QCOMPARE(rotation.order(clock.now()), (Order{1, 2, 0}));
        QVERIFY(rotation.rests(0, clock.now()));
        rotation.rest(1, 60s, clock.now());
        QCOMPARE(rotation.order(clock.now()), (Order{2, 0, 1}));
        // The one that rested shortest is there again, and the one in use stays.
        clock.advance(10s);
        QVERIFY(!rotation.rests(0, clock.now()));
        QCOMPARE(rotation.order(clock.now()), (Order{2, 0, 1}));
        clock.advance(50s);
        QCOMPARE(rotation.order(clock.now()), (Order{2, 0, 1}));
    }

    void whenAllRestTheShortestGoesFirst() {
        ManualClock clock;
        KeyRotation rotation(3);
        rotation.rest(0, 30s, clock.now());
        rotation.rest(1, 10s, clock.now());
        rotation.rest(2, 20s, clock.now());
        QCOMPARE(rotation.order(clock.now()), (Order{1, 2, 0}));
    }

    void aLaterShorterRestDoesNotEndALongerOne() {
        ManualClock clock;
        KeyRotation rotation(2);
        rotation.rest(0, 60s, clock.now());
        rotation.rest(0, 1s, clock.now());
        clock.advance(2s);
        QVERIFY(rotation.rests(0, clock.now()));
    }

    /// Two requests that were refused with the same key take one step, not two.
    void onlyTheKeyInUseMakesAStep() {
        KeyRotation rotation(3);
        rotation.pass(0);
        rotation.pass(0);
        QCOMPARE(rotation.order(Monotonic{}), (Order{1, 2, 0}));
    }

    void ofOneKeyThereIsNoOther() {
        ManualClock clock;
        KeyRotation rotation(1);
        rotation.rest(0, 60s, clock.now());
        QCOMPARE(rotation.order(clock.now()), Order{0});
    }
};

QTEST_GUILESS_MAIN(TestKeyRotation)
#include "tst_keyrotation.moc"
