// SPDX-License-Identifier: MIT
#include "core/credential/commandsecret.h"

#include "secretstates.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestCommandSecret : public QObject {
    Q_OBJECT
private slots:
    void runs_data() {
        QTest::addColumn<QString>("script"); ///< for sh -c
        QTest::addColumn<QString>("outcome");
        const auto row = [](const char* tag, const char* script, const char* outcome) {
            QTest::newRow(tag) << QString::fromUtf8(script) << QString::fromUtf8(outcome);
        };
        row("a token", "echo tok-1", "tok-1");
        row("a token without a line end", "printf tok-1", "tok-1");
        row("errors beside it are not part of it", "echo note >&2; echo tok-1", "tok-1");
        row("its standard input is empty", "cat; echo tok-1", "tok-1");
        row("nothing", "true", "the credential_command sh printed no token: its output is empty");
        row("two words", "echo a b",
            "the credential_command sh printed no token: its output holds a blank or a control "
            "character");
        row("an exit code", "exit 3", "the credential_command sh ended with exit code 3");
        row("the last line that it says", "echo first >&2; echo no ticket >&2; exit 1",
            "the credential_command sh ended with exit code 1: no ticket");
        row("a key in what it says is masked",
            "echo no ticket for sk-ant-api03-0123456789abcdefghij >&2; exit 1",
            "the credential_command sh ended with exit code 1: no ticket for ‹redacted, 33 bytes, "
            "…ghij›");
        row("a line of which the start was not kept is left out",
            "yes | tr -d '\\n' | head -c 5000 >&2; exit 1",
            "the credential_command sh ended with exit code 1");
        row("a token and then an exit code is none", "echo tok-1; exit 1",
            "the credential_command sh ended with exit code 1");
        row("a signal", "kill -9 $$", "the credential_command sh was ended by a signal");
        row("more than 64 KiB", "yes tok | head -c 100000; sleep 60",
            "the credential_command sh printed more than 64 KiB");
        row("errors without an end", "yes no | head -c 1000000 >&2; echo tok-1", "tok-1");
    }
    void runs() {
        QFETCH(const QString, script);
        auto secret = make({u"sh"_s, u"-c"_s, script});
        QCOMPARE(shown(secret->state()), u"…"_s);
        QTRY_COMPARE(m_changes, 1);
        QTEST(shown(secret->state()), "outcome");
    }

    void aProgramThatIsNotThere() {
        auto secret = make({m_dir.filePath(u"none"_s)});
        QCOMPARE(shown(secret->state()), u"…"_s);
        QTRY_COMPARE(m_changes, 1);
        QVERIFY(shown(secret->state()).contains(u"cannot be started"_s));
    }

    /// No shell: what a shell would read is an argument as it is.
    void argumentsAreAsTheyAre() {
        auto secret = make({u"printf"_s, u"%s"_s, u"$HOME;`id`*"_s});
        QCOMPARE(shown(secret->state()), u"…"_s);
        QTRY_COMPARE(m_changes, 1);
        QCOMPARE(shown(secret->state()), u"$HOME;`id`*"_s);
    }

    void oneRunForAllThatWait() {
        auto secret = counting("echo tok");
        for (int i = 0; i < 100; ++i)
            QCOMPARE(shown(secret->state()), u"…"_s);
        QTRY_COMPARE(m_changes, 1);
        QCOMPARE(shown(secret->state()), u"tok"_s);
        QCOMPARE(runCount(), 1);
    }

    void isUsedForItsTime() {
        auto secret = counting("echo tok-$(wc -l < $COUNT)");
        QCOMPARE(shown(secret->state()), u"…"_s);
        QTRY_COMPARE(m_changes, 1);
        QCOMPARE(shown(secret->state()), u"tok-1"_s);
        m_clock.advance(479s);
        QCOMPARE(shown(secret->state()), u"tok-1"_s);
        QCOMPARE(runCount(), 1);
        // After four fifths it is run again, and the old one still serves.
        m_clock.advance(1s);
        QCOMPARE(shown(secret->state()), u"tok-1"_s);
        QTRY_COMPARE(m_changes, 2);
        QCOMPARE(shown(secret->state()), u"tok-2"_s);
        // Past its whole time it does not.
        m_clock.advance(600s);
        QCOMPARE(shown(secret->state()), u"…"_s);
        QTRY_COMPARE(m_changes, 3);
        QCOMPARE(shown(secret->state()), u"tok-3"_s);
    }

    void a401RunsItAgain() {
        auto secret = counting("echo tok-$(wc -l < $COUNT)");
        QCOMPARE(shown(secret->state()), u"…"_s);
        QTRY_COMPARE(m_changes, 1);
        QCOMPARE(shown(secret->state()), u"tok-1"_s);
        secret->refused("another");
        QCOMPARE(shown(secret->state()), u"tok-1"_s);
        secret->refused("tok-1");
        QCOMPARE(shown(secret->state()), u"…"_s);
        QTRY_COMPARE(m_changes, 2);
        QCOMPARE(shown(secret->state()), u"tok-2"_s);
    }

    void theSameTokenIsNotAskedForAgain() {
        auto secret = counting("echo tok");
        QCOMPARE(shown(secret->state()), u"…"_s);
        QTRY_COMPARE(m_changes, 1);
        secret->refused("tok");
        QCOMPARE(shown(secret->state()), u"…"_s);
        QTRY_COMPARE(m_changes, 2);
        secret->refused("tok");
        QCOMPARE(shown(secret->state()), u"tok"_s);
        QCOMPARE(runCount(), 2);
        m_clock.advance(5s);
        secret->refused("tok");
        QCOMPARE(shown(secret->state()), u"…"_s);
        QTRY_COMPARE(m_changes, 3);
    }

    void afterAFailureItRests() {
        auto secret = counting("exit 1");
        QCOMPARE(shown(secret->state()), u"…"_s);
        QTRY_COMPARE(m_changes, 1);
        m_clock.advance(4999ms);
        QVERIFY(shown(secret->state()).contains(u"exit code 1"_s));
        QCOMPARE(runCount(), 1);
        m_clock.advance(1ms);
        QCOMPARE(shown(secret->state()), u"…"_s);
        QTRY_COMPARE(m_changes, 2);
        QCOMPARE(runCount(), 2);
    }

    void isKilledWithWhatItHasStarted() {
        const QString pidFile = m_dir.filePath(u"pid"_s);
        auto secret = make(
            {u"sh"_s, u"-c"_s, u"sleep 600 & echo $! > %1.new; mv %1.new %1; wait"_s.arg(pidFile)});
        QCOMPARE(shown(secret->state()), u"…"_s);
        QTRY_VERIFY(QFile::exists(pidFile));
        QFile file(pidFile);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const int child = file.readAll().trimmed().toInt();
        QVERIFY(child > 0);
        m_clock.advance(5s);
        m_deadlines.expireDue();
        QCOMPARE(m_changes, 1);
        QCOMPARE(shown(secret->state()), u"the credential_command sh did not end within 5 s"_s);
        // Nobody waits for a grandchild here; one that is dead and not waited for is a zombie.
        QTRY_VERIFY(isDead(child));
    }

    void mayBeDestroyedWhileItRuns() {
        const QString started = m_dir.filePath(u"started"_s);
        auto secret = make({u"sh"_s, u"-c"_s, u": > %1; sleep 600"_s.arg(started)});
        QCOMPARE(shown(secret->state()), u"…"_s);
        QTRY_VERIFY(QFile::exists(started));
        secret.reset();
        QCOMPARE(m_changes, 0);
    }

    void init() {
        m_changes = 0;
        QFile::remove(countFile());
    }

private:
    static bool isDead(int process) {
        QFile status(u"/proc/%1/stat"_s.arg(process));
        return !status.open(QIODevice::ReadOnly) || status.readAll().contains(") Z ");
    }
    std::unique_ptr<CommandSecret> make(const QStringList& command) {
        CredentialSource source;
        source.kind = CredentialSource::Kind::Command;
        source.command = command;
        source.ttl = 600s;
        source.timeout = 5s;
        return std::make_unique<CommandSecret>(source, m_deadlines, [this] { ++m_changes; });
    }
    std::unique_ptr<CommandSecret> counting(const QByteArray& script) {
        return make(
            {u"sh"_s, u"-c"_s,
             u"COUNT=%1; echo >> $COUNT; %2"_s.arg(countFile(), QString::fromUtf8(script))});
    }
    [[nodiscard]] QString countFile() const { return m_dir.filePath(u"count"_s); }
    [[nodiscard]] int runCount() const {
        QFile file(countFile());
        return file.open(QIODevice::ReadOnly) ? int(file.readAll().count('\n')) : 0;
    }

    QTemporaryDir m_dir;
    ManualClock m_clock;
    DeadlineQueue m_deadlines{m_clock};
    int m_changes = 0;
};

QTEST_GUILESS_MAIN(TestCommandSecret)
#include "tst_commandsecret.moc"
