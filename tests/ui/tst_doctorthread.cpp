// SPDX-License-Identifier: MIT
#include "app/desktop/doctorthread.h"
#include "core/claudecode/listeningfile.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace sallyport;

namespace {

DoctorOptions optionsIn(const QTemporaryDir& dir) {
    DoctorOptions options;
    options.configDir = dir.filePath(QStringLiteral("config"));
    options.stateDir = dir.filePath(QStringLiteral("state"));
    options.paths = {dir.filePath(QStringLiteral("settings.json")), {}, {}, {}};
    return options;
}

} // namespace

class DoctorThreadTest : public QObject {
    Q_OBJECT
private slots:
    void resultsComeOnTheThreadOfTheScreens() {
        const QTemporaryDir dir;
        DoctorThread doctor(optionsIn(dir));
        std::size_t told = 0;
        bool isElsewhere = false;
        connect(&doctor, &DoctorInterface::checked, this, [&] {
            ++told;
            isElsewhere = isElsewhere || QThread::currentThread() != thread();
        });
        QSignalSpy finished(&doctor, &DoctorInterface::checksFinished);
        doctor.startChecks();
        QVERIFY(finished.wait());
        QCOMPARE(told, allChecks().size());
        QVERIFY(!isElsewhere);
    }

    void aFixIsAppliedAndSaid() {
        const QTemporaryDir dir;
        DoctorThread doctor(optionsIn(dir));
        QSignalSpy ended(&doctor, &DoctorInterface::fixEnded);
        CheckResult result{CheckId::AllProxy, CheckState::Warning, {}, {}, {}};
        result.fix =
            CheckFix{CheckFix::Kind::SetSettings, {}, {{"ALL_PROXY", true, "\"\"", false}}};
        doctor.applyFixOf(result);
        QVERIFY(ended.wait());
        QVERIFY(ended.first().first().toBool());
        QVERIFY(ended.first().at(1).toString().contains(QStringLiteral("env.ALL_PROXY")));
        QVERIFY(QFile::exists(dir.filePath(QStringLiteral("settings.json"))));
    }

    void itsEndDoesNotWaitForASilentPeer() {
        QTcpServer silent;
        silent.listen(QHostAddress::LocalHost);
        const QTemporaryDir dir;
        const DoctorOptions options = optionsIn(dir);
        QVERIFY(writeListeningFile(options.stateDir,
                                   QStringLiteral("127.0.0.1:%1").arg(silent.serverPort()))
                    .isOk());
        auto doctor = std::make_unique<DoctorThread>(options);
        QSignalSpy finished(doctor.get(), &DoctorInterface::checksFinished);
        QSignalSpy accepted(&silent, &QTcpServer::newConnection);
        doctor->startChecks();
        QVERIFY(accepted.wait());
        QElapsedTimer timer;
        timer.start();
        doctor->cancelChecks();
        doctor.reset();
        // The deadline of its request is 3 s.
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(finished.isEmpty());
    }
};

QTEST_GUILESS_MAIN(DoctorThreadTest)
#include "tst_doctorthread.moc"
