// SPDX-License-Identifier: MIT
// What a resume and another network change; the system bus is a private one with a logind of ours.
#include "core/engine/listenplan.h"
#include "core/engine/networkwatch.h"
#include "rig.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QStandardPaths>

using namespace sallyport;
using namespace sallyport::test;

namespace {

const QString kLogind = QStringLiteral("org.freedesktop.login1");

void prepareForSleep(const QDBusConnection& bus, bool begins) {
    auto signal = QDBusMessage::createSignal(QStringLiteral("/org/freedesktop/login1"),
                                             QStringLiteral("org.freedesktop.login1.Manager"),
                                             QStringLiteral("PrepareForSleep"));
    signal << begins;
    QVERIFY(bus.send(signal));
}

/// A request by `client`, answered by `origin`.
bool isAnswered(Rig& rig, LoopbackPeer& client, LoopbackPeer& origin, const QByteArray& path) {
    QByteArray request;
    QByteArray response;
    client.send(rig.get(path));
    if (!receives(origin, request, path + " HTTP/1.1")) return false;
    origin.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    return receives(client, response, "\r\n\r\nok");
}

} // namespace

class TestNetworkWatch : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        const QString daemon = QStandardPaths::findExecutable(QStringLiteral("dbus-daemon"));
        if (daemon.isEmpty()) QSKIP("dbus-daemon is not installed");
        m_daemon.start(daemon, {QStringLiteral("--session"), QStringLiteral("--nofork"),
                                QStringLiteral("--print-address")});
        QTRY_VERIFY(m_daemon.canReadLine());
        const QByteArray address = m_daemon.readLine().trimmed();
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", address);
        const auto bus = [&](const char* name) {
            return QDBusConnection::connectToBus(QString::fromLatin1(address),
                                                 QString::fromLatin1(name));
        };
        m_logind = bus("logind");
        m_other = bus("other");
        QVERIFY(m_logind.registerService(kLogind));
    }
    void cleanupTestCase() {
        m_daemon.terminate();
        QTRY_COMPARE(m_daemon.state(), QProcess::NotRunning);
    }

    void onlyTheEndOfASleepIsTold() {
        SystemClock clock;
        DeadlineQueue deadlines(clock);
        QByteArrayList told;
        const NetworkWatch watch(deadlines, [&told](const char* reason) { told << reason; });
        prepareForSleep(m_logind, true);
        prepareForSleep(m_other, false); // is not logind
        prepareForSleep(m_logind, false);
        QTRY_COMPARE(told, QByteArrayList{"resumed"});
    }

    void connectionsOfBeforeAreNotUsedAgain() {
        Rig rig;
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.client();
        client.send(rig.get("/first"));
        LoopbackPeer before = accepted(rig.origin);
        QByteArray request;
        QByteArray response;
        QVERIFY(receives(before, request, "/first HTTP/1.1"));
        before.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        QVERIFY(receives(client, response, "\r\n\r\nok"));
        QVERIFY(isAnswered(rig, client, before, "/second"));
        prepareForSleep(m_logind, false);
        QTRY_VERIFY((before.receive(), before.isAtEnd));
        client.send(rig.get("/third"));
        LoopbackPeer after = accepted(rig.origin);
        QVERIFY(receives(after, request, "/third HTTP/1.1"));
    }

    void whatIsUnderWayGoesOn() {
        Rig rig;
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.client();
        client.send(rig.get("/long"));
        LoopbackPeer origin = accepted(rig.origin);
        QByteArray request;
        QByteArray response;
        QVERIFY(receives(origin, request, "/long HTTP/1.1"));
        origin.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
        QVERIFY(receives(client, response, "ab"));
        prepareForSleep(m_logind, false);
        LoopbackPeer other = rig.client();
        other.send(rig.get("/other"));
        LoopbackPeer second = accepted(rig.origin);
        QVERIFY(receives(second, request, "/other HTTP/1.1"));
        origin.send("cd");
        QVERIFY(receives(client, response, "abcd"));
    }

    void whatIsStoredStays() {
        QByteArray routes = Rig::defaultRoutes();
        routes.replace("keepalive_comment: 0s", "keepalive_comment: 0s, cache: {ttl: 300s}");
        Rig rig(routes);
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.client();
        client.send(rig.get("/stored"));
        LoopbackPeer origin = accepted(rig.origin);
        QByteArray request;
        QByteArray response;
        QVERIFY(receives(origin, request, "/stored HTTP/1.1"));
        origin.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        QVERIFY(receives(client, response, "\r\n\r\nok"));
        prepareForSleep(m_logind, false);
        QTRY_VERIFY((origin.receive(), origin.isAtEnd));
        client.send(rig.get("/stored"));
        response.clear();
        QVERIFY(receives(client, response, "\r\n\r\nok"));
    }

    void probesAskAtOnce() {
        QByteArray routes = Rig::defaultRoutes();
        routes.replace("    credential: none\n",
                       "    credential: none\n    health: {path: /well, every: 1h}\n");
        Rig rig(routes);
        QVERIFY(rig.engine->open());
        for (int i = 0; i < 2; ++i) {
            LoopbackPeer origin = accepted(rig.origin);
            QByteArray request;
            QVERIFY(receives(origin, request, "GET /well HTTP/1.1"));
            origin.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            if (i == 0) prepareForSleep(m_logind, false);
        }
    }

    void whereItMayListen_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("allowsRemote");
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<bool>("may");
        QTest::newRow("this machine") << "127.0.0.1" << false << QByteArray() << true;
        QTest::newRow("this machine, IPv6") << "::1" << false << QByteArray() << true;
        QTest::newRow("all, and not allowed") << "0.0.0.0" << false << QByteArray("t") << false;
        QTest::newRow("all, allowed without a token") << "::" << true << QByteArray() << false;
        QTest::newRow("all, allowed with a token") << "0.0.0.0" << true << QByteArray("t") << true;
    }
    void whereItMayListen() {
        QFETCH(QString, address);
        QFETCH(bool, allowsRemote);
        QFETCH(QByteArray, token);
        Settings settings;
        settings.allowRemote = allowsRemote;
        QTEST(problemOfListening(QHostAddress(address), settings, token).isEmpty(), "may");
    }

    void thePortsAfterATakenOneAreTried() {
        const auto ports = portsInPlaceOf(8899);
        QCOMPARE(ports.size(), 21U);
        QCOMPARE(ports.front(), quint16{8900});
        QCOMPARE(ports.back(), quint16{0});
        QVERIFY(portsInPlaceOf(0xFFFF) == std::vector<quint16>{0});
    }

private:
    QProcess m_daemon;
    QDBusConnection m_logind{QStringLiteral("none")};
    QDBusConnection m_other{QStringLiteral("none")};
};

QTEST_GUILESS_MAIN(TestNetworkWatch)
#include "tst_networkwatch.moc"
