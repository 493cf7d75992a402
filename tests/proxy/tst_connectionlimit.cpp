// SPDX-License-Identifier: MIT
#include "core/proxy/connectionlimit.h"

#include <QTest>

using namespace sallyport;

class TestConnectionLimit : public QObject {
    Q_OBJECT
private slots:
    void countsTogether_data() {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("isSame");
        const auto row = [](const char* tag, const char* one, const char* other, bool isSame) {
            QTest::newRow(tag) << QString::fromLatin1(one) << QString::fromLatin1(other) << isSame;
        };
        row("an IPv4 address and itself", "10.0.0.1", "10.0.0.1", true);
        row("two IPv4 addresses", "10.0.0.1", "10.0.0.2", false);
        row("two addresses of one /64", "2001:db8::1", "2001:db8::ffff:1", true);
        row("addresses of two /64", "2001:db8::1", "2001:db8:0:1::1", false);
        row("loopback of both kinds", "127.0.0.1", "::1", false);
    }
    void countsTogether() {
        QFETCH(const QString, one);
        QFETCH(const QString, other);
        QFETCH(const bool, isSame);
        ConnectionLimit clients;
        QVERIFY(clients.add(QHostAddress(one), 1));
        QCOMPARE(clients.add(QHostAddress(other), 1), !isSame);
        clients.remove(QHostAddress(one));
        QVERIFY(!clients.add(QHostAddress(other), 1));
    }
    void oneMoreThanCameIsNotCountedBelowNone() {
        ConnectionLimit clients;
        const QHostAddress client(QStringLiteral("10.0.0.1"));
        QVERIFY(clients.add(client, 1));
        clients.remove(client);
        clients.remove(client);
        QVERIFY(clients.add(client, 1));
        QVERIFY(!clients.add(client, 1));
    }
    void zeroIsWithoutALimit() {
        ConnectionLimit clients;
        const QHostAddress client(QStringLiteral("10.0.0.1"));
        for (int i = 0; i < 3; ++i)
            QVERIFY(clients.add(client, 0));
    }
};

QTEST_APPLESS_MAIN(TestConnectionLimit)
#include "tst_connectionlimit.moc"
