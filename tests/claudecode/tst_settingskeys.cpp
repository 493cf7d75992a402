// SPDX-License-Identifier: MIT
#include "core/claudecode/settingsconnector.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

/// A home with the two files of Claude Code that keys are set in.
struct Home {
    QTemporaryDir dir;
    SettingsPaths paths{dir.filePath(QStringLiteral("settings.json")), {}, {}, remembered()};

    [[nodiscard]] QString remembered() const {
        return dir.filePath(QStringLiteral(".claude.json"));
    }
    [[nodiscard]] SettingsConnector connector() const { return on(paths); }
    [[nodiscard]] SettingsConnector connectorOfState() const { return on({remembered(), {}, {}}); }
    [[nodiscard]] SettingsConnector on(const SettingsPaths& where) const {
        return SettingsConnector(
            where, {QStringLiteral("http://127.0.0.1:8899"), {}, {}, EnvMode::Gateway},
            dir.filePath(QStringLiteral("state")));
    }
    static void put(const QString& path, const QByteArray& content) {
        QFile out(path);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(content);
    }
    static QByteArray content(const QString& path) {
        QFile in(path);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray("(no file)");
    }
};

const WantedKey kNoKey{"ANTHROPIC_API_KEY", true, "\"\"", true};
const WantedKey kApproved{"customApiKeyResponses", false, R"({"approved":["1234"],"rejected":[]})",
                          true};

} // namespace

/// Keys beside those of a connection, under the same journal.
class SettingsKeysTest : public QObject {
    Q_OBJECT
private slots:
    void oneKeyIsSetAndTakenBack_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("a key that holds something")
            << QByteArray(R"({"env": {"ANTHROPIC_API_KEY": "sk-a"}, "x": 1})")
            << QByteArray(R"({"env": {"ANTHROPIC_API_KEY": ""}, "x": 1})");
        QTest::newRow("a key that is not there")
            << QByteArray(R"({"env": {"A": "b"}})")
            << QByteArray(R"({"env": {"A": "b", "ANTHROPIC_API_KEY": ""}})");
    }
    void oneKeyIsSetAndTakenBack() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const Home home;
        Home::put(home.paths.settingsFile, before);
        const auto done = home.connector().set({kNoKey});
        QVERIFY(done.isOk());
        QVERIFY(!done->unifiedDiff.contains(QStringLiteral("sk-a")));
        QCOMPARE(Home::content(home.paths.settingsFile), after);
        QVERIFY(home.connector().undo().isOk());
        QCOMPARE(Home::content(home.paths.settingsFile), before);
    }

    void oneUndoTakesBackTheConnectionAsWell() {
        const Home home;
        const QByteArray before = R"({"env": {"ANTHROPIC_API_KEY": "sk-a"}})";
        Home::put(home.paths.settingsFile, before);
        QVERIFY(home.connector().apply().isOk());
        QVERIFY(home.connector().set({kNoKey}).isOk());
        QVERIFY(home.connector().status()->isConnected);
        QVERIFY(home.connector().undo().isOk());
        QCOMPARE(Home::content(home.paths.settingsFile), before);
    }

    void aFileWithoutEnvGetsNoneForAKeyAtTheTop() {
        const Home home;
        Home::put(home.remembered(), "{\n  \"numStartups\": 3\n}\n");
        QVERIFY(home.connectorOfState().set({kApproved}).isOk());
        QCOMPARE(Home::content(home.remembered()),
                 QByteArray("{\n  \"numStartups\": 3,\n  \"customApiKeyResponses\": "
                            "{\"approved\":[\"1234\"],\"rejected\":[]}\n}\n"));
    }

    void undoTakesBackWhatTheClientRemembersToo() {
        const Home home;
        Home::put(home.remembered(), "{}\n");
        QVERIFY(home.connectorOfState().set({kApproved}).isOk());
        QVERIFY(home.connector().status()->hasJournal);
        const auto undone = home.connector().undo();
        QVERIFY(undone.isOk());
        QCOMPARE(Home::content(home.remembered()), QByteArray("{}\n"));
        QVERIFY(!undone->hadNothingToUndo);
        QCOMPARE(undone->restored,
                 std::vector{QStringLiteral(".claude.json: customApiKeyResponses")});
        QVERIFY(!home.connector().status()->hasJournal);
    }

    void whatIsNoJsonIsNotTouched() {
        const Home home;
        Home::put(home.remembered(), "{");
        const auto done = home.connectorOfState().set({kApproved});
        QVERIFY(!done.isOk());
        QVERIFY(done.error().snippet.contains(QStringLiteral("customApiKeyResponses")));
        QCOMPARE(Home::content(home.remembered()), QByteArray("{"));
    }
};

QTEST_GUILESS_MAIN(SettingsKeysTest)
#include "tst_settingskeys.moc"
