// SPDX-License-Identifier: MIT
#include "core/route/tokenbudget.h"

#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

class TestTokenBudget : public QObject {
    Q_OBJECT
private slots:
    void countsADay() {
        const WallTime noon{std::chrono::hours(24 * 20000 + 12)};
        TokenBudget budget;
        QCOMPARE(budget.usedAt(noon), 0);
        budget.add(300, noon);
        budget.add(-5, noon + 1s);
        budget.add(700, noon + 11h + 59min);
        QCOMPARE(budget.usedAt(noon + 11h + 59min), 1000);
        QCOMPARE(budget.usedAt(noon + 12h), 0);
        budget.add(1, noon + 12h);
        QCOMPARE(budget.usedAt(noon + 12h), 1);
    }

    void saysWhenTheNextDayBegins_data() {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<int>("seconds");
        QTest::newRow("at midnight a whole day") << qint64{0} << 86'400;
        QTest::newRow("at noon half of one") << qint64{43'200'000} << 43'200;
        QTest::newRow("a moment before it one second") << qint64{86'399'999} << 1;
    }
    void saysWhenTheNextDayBegins() {
        QFETCH(const qint64, ms);
        QFETCH(const int, seconds);
        const WallTime now =
            WallTime{std::chrono::hours(24 * 20000)} + std::chrono::milliseconds(ms);
        QCOMPARE(TokenBudget::secondsToNextDay(now), seconds);
    }
};

QTEST_GUILESS_MAIN(TestTokenBudget)
#include "tst_tokenbudget.moc"
