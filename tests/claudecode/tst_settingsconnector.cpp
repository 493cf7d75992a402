// SPDX-License-Identifier: MIT
#include "core/claudecode/settingsconnector.h"

#include "core/claudecode/journal.h"
#include "core/claudecode/listeningfile.h"
#include "tests/support/pipe.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

const QString kToken = QStringLiteral("sp-0123456789abcdefghijABCDEFGHc41e");

/// A home of our own with a state folder beside it.
struct Home {
    QTemporaryDir dir;
    SettingsPaths paths{dir.filePath(QStringLiteral("home/.claude/settings.json")), {}, {}};
    QString token = kToken;

    Home() { QDir().mkpath(dir.filePath(QStringLiteral("home"))); }
    [[nodiscard]] QString file() const { return paths.settingsFile; }
    [[nodiscard]] QString state() const { return dir.filePath(QStringLiteral("state")); }
    [[nodiscard]] SettingsConnector connection() const {
        return SettingsConnector(
            paths, {QStringLiteral("http://127.0.0.1:8899"), token, {}, EnvMode::Gateway}, state());
    }
    void put(const QByteArray& content) const { put(file(), content); }
    static void put(const QString& path, const QByteArray& content) {
        QDir().mkpath(QFileInfo(path).absolutePath());
        QFile out(path);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(content);
    }
    [[nodiscard]] QByteArray content() const {
        QFile in(file());
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray("(no file)");
    }
    [[nodiscard]] QStringList everything() const {
        QStringList found;
        QDirIterator it(dir.path(), QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                        QDirIterator::Subdirectories);
        while (it.hasNext())
            found << it.next();
        found.sort();
        return found;
    }
};

const QFileDevice::Permissions kOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                         QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;

KeyState stateOf(const ConnectStatus& status, const QString& key) {
    for (const KeyStatus& one : status.keys) {
        if (one.key == key) return one.state;
    }
    return KeyState::Missing;
}

} // namespace

class ClaudeConnectionTest : public QObject {
    Q_OBJECT
private slots:
    void statusTellsWhetherOneListens() {
        const Home home;
        auto connection = home.connection();
        QVERIFY(connection.apply().isOk());
        QVERIFY(connection.status()->isConnected);
        QCOMPARE(connection.status()->runningAddress, QString());
        const QString address = QStringLiteral("127.0.0.1:8899");
        QVERIFY(writeListeningFile(home.state(), address).isOk());
        QCOMPARE(connection.status()->runningAddress, address);
    }

    void aPipeIsNeitherReadNorReplaced() {
        Home home;
        QVERIFY(QDir().mkpath(QFileInfo(home.file()).absolutePath()));
        if (!test::makePipe(home.file())) QSKIP("no pipes here");
        const auto applied = home.connection().apply();
        QVERIFY(!applied.isOk());
        QVERIFY2(applied.error().message.contains(QStringLiteral(": it is a pipe")),
                 qPrintable(applied.error().message));
        QVERIFY(QFileInfo::exists(home.file()) && !QFileInfo(home.file()).isFile());

        QVERIFY(QFile::remove(home.file()));
        const QString journal = journalFile(home.state(), home.file());
        QVERIFY(QDir().mkpath(QFileInfo(journal).absolutePath()));
        QVERIFY(test::makePipe(journal));
        QVERIFY(!home.connection().undo().isOk());
    }

    void aMissingFileIsMadeAndRemovedAgain() {
        Home home;
        auto connection = home.connection();
        const auto before = connection.status();
        QVERIFY(before.isOk());
        QVERIFY(!before->isConnected && !before->hasJournal);
        QCOMPARE(before->keys.size(), std::size_t(6));
        for (const KeyStatus& key : before->keys)
            QCOMPARE(key.state, KeyState::Missing);

        const auto plan = connection.plan();
        QVERIFY(plan->isNewFile);
        QVERIFY(!QFileInfo::exists(home.file()));
        QVERIFY(!QFileInfo::exists(home.state()));

        const auto applied = connection.apply();
        QVERIFY2(applied.isOk(), applied.isOk() ? "" : qPrintable(applied.error().message));
        QCOMPARE(applied->unifiedDiff, plan->unifiedDiff);
        QCOMPARE(home.content(), plan->after);
        QVERIFY(!(QFileInfo(home.file()).permissions() & kOthers));
        QVERIFY(!(QFileInfo(QFileInfo(home.file()).path()).permissions() & kOthers));
        const auto after = connection.status();
        QVERIFY(after->isConnected && after->hasJournal);

        const auto undone = connection.undo();
        QVERIFY(undone.isOk());
        QVERIFY(undone->isFileRemoved);
        QCOMPARE(undone->restored.size(), std::size_t(6));
        QVERIFY(!QFileInfo::exists(QFileInfo(home.file()).path()));
        QVERIFY(!connection.status()->hasJournal);
        QVERIFY(connection.undo()->hadNothingToUndo);
    }

    void aFolderThatSomebodyUsesStays() {
        Home home;
        QVERIFY(home.connection().apply().isOk());
        home.put(home.dir.filePath(QStringLiteral("home/.claude/other")), "x");
        QVERIFY(home.connection().undo()->isFileRemoved);
        QVERIFY(QFileInfo::exists(home.dir.filePath(QStringLiteral("home/.claude/other"))));
        QVERIFY(!QFileInfo::exists(home.file()));
    }

    void aFileThatSomebodyFilledStays() {
        Home home;
        QVERIFY(home.connection().apply().isOk());
        home.put(home.content().replace("{\n  \"env\"", "{\n  \"model\": \"opus\",\n  \"env\""));
        const auto undone = home.connection().undo();
        QVERIFY(!undone->isFileRemoved);
        QCOMPARE(home.content(), QByteArray("{\n  \"model\": \"opus\"\n}\n"));
    }

    void modeAndLinkAreKept() {
        Home home;
        const QString real = home.dir.filePath(QStringLiteral("dotfiles/settings.json"));
        const QByteArray text("{\n\t\"model\": \"opus\"\n}");
        home.put(real, text);
        const auto mode = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup;
        QVERIFY(QFile::setPermissions(real, mode));
        QDir().mkpath(QFileInfo(home.file()).path());
        QVERIFY(QFile::link(real, home.file()));
        QVERIFY(home.connection().apply().isOk());
        QVERIFY(QFileInfo(home.file()).isSymLink());
        QVERIFY(home.content().contains("ANTHROPIC_BASE_URL"));
        QVERIFY(home.connection().undo().isOk());
        QVERIFY(QFileInfo(home.file()).isSymLink());
        QCOMPARE(home.content(), text);
        const auto all = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | kOthers;
        QCOMPARE(QFileInfo(real).permissions() & all, mode);
    }

    void aDanglingLinkIsWrittenThrough() {
        Home home;
        const QString real = home.dir.filePath(QStringLiteral("home/real.json"));
        QDir().mkpath(QFileInfo(home.file()).path());
        QVERIFY(QFile::link(real, home.file()));
        QVERIFY(home.connection().apply().isOk());
        QVERIFY(QFileInfo(home.file()).isSymLink());
        QVERIFY(QFileInfo::exists(real));
        QVERIFY(home.connection().undo()->isFileRemoved);
        QVERIFY(!QFileInfo::exists(real));
        QVERIFY(QFileInfo(home.file()).isSymLink());
    }

    void applyingAgainRecordsNothingNew() {
        Home home;
        home.put("{\"env\":{\"ANTHROPIC_BASE_URL\":\"https://before\"}}");
        QVERIFY(home.connection().apply().isOk());
        const QString journal = journalFile(home.state(), resolvedPath(home.file()));
        const auto first = readJournal(journal);
        QVERIFY(home.connection().apply()->unifiedDiff.isEmpty());
        QVERIFY(*readJournal(journal) == *first);
        home.token = QStringLiteral("sp-another-0123456789");
        const auto changed = home.connection().apply();
        QVERIFY(changed.isOk());
        QVERIFY(home.content().contains("sp-another"));
        QVERIFY(home.connection().undo().isOk());
        QCOMPARE(home.content(),
                 QByteArray("{\"env\":{\"ANTHROPIC_BASE_URL\":\"https://before\"}}"));
    }

    void theJournalIsPrivate() {
        Home home;
        QVERIFY(home.connection().apply().isOk());
        const QString journal = journalFile(home.state(), resolvedPath(home.file()));
        QVERIFY(!(QFileInfo(journal).permissions() & kOthers));
        QVERIFY(!(QFileInfo(QFileInfo(journal).path()).permissions() & kOthers));
        QVERIFY(!(QFileInfo(home.state()).permissions() & kOthers));
    }

    void aBrokenJournalIsNamedAndNothingTouched() {
        Home home;
        QVERIFY(home.connection().apply().isOk());
        const QByteArray text = home.content();
        const QString journal = journalFile(home.state(), resolvedPath(home.file()));
        for (const QByteArray& broken : {QByteArray("{"), QByteArray("{\"version\": 9}")}) {
            home.put(journal, broken);
            QVERIFY(home.connection().undo().error().message.contains(journal));
            home.token = QStringLiteral("sp-x");
            QVERIFY(home.connection().apply().error().message.contains(journal));
            QCOMPARE(home.content(), text);
        }
    }

    void invalidJsonIsShownTheWayOut() {
        Home home;
        const QByteArray text("{\n  \"a\": 1,\n  \"b\"\n}\n");
        home.put(text);
        for (const auto& error :
             {home.connection().apply().error(), home.connection().plan().error(),
              home.connection().status().error()}) {
            QVERIFY(error.message.contains(home.file() + QStringLiteral(":4:")));
            QCOMPARE(error.line, 4);
            QVERIFY(error.snippet.contains(kToken));
            QVERIFY(error.snippet.contains(QStringLiteral("\"skipWebFetchPreflight\": true")));
        }
        QCOMPARE(home.content(), text);
        QVERIFY(!home.connection().undo()->isFileRemoved);
    }

    void aReadOnlyFileIsNamedAndNothingIsRecorded() {
        Home home;
        home.put("{}");
        QVERIFY(QFile::setPermissions(home.file(), QFile::ReadOwner));
        const auto applied = home.connection().apply();
        QVERIFY(!applied.isOk());
        QVERIFY(applied.error().message.contains(home.file()));
        QVERIFY(applied.error().message.contains(QStringLiteral("chmod u+w")));
        QVERIFY(applied.error().snippet.contains(kToken));
        QCOMPARE(home.content(), QByteArray("{}"));
        const auto status = home.connection().status();
        QVERIFY(status.isOk());
        QVERIFY(!status->hasJournal);
    }

    void aReadOnlyFileIsNotUndone() {
        Home home;
        QVERIFY(home.connection().apply().isOk());
        QVERIFY(QFile::setPermissions(home.file(), QFile::ReadOwner));
        QVERIFY(!home.connection().undo().isOk());
        QVERIFY(home.connection().status()->hasJournal);
        QVERIFY(QFile::setPermissions(home.file(), QFile::ReadOwner | QFile::WriteOwner));
        QVERIFY(home.connection().undo()->isFileRemoved);
    }

    void aFolderInPlaceOfTheFileIsNamed() {
        Home home;
        QVERIFY(QDir().mkpath(home.file()));
        QVERIFY(home.connection().apply().error().message.contains(home.file()));
    }

    void aFileInPlaceOfTheFolderIsNamed() {
        Home home;
        home.put(home.dir.filePath(QStringLiteral("home/.claude")), "x");
        const QStringList before = home.everything();
        QVERIFY(home.connection().apply().error().message.contains(QStringLiteral(".claude")));
        QVERIFY(!home.connection().status()->hasJournal);
    }

    void twoAtOnceAreKeptApart() {
        Home home;
        QVERIFY(home.connection().apply().isOk());
        QLockFile lock(journalFile(home.state(), resolvedPath(home.file())) +
                       QStringLiteral(".lock"));
        QVERIFY(lock.tryLock(0));
        QVERIFY(home.connection().undo().error().message.contains(QStringLiteral("try again")));
        lock.unlock();
        QVERIFY(home.connection().undo().isOk());
    }

    void nothingButTheFileAndTheJournalIsLeft() {
        Home home;
        home.put("{}");
        const QStringList before = home.everything();
        QVERIFY(home.connection().apply().isOk());
        QCOMPARE(home.everything().size(), before.size() + 3); // state, journal, its file
        QVERIFY(home.connection().undo().isOk());
        QCOMPARE(home.everything().size(), before.size() + 2);
    }

    void aDeletedFileNeedsNoUndo() {
        Home home;
        QVERIFY(home.connection().apply().isOk());
        QVERIFY(QFile::remove(home.file()));
        const auto undone = home.connection().undo();
        QVERIFY(undone->hadNothingToUndo);
        QVERIFY(!home.connection().status()->hasJournal);
        QVERIFY(home.connection().apply()->isNewFile);
        QVERIFY(home.connection().undo()->isFileRemoved);
    }

    void noProxyIsMergedWithTheFilesOrTheProcesss_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("process");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("nothing there")
            << QByteArray("{}") << QString() << QByteArray("127.0.0.1,localhost");
        QTest::newRow("the process has one") << QByteArray("{}") << QStringLiteral(".corp,10.0.0.1")
                                             << QByteArray(".corp,10.0.0.1,127.0.0.1,localhost");
        QTest::newRow("the file has one")
            << QByteArray("{\"env\":{\"NO_PROXY\":\"a localhost\"}}") << QStringLiteral(".corp")
            << QByteArray("a localhost,127.0.0.1");
        QTest::newRow("all is exempt")
            << QByteArray("{}") << QStringLiteral("*") << QByteArray("*");
    }
    void noProxyIsMergedWithTheFilesOrTheProcesss() {
        QFETCH(QByteArray, text);
        QFETCH(QString, process);
        QFETCH(QByteArray, value);
        Home home;
        home.paths.noProxy = process;
        home.put(text);
        QVERIFY(home.connection().apply().isOk());
        QVERIFY2(home.content().contains(QByteArray("\"" + value + "\"")),
                 home.content().constData());
        QVERIFY(home.connection().status()->isConnected);
        QVERIFY(home.connection().undo().isOk());
        QCOMPARE(home.content(), text);
    }

    void aStrongerFileBlocks() {
        Home home;
        const QString managed = home.dir.filePath(QStringLiteral("etc/managed-settings.json"));
        const QString project = home.dir.filePath(QStringLiteral("p/.claude/settings.json"));
        home.paths.strongerFiles = {managed, project};
        home.put(managed, "{\"env\":{\"ANTHROPIC_BASE_URL\":\"https://corp\"}}");
        home.put(
            project,
            "{\"env\":{\"ANTHROPIC_BASE_URL\":\"http://x\",\"NO_PROXY\":\"a,localhost,127.0.0.1\"},"
            "\"skipWebFetchPreflight\":false}");
        QVERIFY(home.connection().apply().isOk());
        const auto status = home.connection().status();
        QVERIFY(status.isOk());
        QVERIFY(!status->isConnected);
        QCOMPARE(stateOf(*status, QStringLiteral("env.ANTHROPIC_BASE_URL")), KeyState::Blocked);
        QCOMPARE(status->keys.front().blockedBy, managed);
        QCOMPARE(stateOf(*status, QStringLiteral("env.ANTHROPIC_AUTH_TOKEN")), KeyState::Applied);
        QCOMPARE(stateOf(*status, QStringLiteral("env.NO_PROXY")), KeyState::Applied);
        QCOMPARE(stateOf(*status, QStringLiteral("skipWebFetchPreflight")), KeyState::Blocked);
        QCOMPARE(status->keys.back().blockedBy, project);
    }

    void aBrokenStrongerFileIsPassedOver() {
        Home home;
        const QString managed = home.dir.filePath(QStringLiteral("managed.json"));
        home.paths.strongerFiles = {managed};
        home.put(managed, "{");
        QVERIFY(home.connection().apply().isOk());
        QVERIFY(home.connection().status()->isConnected);
    }

    void noSecretIsShown() {
        Home home;
        home.put(
            "{\n  \"env\": {\n    \"ANTHROPIC_AUTH_TOKEN\": \"sk-ant-very-secret-0000\",\n"
            "    \"HTTPS_PROXY\": \"http://me:pass@proxy:1\" // sk-ant-api03-abcdefghijklmnop\n"
            "  }\n}\n");
        const auto plan = home.connection().plan();
        const auto status = home.connection().status();
        QString shown = plan->unifiedDiff;
        for (const KeyStatus& key : status->keys)
            shown += key.current + key.wanted;
        for (const char* secret : {"very-secret", "me:pass", "api03", "0123456789"})
            QVERIFY2(!shown.contains(QLatin1String(secret)), qPrintable(shown));
        QVERIFY(shown.contains(QStringLiteral(", …c41e›")));
        QVERIFY(shown.contains(QStringLiteral(", …0000›")));
        QCOMPARE(stateOf(*status, QStringLiteral("env.ANTHROPIC_AUTH_TOKEN")), KeyState::Differs);
    }

    void withoutATokenAWordIsWritten() {
        Home home;
        home.token.clear();
        QVERIFY(home.connection().apply()->unifiedDiff.contains(QStringLiteral("\"sallyport\"")));
        QVERIFY(home.connection().status()->isConnected);
    }

    void placesComeFromTheEnvironment() {
        QTemporaryDir dir;
        const QByteArray oldHome = qgetenv("HOME");
        const QString oldFolder = QDir::currentPath();
        const QString work = dir.filePath(QStringLiteral("work"));
        QDir().mkpath(work);
        QDir::setCurrent(work);
        qputenv("HOME", dir.path().toUtf8());
        qunsetenv("CLAUDE_CONFIG_DIR");
        qputenv("no_proxy", "low");
        const auto user = SettingsPaths::fromEnvironment(ClientTarget::Claude);
        QCOMPARE(user.settingsFile, dir.filePath(QStringLiteral(".claude/settings.json")));
        QCOMPARE(user.strongerFiles.size(), 3);
        QCOMPARE(user.noProxy, QStringLiteral("low"));
        qputenv("CLAUDE_CONFIG_DIR", "sub/../elsewhere");
        qputenv("NO_PROXY", "high");
        const auto other = SettingsPaths::fromEnvironment(ClientTarget::Claude);
        QCOMPARE(other.settingsFile, QString(work + QStringLiteral("/elsewhere/settings.json")));
        QCOMPARE(other.noProxy, QStringLiteral("high"));
        const auto project = SettingsPaths::fromEnvironment(ClientTarget::Project);
        QCOMPARE(project.settingsFile,
                 QString(work + QStringLiteral("/.claude/settings.local.json")));
        QCOMPARE(project.strongerFiles.size(), 1);
        qunsetenv("CLAUDE_CONFIG_DIR");
        QDir::setCurrent(dir.path());
        QCOMPARE(SettingsPaths::fromEnvironment(ClientTarget::Claude).strongerFiles.size(), 2);
        QDir::setCurrent(oldFolder);
        qputenv("HOME", oldHome);
        qunsetenv("NO_PROXY");
        qunsetenv("no_proxy");
    }
};

QTEST_GUILESS_MAIN(ClaudeConnectionTest)
#include "tst_settingsconnector.moc"
