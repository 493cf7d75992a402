// SPDX-License-Identifier: MIT
#include "core/authority/authorityrenewal.h"

#include <QTest>

using namespace sallyport;

Q_DECLARE_METATYPE(sallyport::AuthorityPlan)
Q_DECLARE_METATYPE(std::optional<sallyport::AuthorityTerm>)

class TestAuthorityPlan : public QObject {
    Q_OBJECT
private slots:
    void theStepFollowsFromTheTerm_data() {
        QTest::addColumn<std::optional<AuthorityTerm>>("current");
        QTest::addColumn<int>("wantedCount");
        QTest::addColumn<AuthorityPlan>("plan");
        using Step = AuthorityStep;
        const QDateTime now = kNow();
        const auto term = [&](int count, int days) {
            return std::optional<AuthorityTerm>({hosts(count), now.addDays(days)});
        };
        const auto row = [](const char* tag, std::optional<AuthorityTerm> current, int wanted,
                            Step step, bool keepsOld) {
            QTest::newRow(tag) << std::move(current) << wanted << AuthorityPlan{step, keepsOld};
        };
        row("none, and hosts", std::nullopt, 2, Step::Create, false);
        row("none, and no hosts", std::nullopt, 0, Step::Nothing, false);
        row("fit", term(2, 31), 2, Step::Nothing, false);
        row("no hosts any more", term(2, 400), 0, Step::Nothing, false);
        row("ends in 30 days", term(2, 30), 2, Step::Renew, true);
        row("ends tomorrow", term(2, 1), 2, Step::Renew, true);
        row("has ended", term(2, 0), 2, Step::Renew, false);
        row("ended long ago", term(2, -400), 2, Step::Renew, false);
        row("a host more", term(2, 400), 3, Step::ChangeHosts, true);
        row("a host more, and near its end", term(2, 5), 3, Step::ChangeHosts, true);
        row("a host more, and ended", term(2, -1), 3, Step::ChangeHosts, false);
        row("a host less: the old one could certify it still", term(3, 400), 2, Step::ChangeHosts,
            false);
    }
    void theStepFollowsFromTheTerm() {
        QFETCH(std::optional<AuthorityTerm>, current);
        QFETCH(int, wantedCount);
        QFETCH(AuthorityPlan, plan);
        const AuthorityPlan made = planAuthority(current, hosts(wantedCount), kNow());
        QCOMPARE(static_cast<int>(made.step), static_cast<int>(plan.step));
        QCOMPARE(made.keepsOld, plan.keepsOld);
    }

private:
    static QDateTime kNow() { return QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC); }
    static HostList hosts(int count) {
        HostList all{"a.test", "b.test", "c.test"};
        all.resize(static_cast<std::size_t>(count));
        return all;
    }
};

QTEST_GUILESS_MAIN(TestAuthorityPlan)
#include "tst_authorityrenewal.moc"
