// SPDX-License-Identifier: MIT
#include "core/route/forwardedfields.h"

#include <QTest>

using namespace sallyport;

class TestForwardedFields : public QObject {
    Q_OBJECT
private slots:
    void clients_data() {
        QTest::addColumn<QByteArray>("address");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("isTls");
        QTest::addColumn<QByteArray>("forwarded");
        QTest::newRow("IPv4") << QByteArray("192.0.2.1") << QByteArray("gate.example") << false
                              << QByteArray("for=192.0.2.1;host=gate.example;proto=http");
        QTest::newRow("IPv6, which is quoted")
            << QByteArray("2001:db8::1") << QByteArray("[::1]:8899") << true
            << QByteArray("for=\"[2001:db8::1]\";host=\"[::1]:8899\";proto=https");
        QTest::newRow("no host") << QByteArray("192.0.2.1") << QByteArray() << false
                                 << QByteArray("for=192.0.2.1;proto=http");
        QTest::newRow("a host that would end its quotes")
            << QByteArray("192.0.2.1") << QByteArray("a\"b\\c") << false
            << QByteArray("for=192.0.2.1;host=\"a\\\"b\\\\c\";proto=http");
    }
    void clients() {
        QFETCH(const QByteArray, address);
        QFETCH(const QByteArray, host);
        QFETCH(const bool, isTls);
        FieldList fields;
        addForwardedFields({address, host, isTls}, fields);
        QTEST(fields.combined("Forwarded"), "forwarded");
        QCOMPARE(fields.combined("X-Forwarded-For"), address);
        QCOMPARE(fields.combined("X-Forwarded-Host"), host);
        QCOMPARE(fields.combined("X-Forwarded-Proto"), QByteArray(isTls ? "https" : "http"));
    }

    /// RFC 7239 4: each proxy adds at the end.
    void isAddedAfterWhatIsThere() {
        FieldList fields;
        fields.append("Forwarded", "for=198.51.100.7");
        fields.append("X-Forwarded-For", "198.51.100.7");
        fields.append("X-Forwarded-For", "198.51.100.8");
        fields.append("X_Forwarded_For", "203.0.113.9");
        addForwardedFields({"192.0.2.1", "h", false}, fields);
        QCOMPARE(fields.combined("Forwarded"),
                 QByteArray("for=198.51.100.7, for=192.0.2.1;host=h;proto=http"));
        QCOMPARE(fields.combined("X-Forwarded-For"),
                 QByteArray("198.51.100.7, 198.51.100.8, 192.0.2.1"));
        QCOMPARE(fields.count("X-Forwarded-For"), std::size_t{1});
        QVERIFY(!fields.contains("X_Forwarded_For"));
    }
};

QTEST_GUILESS_MAIN(TestForwardedFields)
#include "tst_forwardedfields.moc"
