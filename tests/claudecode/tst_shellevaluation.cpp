// SPDX-License-Identifier: MIT
#include "core/claudecode/shellassignments.h"

#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace sallyport;

namespace {

/// What a shell prints for the variable X after it has evaluated our lines.
QByteArray evaluated(const QString& program, const QString& lines) {
    QProcess process;
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(program, {QStringLiteral("-c"),
                            QString(lines + QStringLiteral("printf '<%s>' \"$X\" \"$Y\"\n"))});
    if (finished.isEmpty() && !finished.wait(20000)) return "(did not end)";
    return process.readAllStandardOutput() + process.readAllStandardError();
}

} // namespace

/// The real shells, as far as they are installed; bash and sh always are.
class ShellEvaluationTest : public QObject {
    Q_OBJECT
private slots:
    void survives_data() {
        QTest::addColumn<QString>("value");
        QTest::newRow("an address") << QStringLiteral("http://127.0.0.1:8899");
        QTest::newRow("nothing") << QString();
        QTest::newRow("single quotes") << QStringLiteral("'a'b''c'");
        QTest::newRow("double quotes") << QStringLiteral("\"a\"b\"");
        QTest::newRow("dollars") << QStringLiteral("$HOME ${HOME} $(id) $X");
        QTest::newRow("backticks") << QStringLiteral("`id` a`");
        QTest::newRow("backslashes") << QStringLiteral("\\ \\\\ \\n \\' a\\");
        QTest::newRow("percent signs") << QStringLiteral("%PATH% 100% %s %%");
        QTest::newRow("exclamation marks") << QStringLiteral("!! !x a!");
        QTest::newRow("operators") << QStringLiteral("a;b&c|d>e<f(g)h*i?j[k]l{m,n}o~p#q");
        QTest::newRow("line ends and tabs") << QStringLiteral("a\nb\r\n\tc\n");
        QTest::newRow("blanks") << QStringLiteral("  a  b  ");
        QTest::newRow("unicode") << QString::fromUtf8("ünï 中文 🚪 ‘quotes’");
        QTest::newRow("a command") << QStringLiteral("'; echo broken; '");
        QTest::newRow("a dash") << QStringLiteral("-n");
    }
    void survives() {
        QFETCH(QString, value);
        const std::vector<Variable> variables{{QStringLiteral("X"), value, false},
                                              {QStringLiteral("Y"), QStringLiteral("end"), false}};
        const QByteArray expected = QByteArray("<" + value.toUtf8() + "><end>");
        const std::pair<const char*, Shell> shells[] = {
            {"bash", Shell::Bash}, {"sh", Shell::Bash}, {"zsh", Shell::Zsh}, {"fish", Shell::Fish}};
        for (const auto& [name, shell] : shells) {
            const QString program = QStandardPaths::findExecutable(QLatin1String(name));
            if (program.isEmpty() && shell != Shell::Bash) continue;
            QCOMPARE(evaluated(program, shellLines(shell, variables)), expected);
        }
    }
};

QTEST_GUILESS_MAIN(ShellEvaluationTest)
#include "tst_shellevaluation.moc"
