// SPDX-License-Identifier: MIT
#include "core/proxy/ownauthority.h"

#include <QTest>

using namespace sallyport;

class TestOwnAuthority : public QObject {
    Q_OBJECT
private slots:
    void whatIsOurs_data() {
        QTest::addColumn<QByteArray>("authority");
        QTest::addColumn<bool>("isOwn");
        const auto row = [](const char* tag, const char* authority, bool isOwn) {
            QTest::newRow(tag) << QByteArray(authority) << isOwn;
        };
        row("localhost with our port", "localhost:8899", true);
        row("an address with our port", "127.0.0.1:8899", true);
        row("IPv6 with our port", "[::1]:8899", true);
        row("another port", "localhost:8898", false);
        row("no port is 80", "localhost", false);
        row("the address that was bound", "10.0.0.1:8899", true);
        row("another address", "10.0.0.2:8899", false);
        row("an allowed host with our port", "proxy.corp:8899", true);
        row("an allowed host with another port", "proxy.corp:1", false);
        row("a name that was led here", "evil.example:8899", false);
    }
    void whatIsOurs() {
        QFETCH(QByteArray, authority);
        const OwnAuthority own{8899, {"proxy.corp"}, "10.0.0.1"};
        const auto parsed = parseAuthority(authority);
        QVERIFY(parsed.isOk());
        QTEST(own.isOwn(*parsed, 80), "isOwn");
    }
    void withoutABoundAddressNoneIsOurs() {
        const OwnAuthority own{8899, {}, {}};
        QVERIFY(!own.isOwn(*parseAuthority("10.0.0.1:8899"), 80));
        QVERIFY(!own.isAllowedHost("proxy.corp"));
    }
};

QTEST_APPLESS_MAIN(TestOwnAuthority)
#include "tst_ownauthority.moc"
