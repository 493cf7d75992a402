// SPDX-License-Identifier: MIT
#include "core/support/unixsignals.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using sallyport::UnixSignals;

class UnixSignalsTest : public QObject {
    Q_OBJECT
private slots:
    void signalsArriveInOrder() {
        UnixSignals subject({SIGUSR1, SIGUSR2});
        QSignalSpy arrived(&subject, &UnixSignals::arrived);
        std::raise(SIGUSR1);
        std::raise(SIGUSR2);
        std::raise(SIGUSR1);
        QVERIFY(arrived.isEmpty());
        QTRY_COMPARE(arrived.size(), 3);
        QCOMPARE(arrived[0][0].toInt(), SIGUSR1);
        QCOMPARE(arrived[1][0].toInt(), SIGUSR2);
        QCOMPARE(arrived[2][0].toInt(), SIGUSR1);
    }

    void afterItsEndTheDefaultIsBack() {
        { UnixSignals subject({SIGUSR1}); }
        struct sigaction action = {};
        QCOMPARE(::sigaction(SIGUSR1, nullptr, &action), 0);
        QVERIFY(action.sa_handler == SIG_DFL);
    }

    void anotherCanFollow() {
        for (int i = 0; i < 3; ++i) {
            UnixSignals subject({SIGUSR2});
            QSignalSpy arrived(&subject, &UnixSignals::arrived);
            std::raise(SIGUSR2);
            QTRY_COMPARE(arrived.size(), 1);
        }
    }
};

QTEST_GUILESS_MAIN(UnixSignalsTest)
#include "tst_unixsignals.moc"
