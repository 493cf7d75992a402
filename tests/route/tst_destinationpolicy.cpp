// SPDX-License-Identifier: MIT
#include "core/route/destinationpolicy.h"

#include <QTest>

using namespace sallyport;

class TestDestinationPolicy : public QObject {
    Q_OBJECT
private slots:
    void addresses_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("isAllowed");
        const auto row = [](const char* tag, const char* address, bool isAllowed) {
            QTest::newRow(tag) << QString::fromLatin1(address) << isAllowed;
        };
        row("a public one", "93.184.216.34", true);
        row("a private one", "10.0.0.8", true);
        row("loopback", "127.0.0.1", true);
        row("IPv6 loopback", "::1", true);
        row("a public IPv6 one", "2606:4700::6810:84e5", true);
        row("link-local", "169.254.169.254", false);
        row("the end of link-local", "169.254.255.255", false);
        row("behind link-local", "169.255.0.0", true);
        row("IPv6 link-local", "fe80::1", false);
        row("IPv6 link-local with a zone", "fe80::1%1", false);
        row("the end of IPv6 link-local", "febf:ffff::1", false);
        row("the metadata of a cloud by IPv6", "fd00:ec2::254", false);
        row("a unique-local one", "fd00:ec2::1", true);
        row("v4-mapped link-local", "::ffff:169.254.169.254", false);
        row("v4-mapped public", "::ffff:93.184.216.34", true);
        row("v4-compatible link-local", "::169.254.169.254", false);
        row("link-local behind NAT64", "64:ff9b::a9fe:a9fe", false);
        row("public behind NAT64", "64:ff9b::5db8:d822", true);
        row("link-local behind the NAT64 of a site", "64:ff9b:1::a9fe:a9fe", false);
        row("link-local behind a longer prefix of it", "64:ff9b:1:fffe::a9fe:a9fe", false);
        row("public behind the NAT64 of a site", "64:ff9b:1::5db8:d822", true);
        row("behind the NAT64 prefixes", "64:ff9b:2::a9fe:a9fe", true);
        row("link-local by 6to4", "2002:a9fe:a9fe::1", false);
        row("this network by 6to4", "2002:0:1::1", false);
        row("public by 6to4", "2002:5db8:d822::a9fe:a9fe", true);
        row("link-local, translated", "::ffff:0:169.254.169.254", false);
        row("public, translated", "::ffff:0:93.184.216.34", true);
        row("unspecified", "0.0.0.0", false);
        row("of this network", "0.1.2.3", false);
        row("unspecified IPv6", "::", false);
        row("v4-mapped unspecified", "::ffff:0.0.0.0", false);
        row("broadcast", "255.255.255.255", false);
        row("multicast", "224.0.0.251", false);
        row("IPv6 multicast", "ff02::1", false);
        row("none at all", "", false);
    }
    void addresses() {
        QFETCH(QString, address);
        QFETCH(bool, isAllowed);
        QCOMPARE(DestinationPolicy().allowsAddress(QHostAddress(address)), isAllowed);
    }

    void aListOfOnesOwnReplacesTheDefault() {
        DestinationPolicy policy;
        policy.deny = {{QHostAddress(QStringLiteral("10.0.0.0")), 8}};
        QVERIFY(!policy.allowsAddress(QHostAddress(QStringLiteral("10.1.2.3"))));
        QVERIFY(!policy.allowsAddress(QHostAddress(QStringLiteral("::ffff:10.1.2.3"))));
        QVERIFY(policy.allowsAddress(QHostAddress(QStringLiteral("169.254.1.1"))));
        QVERIFY(!policy.allowsAddress(QHostAddress(QStringLiteral("224.0.0.1"))));
    }

    void ports_data() {
        QTest::addColumn<quint16>("port");
        QTest::addColumn<bool>("isAllowed");
        QTest::newRow("http") << quint16(80) << true;
        QTest::newRow("https") << quint16(443) << true;
        QTest::newRow("smtp") << quint16(25) << false;
        QTest::newRow("below a range") << quint16(1023) << false;
        QTest::newRow("start of a range") << quint16(1024) << true;
        QTest::newRow("end of a range") << quint16(65535) << true;
        QTest::newRow("zero") << quint16(0) << false;
    }
    void ports() {
        QFETCH(quint16, port);
        QFETCH(bool, isAllowed);
        QCOMPARE(DestinationPolicy().allowsPort(port), isAllowed);
    }
};

QTEST_APPLESS_MAIN(TestDestinationPolicy)
#include "tst_destinationpolicy.moc"
