// SPDX-License-Identifier: MIT
#include "core/claudecode/maskedlines.h"
#include "core/claudecode/shellfiles.h"
#include "core/claudecode/targetconnector.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

const QByteArray kToken("sp-0123456789abcdefghijABCDEFGHc41e");
const std::vector<Variable> kVariables{
    {QStringLiteral("ANTHROPIC_BASE_URL"), QStringLiteral("http://127.0.0.1:8899"), false},
    {QStringLiteral("ANTHROPIC_AUTH_TOKEN"), QString::fromLatin1(kToken), true},
    {QStringLiteral("ODD"), QStringLiteral("a'b \"c\" $HOME `id` \\ %"), false}};

struct Ran {
    int exitCode = -1;
    QByteArray output;
};

/// A home folder with a quote and a blank in its name.
struct Home {
    QTemporaryDir dir;
    ShellPlaces places;

    Home() {
        const QString home = dir.filePath(QStringLiteral("o'hara home"));
        QDir().mkpath(home);
        places = {home, home + QStringLiteral("/.config"), home, home + QStringLiteral("/state")};
    }
    void put(const char* name, const QByteArray& content) const {
        QFile file(places.home + u'/' + QLatin1String(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    [[nodiscard]] TargetConnector connection(const std::vector<Shell>& shells) const {
        std::vector<std::unique_ptr<FileConnector>> files;
        for (const TextFile& file : shellFiles(shells, places, kVariables))
            files.push_back(std::make_unique<TextConnector>(file, places.stateDir));
        return TargetConnector(std::move(files));
    }
    [[nodiscard]] Ran run(const QString& program, const QStringList& arguments) const {
        QProcess process;
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("HOME"), places.home);
        environment.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
        environment.insert(QStringLiteral("LANG"), QStringLiteral("C.UTF-8"));
        process.setProcessEnvironment(environment);
        QSignalSpy finished(&process, &QProcess::finished);
        process.start(program, arguments);
        process.closeWriteChannel();
        if (finished.isEmpty() && !finished.wait(30000)) return {-1, "(did not end)"};
        return {process.exitCode(), process.readAllStandardOutput()};
    }
};

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

} // namespace

/// Real shells, as far as they are installed; bash always is.
class ShellFilesTest : public QObject {
    Q_OBJECT
private slots:
    void aNewShellHasTheVariablesUntilTheyAreTakenBack_data() {
        QTest::addColumn<QString>("program");
        QTest::addColumn<int>("shell");
        QTest::addColumn<QString>("startFile");
        const auto row = [](const char* program, Shell shell, const char* file) {
            QTest::newRow(program) << QString::fromLatin1(program) << static_cast<int>(shell)
                                   << QString::fromLatin1(file);
        };
        row("bash", Shell::Bash, ".bashrc");
        row("zsh", Shell::Zsh, ".zshrc");
        row("fish", Shell::Fish, "");
        row("pwsh", Shell::PowerShell, "");
    }
    void aNewShellHasTheVariablesUntilTheyAreTakenBack() {
        QFETCH(QString, program);
        QFETCH(int, shell);
        QFETCH(QString, startFile);
        const QString path = QStandardPaths::findExecutable(program);
        if (path.isEmpty()) QSKIP("not installed");
        const Home home;
        const QByteArray own("alias mine='true' # no line end");
        if (!startFile.isEmpty()) home.put(startFile.toLatin1().constData(), own);
        const QStringList ask =
            static_cast<Shell>(shell) == Shell::PowerShell
                ? QStringList{QStringLiteral("-Command"),
                              QStringLiteral("\"<$env:ANTHROPIC_AUTH_TOKEN|$env:ODD>\"")}
                : QStringList{
                      QStringLiteral("-i"), QStringLiteral("-c"),
                      QStringLiteral("printf '<%s|%s>' \"$ANTHROPIC_AUTH_TOKEN\" \"$ODD\"")};
        const QByteArray with = "<" + kToken + "|" + kVariables.back().value.toUtf8() + ">";
        auto connection = home.connection({static_cast<Shell>(shell)});
        QVERIFY(home.run(path, ask).output.contains("<|>"));
        const auto done = connection.apply();
        QVERIFY2(done.isOk(), qPrintable(done ? QString() : done.error().message));
        QVERIFY(connection.status()->isConnected);
        QVERIFY(connection.plan()->unifiedDiff.isEmpty());
        const Ran after = home.run(path, ask);
        QVERIFY2(after.output.contains(with), after.output.constData());
        QVERIFY(connection.undo().isOk());
        QVERIFY(home.run(path, ask).output.contains("<|>"));
        if (!startFile.isEmpty()) QCOMPARE(contentOf(home.places.home + u'/' + startFile), own);
        QVERIFY(!connection.status()->hasJournal);
    }

    void whatIsWrittenIsClean() {
        const QString shellcheck = QStandardPaths::findExecutable(QStringLiteral("shellcheck"));
        if (shellcheck.isEmpty()) QSKIP("no shellcheck");
        const Home home;
        QVERIFY(home.connection({Shell::Bash}).apply().isOk());
        const Ran variables =
            home.run(shellcheck, {home.places.stateDir + QStringLiteral("/env.sh")});
        QVERIFY2(variables.exitCode == 0, variables.output.constData());
        const Ran block = home.run(shellcheck, {QStringLiteral("--shell=bash"),
                                                home.places.home + QStringLiteral("/.bashrc")});
        QVERIFY2(block.exitCode == 0, block.output.constData());
    }

    void filesWithTheTokenArePrivate() {
        const Home home;
        QVERIFY(home.connection({Shell::Bash, Shell::Fish}).apply().isOk());
        for (const char* name : {"/state/env.sh", "/.config/fish/conf.d/sallyport.fish"}) {
            const QString path = home.places.home + QLatin1String(name);
            QVERIFY2(contentOf(path).contains(kToken), name);
            QVERIFY(!(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther)));
        }
    }

    void noSecretIsShown() {
        const Home home;
        home.put(".bashrc", "export OPENAI_API_KEY=abcdefghijklmnop\n");
        const auto plan = home.connection({Shell::Bash, Shell::Fish}).plan();
        QVERIFY(plan.isOk());
        QVERIFY(plan->unifiedDiff.contains(QStringLiteral("OPENAI_API_KEY")));
        QVERIFY(!plan->unifiedDiff.contains(QStringLiteral("abcdefghijklmnop")));
        QVERIFY(!plan->unifiedDiff.contains(QString::fromLatin1(kToken)));
    }

    void anAssignedSecretIsMasked_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<bool>("isMasked");
        QTest::newRow("bash") << QByteArray("export MY_TOKEN='abcdefghijklmnop'") << true;
        QTest::newRow("fish") << QByteArray("set -gx MY_TOKEN abcdefghijklmnop") << true;
        QTest::newRow("PowerShell") << QByteArray("$env:MY_TOKEN = \"abcdefghijklmnop\"") << true;
        QTest::newRow("environment.d") << QByteArray("MY_TOKEN=abcdefghijklmnop") << true;
        QTest::newRow("a reference") << QByteArray("export MY_TOKEN=$OTHER_VALUE_HERE") << false;
        QTest::newRow("another name") << QByteArray("export EDITOR=abcdefghijklmnop") << false;
        QTest::newRow("words") << QByteArray("# the token is elsewhere") << false;
    }
    void anAssignedSecretIsMasked() {
        QFETCH(QByteArray, line);
        QFETCH(bool, isMasked);
        const QByteArray shown = maskedLines("a\n" + line + "\nb");
        QCOMPARE(shown != "a\n" + line + "\nb", isMasked);
        QVERIFY(!isMasked || !shown.contains("abcdefghijkl"));
        QCOMPARE(shown.count('\n'), 2);
    }

    void oneFileThatCannotBeWrittenLeavesNone() {
        const Home home;
        home.put(".bashrc", "a\n");
        QFile::setPermissions(home.places.home + QStringLiteral("/.bashrc"), QFile::ReadOwner);
        auto connection = home.connection({Shell::Bash});
        const auto done = connection.apply();
        QVERIFY(!done.isOk());
        QVERIFY(done.error().message.contains(QStringLiteral("read-only")));
        QVERIFY(!QFile::exists(home.places.stateDir + QStringLiteral("/env.sh")));
        QVERIFY(!connection.status()->hasJournal);
    }

    void aFileThatSomebodyChangedIsLeftAloneAndNamed() {
        const Home home;
        auto connection = home.connection({Shell::Bash});
        QVERIFY(connection.apply().isOk());
        home.put(".bashrc", contentOf(home.places.home + QStringLiteral("/.bashrc"))
                                .replace("fi\n", "fi # mine\n"));
        const auto report = connection.undo();
        QVERIFY(report.isOk());
        QCOMPARE(report->leftAlone.size(), 1U);
        QVERIFY(contentOf(home.places.home + QStringLiteral("/.bashrc")).contains("# mine"));
    }

    void theSessionFileIsReadAsWritten() {
        const Home home;
        const TextFile file = sessionFile(home.places, kVariables);
        QVERIFY(file.file.endsWith(QStringLiteral("/environment.d/60-sallyport.conf")));
        QVERIFY(file.wanted.text.contains("ODD=\"a'b \\\"c\\\" $$HOME \\`id\\` \\\\ %\"\n"));
        TextConnector connector(file, home.places.stateDir);
        QVERIFY(connector.apply().isOk());
        QVERIFY(connector.undo()->isFileRemoved);
        QVERIFY(!QFile::exists(home.places.configHome));
    }

    void allInstalledShellsAreFound() {
        const auto shells = shellsInUse(Home().places);
        QVERIFY(std::find(shells.begin(), shells.end(), Shell::Bash) != shells.end());
    }
};

QTEST_GUILESS_MAIN(ShellFilesTest)
#include "tst_shellfiles.moc"
