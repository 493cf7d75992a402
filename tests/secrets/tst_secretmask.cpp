// SPDX-License-Identifier: MIT
#include "core/secrets/secretmask.h"

#include <QTest>

using namespace sallyport;

class TestSecretMask : public QObject {
    Q_OBJECT
private slots:
    void marks_data();
    void marks();
};

void TestSecretMask::marks_data() {
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<bool>("showsEnd");
    QTest::addColumn<QByteArray>("mark");
    const auto row = [](const char* tag, const char* secret, bool showsEnd, const char* mark) {
        QTest::newRow(tag) << QByteArray(secret) << showsEnd << QByteArray(mark);
    };
    row("a long one shows its length and its end", "0123456789abcdef", true,
        "‹redacted, 16 bytes, …cdef›");
    row("its length alone where the end is not wanted", "0123456789abcdef", false,
        "‹redacted, 16 bytes›");
    row("twelve bytes show their end", "123456789012", true, "‹redacted, 12 bytes, …9012›");
    row("eleven bytes do not", "12345678901", true, "‹redacted, 11 bytes›");
    row("an end with a blank is not shown", "0123456789ab cd", true, "‹redacted, 15 bytes›");
    row("nothing is nothing", "", true, "‹redacted, 0 bytes›");
}

void TestSecretMask::marks() {
    QFETCH(QByteArray, secret);
    QFETCH(bool, showsEnd);
    QFETCH(QByteArray, mark);
    QCOMPARE(maskOf(secret, showsEnd), mark);
}

QTEST_APPLESS_MAIN(TestSecretMask)
#include "tst_secretmask.moc"
