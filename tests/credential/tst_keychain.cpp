// SPDX-License-Identifier: MIT
// The keychain against a real Secret Service (gnome-keyring) on a bus of its own, where nothing is
// started by itself and nobody can be asked for a password.
#include "core/credential/keychain.h"

#include "core/credential/keychainsecret.h"
#include "secretstates.h"

#include <QDBusConnection>
#include <QDBusInterface>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <optional>

using namespace sallyport;
using namespace sallyport::test;
using namespace Qt::StringLiterals;

namespace {

constexpr const char* kBusConfig =
    "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n"
    "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
    "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context=\"default\">"
    "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
    "<allow own=\"*\"/></policy></busconfig>\n";

} // namespace

/// The steps follow each other on one bus: a process cannot change its session bus.
class TestKeychain : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void anUnlockedOne();
    void aLockedOne();
    void noneAtAll();
    void cleanupTestCase();

private:
    /// Empty when it went well, else the error.
    QString written(const QByteArray& secret);
    QString readBack();
    QString removed();
    [[nodiscard]] QDBusInterface service() const {
        return {u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s,
                u"org.freedesktop.Secret.Service"_s};
    }

    QTemporaryDir m_dir;
    QProcess m_bus;
    QProcess m_keyring;
    QObject m_context;
    SystemClock m_clock;
    DeadlineQueue m_deadlines{m_clock};
};

void TestKeychain::initTestCase() {
    QFile config(m_dir.filePath(u"bus.conf"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write(kBusConfig);
    config.close();
    m_bus.start(u"dbus-daemon"_s,
                {u"--nofork"_s, u"--print-address=1"_s, u"--config-file="_s + config.fileName()});
    QByteArray address;
    QTRY_VERIFY2((address += m_bus.readAllStandardOutput()).endsWith('\n'),
                 qPrintable(m_bus.errorString()));
    qputenv("DBUS_SESSION_BUS_ADDRESS", address.trimmed());
    qputenv("XDG_DATA_HOME", m_dir.path().toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_dir.path().toUtf8());
    qunsetenv("XDG_CURRENT_DESKTOP");
    qunsetenv("DISPLAY");
    qunsetenv("WAYLAND_DISPLAY");
    m_keyring.start(u"gnome-keyring-daemon"_s,
                    {u"--foreground"_s, u"--unlock"_s, u"--components=secrets"_s});
    m_keyring.write("a password");
    m_keyring.closeWriteChannel();
    QTRY_VERIFY2_WITH_TIMEOUT(service().isValid(), qPrintable(m_keyring.errorString()), 10'000);
    // The collection that --unlock makes is there a moment after the name.
    QTRY_VERIFY_WITH_TIMEOUT(
        QDBusReply<QDBusObjectPath>(service().call(u"ReadAlias"_s, u"default"_s)).value().path() !=
            u"/"_s,
        10'000);
}

QString TestKeychain::written(const QByteArray& secret) {
    std::optional<QString> said;
    keychain::write(u"corp"_s, secret, m_context, [&](const Result<Done, QString>& outcome) {
        said = outcome ? QString() : outcome.error();
    });
    const bool came = QTest::qWaitFor([&] { return said.has_value(); }, 20'000);
    return came ? *said : u"no answer"_s;
}

QString TestKeychain::readBack() {
    std::optional<QString> said;
    keychain::read(u"corp"_s, m_context, [&](const Result<QByteArray, QString>& outcome) {
        said = outcome ? QString::fromUtf8(*outcome) : outcome.error();
    });
    const bool came = QTest::qWaitFor([&] { return said.has_value(); }, 20'000);
    return came ? *said : u"no answer"_s;
}

QString TestKeychain::removed() {
    std::optional<QString> said;
    keychain::remove(u"corp"_s, m_context, [&](const Result<Done, QString>& outcome) {
        said = outcome ? QString() : outcome.error();
    });
    const bool came = QTest::qWaitFor([&] { return said.has_value(); }, 20'000);
    return came ? *said : u"no answer"_s;
}

void TestKeychain::anUnlockedOne() {
    QCOMPARE(readBack(), u"the keychain has no entry \"corp\" of Sallyport; add it by: sallyport "
                         u"credential set corp"_s);
    QCOMPARE(written("sk-ärger-1"), QString());
    QCOMPARE(readBack(), u"sk-ärger-1"_s);
    QCOMPARE(written("sk-2"), QString());
    QCOMPARE(readBack(), u"sk-2"_s);
    int changes = 0;
    KeychainSecret secret(u"corp"_s, m_deadlines, [&] { ++changes; });
    QCOMPARE(shown(secret.state()), u"…"_s);
    QTRY_COMPARE(changes, 1);
    QCOMPARE(shown(secret.state()), u"sk-2"_s);
    QCOMPARE(removed(), QString());
    QVERIFY(readBack().contains(u"has no entry"_s));
    QVERIFY(removed().contains(u"has no entry"_s));
    QCOMPARE(written("sk-3"), QString());
}

void TestKeychain::aLockedOne() {
    const QDBusReply<QDBusObjectPath> collection = service().call(u"ReadAlias"_s, u"default"_s);
    QVERIFY(collection.isValid());
    service().call(u"Lock"_s, QVariant::fromValue(QList<QDBusObjectPath>{collection.value()}));
    const QString locked = u"the keychain is locked; unlock it in your desktop, or use env: or "
                           u"file: in its place"_s;
    QCOMPARE(readBack(), locked);
    int changes = 0;
    KeychainSecret secret(u"corp"_s, m_deadlines, [&] { ++changes; });
    QCOMPARE(shown(secret.state()), u"…"_s);
    QTRY_COMPARE_WITH_TIMEOUT(changes, 1, 20'000);
    QCOMPARE(shown(secret.state()), locked);
}

void TestKeychain::noneAtAll() {
    m_keyring.kill();
    QTRY_COMPARE(m_keyring.state(), QProcess::NotRunning);
    QVERIFY(readBack().startsWith(u"there is no keychain here"_s));
    QVERIFY(written("x").startsWith(u"there is no keychain here"_s));
}

void TestKeychain::cleanupTestCase() {
    // GDBus, which libsecret talks by, ends a process whose session bus has gone.
    std::signal(SIGTERM, SIG_IGN);
    for (QProcess* process : {&m_keyring, &m_bus}) {
        process->kill();
        QTRY_COMPARE(process->state(), QProcess::NotRunning);
    }
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
