// SPDX-License-Identifier: MIT
#include "core/doctor/checkid.h"
#include "core/doctor/doctorreport.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

using namespace sallyport;

class DoctorReportTest : public QObject {
    Q_OBJECT
private slots:
    void everyCheckHasANameAndIsDocumented() {
        QFile file(QStringLiteral(SALLYPORT_SOURCE_DIR "/docs/doctor.md"));
        QVERIFY(file.open(QFile::ReadOnly));
        const QString docs = QString::fromUtf8(file.readAll());
        QSet<QString> names;
        for (const CheckId id : allChecks()) {
            const QString name = checkName(id);
            names << name;
            QVERIFY(!checkTitle(id).isEmpty());
            QVERIFY(checkOfName(name) == id);
            QVERIFY2(docs.contains(QLatin1String("| `") + name + QLatin1String("` |")),
                     qPrintable(name));
        }
        QCOMPARE(names.size(), static_cast<qsizetype>(allChecks().size()));
        QVERIFY(!checkOfName(QStringLiteral("no-such-check")).has_value());
    }

    void theReportHasStatesEvidenceAndFixes() {
        CheckResult fault{CheckId::NoProxy, CheckState::Fault, QStringLiteral("It fails.")};
        fault.evidence = {{QStringLiteral("A = b"), QStringLiteral("/x/settings.json"), 7},
                          {QStringLiteral("alone"), {}, 0},
                          {{}, QStringLiteral("/x/whole"), 0}};
        fault.fix = CheckFix{CheckFix::Kind::SetSettings, QStringLiteral("Sets it"), {}};
        const CheckResult ok{CheckId::Listener, CheckState::Ok, QStringLiteral("It runs.")};
        const CheckResult unknown{CheckId::DiskSpace, CheckState::NotChecked, {}};
        const auto results = inOrder({unknown, fault, ok});
        QCOMPARE(results.front().id, CheckId::Listener);
        QCOMPARE(results.back().id, CheckId::DiskSpace);

        const QString text = reportText(results);
        QVERIFY(text.contains(QStringLiteral("✓ listener: It runs.\n")));
        QVERIFY(
            text.contains(QStringLiteral("✕ no-proxy: It fails.\n"
                                         "    A = b (/x/settings.json:7)\n    alone\n"
                                         "    /x/whole\n"
                                         "    fix: sallyport doctor --fix no-proxy (Sets it)")));

        const QJsonObject json = QJsonDocument::fromJson(reportJson(results)).object();
        QCOMPARE(json[QLatin1String("findings")].toInt(), 1);
        const QJsonObject second = json[QLatin1String("checks")].toArray()[1].toObject();
        QCOMPARE(second[QLatin1String("id")].toString(), QStringLiteral("no-proxy"));
        QCOMPARE(second[QLatin1String("state")].toString(), QStringLiteral("fault"));
        QCOMPARE(second[QLatin1String("fix")].toString(), QStringLiteral("Sets it"));
        const QJsonObject place = second[QLatin1String("evidence")].toArray()[0].toObject();
        QCOMPARE(place[QLatin1String("file")].toString(), QStringLiteral("/x/settings.json"));
        QCOMPARE(place[QLatin1String("line")].toInt(), 7);
        QVERIFY(
            !json[QLatin1String("checks")].toArray()[0].toObject().contains(QLatin1String("fix")));
    }
};

QTEST_GUILESS_MAIN(DoctorReportTest)
#include "tst_doctorreport.moc"
