// SPDX-License-Identifier: MIT
#include "app/desktop/singleinstance.h"
#include "app/desktop/startoptions.h"
#include "app/desktop/terminal.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

class DesktopTest : public QObject {
    Q_OBJECT
private slots:
    void argumentsAreRead_data();
    void argumentsAreRead();
    void theFirstTerminalThatIsThereIsTaken();
    void aSecondStartRaisesTheFirst();
    void aSocketThatACrashLeftIsSweptAway();
    void whoDoesNotAnswerIsToldSo();
};

void DesktopTest::argumentsAreRead_data() {
    using Action = StartOptions::Action;
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("runs");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* tag, const QStringList& arguments, Action action, int exitCode,
                        const char* says) {
        QTest::newRow(tag) << arguments << (action == Action::Run) << exitCode
                           << QString::fromLatin1(says);
    };
    row("nothing runs it", {}, Action::Run, 0, "");
    row("hidden", {QStringLiteral("--hidden")}, Action::Run, 0, "");
    row("a folder", {QStringLiteral("--config"), QStringLiteral("/x")}, Action::Run, 0, "");
    row("an address", {QStringLiteral("--listen"), QStringLiteral("127.0.0.1:9999")}, Action::Run,
        0, "");
    row("an address without a port", {QStringLiteral("--listen"), QStringLiteral("localhost")},
        Action::PrintAndEnd, 2, "--listen");
    row("help", {QStringLiteral("--help")}, Action::PrintAndEnd, 0, "Usage");
    row("the version", {QStringLiteral("--version")}, Action::PrintAndEnd, 0, SALLYPORT_VERSION);
    row("an unknown option", {QStringLiteral("--colour")}, Action::PrintAndEnd, 2, "colour");
    row("a folder that is missing", {QStringLiteral("--config")}, Action::PrintAndEnd, 2, "config");
    row("a word too many", {QStringLiteral("serve")}, Action::PrintAndEnd, 2, "serve");
}

void DesktopTest::argumentsAreRead() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const StartOptions options = readStartOptions(arguments);
    QTEST(options.action == StartOptions::Action::Run, "runs");
    QTEST(options.exitCode, "exitCode");
    QVERIFY2(options.output.contains(says), qPrintable(options.output));
    if (arguments.contains(QStringLiteral("/x"))) QCOMPARE(options.configDir, QStringLiteral("/x"));
    QCOMPARE(options.listen.has_value(),
             arguments.contains(QStringLiteral("--listen")) && options.exitCode == 0);
    QCOMPARE(options.isHidden, arguments.contains(QStringLiteral("--hidden")));
}

void DesktopTest::theFirstTerminalThatIsThereIsTaken() {
    const auto finds = [](const QString& there) {
        return [there](const QString& name) { return name == there ? u'/' + name : QString(); };
    };
    const QStringList programs = terminalPrograms(QStringLiteral("mine"));
    QCOMPARE(firstTerminal(programs, finds(QStringLiteral("mine"))), QStringLiteral("/mine"));
    QCOMPARE(firstTerminal(programs, finds(QStringLiteral("konsole"))), QStringLiteral("/konsole"));
    QCOMPARE(firstTerminal(programs, finds(QStringLiteral("none"))), QString());
}

void DesktopTest::aSecondStartRaisesTheFirst() {
    const QTemporaryDir folder;
    SingleInstance first(folder.path());
    SingleInstance second(folder.path());
    qputenv("XDG_ACTIVATION_TOKEN", "token-1");
    QVERIFY(first.claim());
    QVERIFY(!second.claim());
    QSignalSpy shown(&first, &SingleInstance::showRequested);
    QSignalSpy asked(&second, &SingleInstance::askedFirst);
    second.askFirst();
    QVERIFY(asked.wait());
    QCOMPARE(asked[0][0].toBool(), true);
    QCOMPARE(shown.size(), 1);
    QCOMPARE(shown[0][0].toByteArray(), QByteArray("token-1"));
    qunsetenv("XDG_ACTIVATION_TOKEN");
}

void DesktopTest::aSocketThatACrashLeftIsSweptAway() {
    const QTemporaryDir folder;
    QFile left(folder.filePath(QStringLiteral("sallyport-desktop.sock")));
    QVERIFY(left.open(QFile::WriteOnly));
    QFile lock(folder.filePath(QStringLiteral("sallyport-desktop.lock")));
    QVERIFY(lock.open(QFile::WriteOnly));
    // A process id that no process can have.
    lock.write("2147483646\nsallyport\n\n");
    lock.close();
    SingleInstance instance(folder.path());
    QVERIFY(instance.claim());
    QSignalSpy shown(&instance, &SingleInstance::showRequested);
    SingleInstance second(folder.path());
    QSignalSpy asked(&second, &SingleInstance::askedFirst);
    second.askFirst();
    QVERIFY(asked.wait());
    QCOMPARE(asked[0][0].toBool(), true);
}

void DesktopTest::whoDoesNotAnswerIsToldSo() {
    const QTemporaryDir folder;
    SingleInstance second(folder.path());
    QSignalSpy asked(&second, &SingleInstance::askedFirst);
    second.askFirst();
    QVERIFY(!asked.isEmpty() || asked.wait());
    QCOMPARE(asked[0][0].toBool(), false);
}

QTEST_GUILESS_MAIN(DesktopTest)
#include "tst_desktop.moc"
