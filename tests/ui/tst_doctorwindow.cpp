// SPDX-License-Identifier: MIT
#include "ui/doctor/doctorwindow.h"

#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>
#include <QTest>

using namespace sallyport;

namespace {

/// Writes down what it is asked; a test emits its signals.
class FakeDoctor : public DoctorInterface {
public:
    void startChecks() override { asked += QStringLiteral("start"); }
    void cancelChecks() override { asked += QStringLiteral("cancel"); }
    void applyFixOf(const CheckResult& result) override {
        asked += QStringLiteral("fix ") + checkName(result.id);
    }
    QStringList asked;
};

CheckResult finding() {
    CheckResult result{CheckId::NoProxy, CheckState::Fault, QStringLiteral("It fails.")};
    result.evidence = {{QStringLiteral("A = b"), QStringLiteral("/x/settings.json"), 7}};
    result.fix = CheckFix{CheckFix::Kind::SetSettings, QStringLiteral("Sets it"), {}};
    return result;
}

QTreeWidgetItem* rowOf(const QTreeWidget& tree, CheckId id) {
    return tree.topLevelItem(static_cast<int>(id));
}

} // namespace

class DoctorWindowTest : public QObject {
    Q_OBJECT
private slots:
    void checksStartAndEndWithTheWindow() {
        FakeDoctor doctor;
        DoctorWindow window(doctor);
        QVERIFY(doctor.asked.isEmpty());
        window.show();
        QCOMPARE(doctor.asked, QStringList{QStringLiteral("start")});
        window.close();
        QCOMPARE(doctor.asked.last(), QStringLiteral("cancel"));
        window.show();
        QCOMPARE(doctor.asked.count(QStringLiteral("start")), 2);
    }

    void everyCheckHasARowFromTheStart() {
        FakeDoctor doctor;
        const DoctorWindow window(doctor);
        const auto* tree = window.findChild<QTreeWidget*>(QStringLiteral("doctorChecks"));
        QCOMPARE(tree->topLevelItemCount(), static_cast<int>(allChecks().size()));
        QVERIFY(!tree->accessibleName().isEmpty());
        for (const CheckId id : allChecks())
            QCOMPARE(rowOf(*tree, id)->text(1), checkTitle(id));
    }

    void aFindingIsShownWithItsEvidenceAndFixed() {
        FakeDoctor doctor;
        DoctorWindow window(doctor);
        window.show();
        auto* tree = window.findChild<QTreeWidget*>(QStringLiteral("doctorChecks"));
        auto* fix = window.findChild<QPushButton*>(QStringLiteral("doctorFix"));
        const auto* evidence = window.findChild<QPlainTextEdit*>(QStringLiteral("doctorEvidence"));
        const auto* summary = window.findChild<QLabel*>(QStringLiteral("doctorSummary"));
        QSignalSpy changed(&window, &DoctorWindow::settingsChanged);
        QVERIFY(!fix->isEnabled());
        emit doctor.checked({CheckId::Listener, CheckState::Ok, QStringLiteral("It runs.")});
        emit doctor.checked(finding());
        const auto* sentence = window.findChild<QLabel*>(QStringLiteral("doctorSentence"));
        QTest::keyClick(tree, Qt::Key_End);
        QTest::keyClick(tree, Qt::Key_Home);
        tree->setCurrentItem(rowOf(*tree, CheckId::NoProxy));
        QCOMPARE(rowOf(*tree, CheckId::NoProxy)->text(0), QStringLiteral("✕ fault"));
        QCOMPARE(rowOf(*tree, CheckId::NoProxy)->text(2), QStringLiteral("It fails."));
        QCOMPARE(evidence->toPlainText(), QStringLiteral("A = b (/x/settings.json:7)"));
        QVERIFY(fix->isEnabled());
        QCOMPARE(fix->toolTip(), QStringLiteral("Sets it"));
        QCOMPARE(sentence->text(), QStringLiteral("It fails.\nFix: Sets it"));
        // Enter in the list changes no file.
        QTest::keyClick(tree, Qt::Key_Return);
        QVERIFY(!doctor.asked.contains(QStringLiteral("fix no-proxy")));
        emit doctor.checksFinished();
        QVERIFY2(summary->text().startsWith(u'1'), qPrintable(summary->text()));
        QTest::mouseClick(fix, Qt::LeftButton);
        QCOMPARE(doctor.asked.last(), QStringLiteral("fix no-proxy"));
        QVERIFY(!fix->isEnabled());

        emit doctor.fixEnded(true, QStringLiteral("Written."));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(doctor.asked.last(), QStringLiteral("start"));
        const auto* outcome = window.findChild<QLabel*>(QStringLiteral("doctorOutcome"));
        QCOMPARE(outcome->text(), QStringLiteral("Written."));
        CheckResult mended = finding();
        mended.state = CheckState::Ok;
        mended.fix.reset();
        emit doctor.checked(mended);
        emit doctor.checksFinished();
        QVERIFY(!fix->isEnabled());
        QVERIFY(!summary->text().startsWith(u'1'));
    }

    void aFixThatFailsIsSaidAndCanBeTriedAgain() {
        FakeDoctor doctor;
        DoctorWindow window(doctor);
        window.show();
        auto* tree = window.findChild<QTreeWidget*>(QStringLiteral("doctorChecks"));
        emit doctor.checked(finding());
        tree->setCurrentItem(rowOf(*tree, CheckId::NoProxy));
        auto* fix = window.findChild<QPushButton*>(QStringLiteral("doctorFix"));
        fix->click();
        const auto starts = doctor.asked.count(QStringLiteral("start"));
        emit doctor.fixEnded(false, QStringLiteral("Read-only."));
        QCOMPARE(doctor.asked.count(QStringLiteral("start")), starts);
        QVERIFY(fix->isEnabled());
        QCOMPARE(window.findChild<QLabel*>(QStringLiteral("doctorOutcome"))->text(),
                 QStringLiteral("Read-only."));
    }

    void theReportIsCopied() {
        FakeDoctor doctor;
        DoctorWindow window(doctor);
        window.show();
        emit doctor.checked(finding());
        window.findChild<QPushButton*>(QStringLiteral("doctorCopy"))->click();
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("no-proxy: It fails.")));
    }

    void theKeyboardReachesEverything() {
        FakeDoctor doctor;
        DoctorWindow window(doctor);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        emit doctor.checksFinished();
        QStringList reached;
        for (int i = 0; i < 8; ++i) {
            if (const QWidget* focus = window.focusWidget()) reached << focus->objectName();
            QTest::keyClick(window.focusWidget(), Qt::Key_Tab);
        }
        for (const char* name :
             {"doctorChecks", "doctorEvidence", "doctorAgain", "doctorCopy", "doctorClose"})
            QVERIFY2(reached.contains(QLatin1String(name)), name);
        QTest::keyClick(&window, Qt::Key_Escape);
        QVERIFY(!window.isVisible());
        QCOMPARE(doctor.asked.last(), QStringLiteral("cancel"));
    }
};

QTEST_MAIN(DoctorWindowTest)
#include "tst_doctorwindow.moc"
