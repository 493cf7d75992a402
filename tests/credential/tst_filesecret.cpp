// SPDX-License-Identifier: MIT
#include "core/credential/filesecret.h"

#include "core/credential/environmentsecret.h"

#include "secretstates.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestFileSecret : public QObject {
    Q_OBJECT
private slots:
    void whatAFieldMayHold_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("a line") << QByteArray("sk-1\n") << u"sk-1"_s;
        QTest::newRow("blanks at its ends") << QByteArray(" sk-1\r\n\n") << u"sk-1"_s;
        QTest::newRow("two lines")
            << QByteArray("a\nb") << u"holds a blank or a control character"_s;
        QTest::newRow("a blank") << QByteArray("a b") << u"holds a blank or a control character"_s;
        QTest::newRow("nothing") << QByteArray("\n") << u"is empty"_s;
    }
    void whatAFieldMayHold() {
        QFETCH(const QByteArray, bytes);
        const auto secret = checkedSecret(bytes);
        QTEST(secret ? QString::fromUtf8(*secret) : secret.error(), "outcome");
    }

    void aVariableIsLookedAtEachTime() {
        EnvironmentSecret secret(u"SALLYPORT_TEST_SECRET"_s);
        QCOMPARE(shown(secret.state()),
                 u"the environment variable SALLYPORT_TEST_SECRET is not set"_s);
        qputenv("SALLYPORT_TEST_SECRET", "one");
        QCOMPARE(shown(secret.state()), u"one"_s);
        qputenv("SALLYPORT_TEST_SECRET", "one two");
        QVERIFY(shown(secret.state()).endsWith(u"holds a blank or a control character"_s));
        qunsetenv("SALLYPORT_TEST_SECRET");
    }

    void aFileIsReadAgain() {
        FileSecret secret(path(), m_clock);
        write("one\n");
        QCOMPARE(shown(secret.state()), u"one"_s);
        write("two\n");
        m_clock.advance(999ms);
        QCOMPARE(shown(secret.state()), u"one"_s);
        m_clock.advance(1ms);
        QCOMPARE(shown(secret.state()), u"two"_s);
    }

    void a401ReadsItAtOnce() {
        write("one");
        FileSecret secret(path(), m_clock);
        QCOMPARE(shown(secret.state()), u"one"_s);
        write("two");
        secret.refused("zero");
        QCOMPARE(shown(secret.state()), u"one"_s);
        secret.refused("one");
        QCOMPARE(shown(secret.state()), u"two"_s);
    }

    void aMomentWithoutContentTakesNothingAway() {
        write("one");
        FileSecret secret(path(), m_clock);
        QCOMPARE(shown(secret.state()), u"one"_s);
        write("");
        m_clock.advance(1s);
        QCOMPARE(shown(secret.state()), u"one"_s);
        write("two");
        m_clock.advance(1s);
        QCOMPARE(shown(secret.state()), u"two"_s);
        QVERIFY(QFile::remove(path()));
        m_clock.advance(1s);
        QCOMPARE(shown(secret.state()), u"two"_s);
        m_clock.advance(1s);
        QVERIFY(shown(secret.state()).startsWith(path()));
        write("three");
        m_clock.advance(1s);
        QCOMPARE(shown(secret.state()), u"three"_s);
    }

    void aFileThatIsNotThereSaysSo() {
        FileSecret secret(m_dir.filePath(u"none"_s), m_clock);
        QVERIFY(shown(secret.state()).startsWith(m_dir.filePath(u"none"_s)));
    }

private:
    [[nodiscard]] QString path() const { return m_dir.filePath(u"key"_s); }
    void write(const QByteArray& bytes) const {
        QFile file(path());
        if (file.open(QIODevice::WriteOnly)) file.write(bytes);
    }
    QTemporaryDir m_dir;
    ManualClock m_clock;
};

QTEST_GUILESS_MAIN(TestFileSecret)
#include "tst_filesecret.moc"
