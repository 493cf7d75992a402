// SPDX-License-Identifier: MIT
#include "core/authority/leafissuer.h"

#include <QTest>

using namespace sallyport;

namespace {

const QDateTime kMade(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
constexpr int kOverlapDays = 30;

} // namespace

class TestLeafIssuer : public QObject {
    Q_OBJECT
private slots:
    void whichOneIssues_data() {
        QTest::addColumn<bool>("hasOld");
        QTest::addColumn<bool>("hasNew");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("hoursToTheEndOfTheOld");
        QTest::addColumn<QString>("issuer");
        const auto row = [](const char* tag, bool hasOld, bool hasNew, const char* host, int hours,
                            const char* issuer) {
            QTest::newRow(tag) << hasOld << hasNew << QByteArray(host) << hours
                               << QString::fromLatin1(issuer);
        };
        row("there is none", false, false, "a.test", 600, "none");
        row("the only one", false, true, "a.test", 600, "new");
        row("the older of two", true, true, "a.test", 600, "old");
        row("the older until a day before its end", true, true, "a.test", 25, "old");
        row("the newer on the last day of the older", true, true, "a.test", 24, "new");
        row("the newer after the end of the older", true, true, "a.test", -1, "new");
        row("the newer for a host that the older is not bound to", true, true, "b.test", 600,
            "new");
        row("none for a host of neither", true, true, "c.test", 600, "none");
        row("none after the end of both", true, true, "a.test", -24 * (kOverlapDays + 1), "none");
    }
    void whichOneIssues() {
        QFETCH(bool, hasOld);
        QFETCH(bool, hasNew);
        QFETCH(QByteArray, host);
        QFETCH(int, hoursToTheEndOfTheOld);
        auto older = CaCertificate::make({"a.test"}, kMade);
        auto newer = CaCertificate::make({"a.test", "b.test"}, kMade.addDays(kOverlapDays));
        const QDateTime now = older->notAfter().addSecs(-3600LL * hoursToTheEndOfTheOld);
        AuthorityFiles files;
        if (hasOld) files.previous = std::move(older).value();
        if (hasNew) files.current = std::move(newer).value();
        const CaCertificate* const issuer = leafIssuer(files, host, now);
        const QString found = !issuer                     ? QStringLiteral("none")
                              : issuer == &*files.current ? QStringLiteral("new")
                                                          : QStringLiteral("old");
        QTEST(found, "issuer");
    }
};

QTEST_GUILESS_MAIN(TestLeafIssuer)
#include "tst_leafissuer.moc"
