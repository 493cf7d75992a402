// SPDX-License-Identifier: MIT
#include "core/support/autostart.h"
#include "core/support/autostartentry.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

const QString kProgram = QStringLiteral("/opt/sallyport-desktop");
bool isAlwaysThere(const QString&) { return true; }
bool isHome(const QString& program) { return program == QLatin1String("/home/a b/s"); }

} // namespace

class TestAutostart : public QObject {
    Q_OBJECT
private slots:
    void anEntryIsOnUnlessItSaysNo_data() {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<bool>("isOn");
        const QByteArray made = autostartentry::madeFor(kProgram);
        QTest::newRow("as it is made") << made << true;
        QTest::newRow("hidden") << made + "Hidden=true\n" << false;
        QTest::newRow("not hidden") << made + "Hidden=false\n" << true;
        QTest::newRow("turned off in GNOME") << made + "X-GNOME-Autostart-enabled=false\n" << false;
        QTest::newRow("hidden is of another group") << made + "\n[Desktop Action x]\nHidden=true\n"
                                                    << true;
        QTest::newRow("nothing to start") << QByteArray("[Desktop Entry]\nName=x\n") << false;
        QTest::newRow("no entry at all") << QByteArray("hello\n") << false;
    }
    void anEntryIsOnUnlessItSaysNo() {
        QFETCH(QByteArray, entry);
        QTEST(autostartentry::isOn(entry), "isOn");
    }

    void turningOnChangesWhatKeepsItOff_data() {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QByteArray>("after");
        const QByteArray head = "# mine\n[Desktop Entry]\nType=Application\n";
        const QByteArray exec = "Exec=\"/home/a b/s\" --hidden --config /x\n";
        const QByteArray tail = "X-Mine=1\n\n[Desktop Action a]\nExec=b\n";
        QTest::newRow("an own command line stays") << head + exec + tail << head + exec + tail;
        QTest::newRow("Hidden goes") << head + exec + "Hidden=true\n" + tail << head + exec + tail;
        QTest::newRow("GNOME's switch is turned")
            << head + "X-GNOME-Autostart-enabled=false\n" + exec + tail
            << head + "X-GNOME-Autostart-enabled=true\n" + exec + tail;
        const QByteArray ours = "Exec=\"/opt/sallyport-desktop\" --hidden\n";
        QTest::newRow("a program that is gone")
            << head + "Exec=/gone/s --hidden\n" + tail << head + ours + tail;
        QTest::newRow("no Exec") << head + tail
                                 << head + "X-Mine=1\n" + ours + "\n[Desktop Action a]\nExec=b\n";
        QTest::newRow("carriage returns stay")
            << QByteArray("[Desktop Entry]\r\nExec=gone\r\n")
            << QByteArray("[Desktop Entry]\r\nExec=\"/opt/sallyport-desktop\" --hidden\r\n");
        QTest::newRow("no entry at all") << QByteArray("x") << autostartentry::madeFor(kProgram);
    }
    void turningOnChangesWhatKeepsItOff() {
        QFETCH(QByteArray, entry);
        QTEST(autostartentry::turnedOn(entry, kProgram, isHome), "after");
    }

    void turningOffAndOnGivesTheSameBytes() {
        const QByteArray made = autostartentry::madeFor(kProgram);
        const QByteArray off = autostartentry::turnedOff(made);
        QCOMPARE(off, made + "Hidden=true\n");
        QVERIFY(!autostartentry::isOn(off));
        QCOMPARE(autostartentry::turnedOn(off, kProgram, isAlwaysThere), made);
    }

    void theFileGoesAgainUnlessItWasEdited() {
        const QTemporaryDir home;
        const Autostart autostart(home.path(), kProgram);
        QVERIFY(!autostart.isOn());
        QVERIFY(autostart.setOn(false));
        QVERIFY(autostart.setOn(true));
        QVERIFY(autostart.isOn());
        QVERIFY(autostart.setOn(false));
        QVERIFY(!QFile::exists(autostart.file()));
        QVERIFY(autostart.setOn(true));
        QFile file(autostart.file());
        QVERIFY(file.open(QFile::Append));
        file.write("X-Mine=1\n");
        file.close();
        QVERIFY(autostart.setOn(false));
        QVERIFY(!autostart.isOn());
        QVERIFY(file.open(QFile::ReadOnly));
        QVERIFY(file.readAll().contains("X-Mine=1\nHidden=true\n"));
    }

    void theEntryIsValid_data() {
        QTest::addColumn<QString>("program");
        QTest::newRow("a usual path") << kProgram;
        QTest::newRow("odd letters") << QStringLiteral("/a b/$x%\"y\\z`");
    }
    void theEntryIsValid() {
        const QString validate =
            QStandardPaths::findExecutable(QStringLiteral("desktop-file-validate"));
        if (validate.isEmpty()) QSKIP("desktop-file-validate is not installed");
        QFETCH(QString, program);
        const QTemporaryDir home;
        const Autostart autostart(home.path(), program);
        QVERIFY(autostart.setOn(true));
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(validate, {autostart.file()});
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
        const QByteArray said = process.readAll();
        QVERIFY2(process.exitCode() == 0 && said.isEmpty(), said.constData());
    }

    void oddLettersAreQuoted() {
        // Twice: once for Exec, and once for a string.
        QVERIFY(autostartentry::madeFor(QStringLiteral("/a b/$x%\"y\\z"))
                    .contains("\nExec=\"/a b/\\\\$x%%\\\\\"y\\\\\\\\z\" --hidden\n"));
    }
};

QTEST_GUILESS_MAIN(TestAutostart)
#include "tst_autostart.moc"
