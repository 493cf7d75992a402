// SPDX-License-Identifier: MIT
#include "app/cli/commandline.h"

#include <QDir>
#include <QTest>

using namespace sallyport;
using namespace sallyport::cli;

namespace {

using Words = std::vector<std::string>;

} // namespace

Q_DECLARE_METATYPE(Words)

class CommandLineTest : public QObject {
    Q_OBJECT
private slots:
    void commands_data() {
        QTest::addColumn<Words>("words");
        QTest::addColumn<int>("command");
        const auto row = [](const char* tag, const Words& words, Command command) {
            QTest::newRow(tag) << words << int(command);
        };
        row("nothing is the desktop", {}, Command::Desktop);
        row("hidden is the desktop too", {"--hidden", "--config", "x"}, Command::Desktop);
        row("serve", {"serve"}, Command::Serve);
        row("config check", {"config", "check"}, Command::ConfigCheck);
        row("config preset intranet", {"config", "preset", "intranet", "--upstream", "corp"},
            Command::ConfigPresetIntranet);
        row("env print", {"env", "print", "--shell", "nu"}, Command::EnvPrint);
        row("env plan", {"env", "plan", "--json"}, Command::EnvPlan);
        row("env apply", {"env", "apply", "--target", "project"}, Command::EnvApply);
        row("env status", {"env", "status", "--mode", "gateway"}, Command::EnvStatus);
        row("env undo", {"env", "undo", "--target=claude"}, Command::EnvUndo);
        row("env undo of all", {"env", "undo", "--all"}, Command::EnvUndo);
        row("env of shells",
            {"env", "plan", "--target", "shell", "--profile", "corp", "--without", "NO_PROXY"},
            Command::EnvPlan);
        row("run", {"run", "--", "claude"}, Command::Run);
        row("ca create", {"ca", "create", "--config", "x"}, Command::CaCreate);
        row("ca path", {"ca", "path", "--system-command"}, Command::CaPath);
        row("ca status", {"ca", "status", "--json"}, Command::CaStatus);
        row("ca remove", {"ca", "remove"}, Command::CaRemove);
        row("credential set", {"credential", "set", "corp"}, Command::CredentialSet);
        row("credential remove", {"credential", "remove", "corp"}, Command::CredentialRemove);
    }
    void commands() {
        QFETCH(Words, words);
        QFETCH(int, command);
        const auto invocation = parseCommandLine(words);
        QVERIFY2(invocation.isOk(), invocation.isOk() ? "" : invocation.error().text.c_str());
        QCOMPARE(int(invocation->command), command);
        QVERIFY(QDir::isAbsolutePath(invocation->configDir));
        QVERIFY(QDir::isAbsolutePath(invocation->stateDir));
    }

    void refused_data() {
        QTest::addColumn<Words>("words");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* tag, const Words& words, const char* says) {
            QTest::newRow(tag) << words << QString::fromLatin1(says);
        };
        row("an unknown subcommand", {"nosuch"}, "nosuch");
        row("an unknown option", {"serve", "--nosuch"}, "--nosuch");
        row("env alone", {"env"}, "subcommand");
        row("config alone", {"config"}, "subcommand");
        row("a preset that does not exist", {"config", "preset", "x"}, "subcommand");
        row("print without a shell", {"env", "print"}, "--shell");
        row("a shell that we do not speak", {"env", "print", "--shell", "csh"}, "csh");
        row("an address without a port", {"serve", "--listen", "127.0.0.1"}, "--listen");
        row("a target that does not exist", {"env", "apply", "--target", "x"}, "x");
        row("a home of another target", {"env", "apply", "--target", "shell", "--home", "/x"},
            "--home goes with");
        row("a mode that does not exist", {"env", "apply", "--mode", "x"}, "x");
        row("a check that does not exist", {"doctor", "--fix", "x"}, "settings-address");
        row("ca alone", {"ca"}, "subcommand");
        row("a word that ca does not know", {"ca", "export"}, "subcommand");
        row("credential alone", {"credential"}, "subcommand");
        row("a credential without a name", {"credential", "set"}, "NAME");
        row("run without a command", {"run"}, "no command");
        row("run without a command behind the dashes", {"run", "--"}, "no command");
        row("dashes behind another subcommand", {"serve", "--", "x"}, "run --");
        row("two subcommands", {"serve", "run", "x"}, "run");
    }
    void refused() {
        QFETCH(Words, words);
        QFETCH(QString, says);
        const auto invocation = parseCommandLine(words);
        QVERIFY(!invocation.isOk());
        QCOMPARE(invocation.error().exitCode, int(kExitWrong));
        QVERIFY2(QString::fromStdString(invocation.error().text).contains(says),
                 invocation.error().text.c_str());
    }

    void helpIsADone_data() {
        QTest::addColumn<Words>("words");
        for (const Words& words : {Words{},
                                   Words{"serve"},
                                   Words{"config"},
                                   Words{"config", "check"},
                                   Words{"config", "preset"},
                                   Words{"config", "preset", "intranet"},
                                   Words{"env"},
                                   Words{"env", "print"},
                                   Words{"env", "plan"},
                                   Words{"env", "apply"},
                                   Words{"env", "status"},
                                   Words{"env", "undo"},
                                   Words{"run"},
                                   Words{"ca"},
                                   Words{"ca", "create"},
                                   Words{"ca", "path"},
                                   Words{"ca", "status"},
                                   Words{"ca", "remove"},
                                   Words{"credential"},
                                   Words{"credential", "set"},
                                   Words{"credential", "remove"}})
            QTest::newRow(("help of '" + (words.empty() ? "" : words.back()) + "'").c_str())
                << words;
    }
    void helpIsADone() {
        QFETCH(Words, words);
        words.push_back("--help");
        const auto invocation = parseCommandLine(words);
        QVERIFY(!invocation.isOk());
        QCOMPARE(invocation.error().exitCode, int(kExitDone));
        const std::string& text = invocation.error().text;
        QVERIFY(text.find("Usage:") != std::string::npos);
        QVERIFY(text.find("Not yet") == std::string::npos);
    }

    void versionIsADone() {
        const auto invocation = parseCommandLine({"--version"});
        QCOMPARE(invocation.error().exitCode, int(kExitDone));
        QCOMPARE(QByteArray::fromStdString(invocation.error().text),
                 QByteArray("sallyport " SALLYPORT_VERSION "\n"));
    }

    void valuesArrive() {
        const auto invocation =
            parseCommandLine({"serve", "--config", "sub/../x", "--listen", "[::1]:0"});
        QVERIFY(invocation.isOk());
        QCOMPARE(invocation->configDir, QDir::current().absoluteFilePath(QStringLiteral("x")));
        QVERIFY(invocation->listen.has_value());
        QCOMPARE(invocation->listen->first, QHostAddress(QHostAddress::LocalHostIPv6));
        QCOMPARE(invocation->listen->second, quint16(0));
    }

    void whatIsRunIsTakenAsItIs_data() {
        QTest::addColumn<Words>("words");
        QTest::addColumn<Words>("program");
        QTest::newRow("options behind the dashes are the command's")
            << Words{"run", "--", "claude", "--help", "-p", "--listen"}
            << Words{"claude", "--help", "-p", "--listen"};
        QTest::newRow("further dashes are the command's")
            << Words{"run", "--", "a", "--", "b"} << Words{"a", "--", "b"};
        QTest::newRow("without dashes the first word begins it")
            << Words{"run", "claude", "-p", "hi"} << Words{"claude", "-p", "hi"};
        QTest::newRow("empty words stay")
            << Words{"run", "--", "a", "", "b"} << Words{"a", "", "b"};
        QTest::newRow("our own options stand before it")
            << Words{"run", "--config", "x", "--", "a"} << Words{"a"};
    }
    void whatIsRunIsTakenAsItIs() {
        QFETCH(Words, words);
        QFETCH(Words, program);
        const auto invocation = parseCommandLine(words);
        QVERIFY2(invocation.isOk(), invocation.isOk() ? "" : invocation.error().text.c_str());
        QVERIFY(invocation->program == program);
    }
};

QTEST_APPLESS_MAIN(CommandLineTest)
#include "tst_commandline.moc"
