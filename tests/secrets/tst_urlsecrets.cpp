// SPDX-License-Identifier: MIT
#include "core/secrets/urlsecrets.h"

#include <QTest>

using namespace sallyport;

/// What is found where; tst_redact has the tables of whole targets and texts.
class TestUrlSecrets : public QObject {
    Q_OBJECT
private slots:
    void whatIsFound_data();
    void whatIsFound();
};

void TestUrlSecrets::whatIsFound_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("masked"); ///< empty: nothing is found
    const auto row = [](const char* tag, const char* text, const char* masked) {
        QTest::newRow(tag) << QByteArray(text) << QByteArray(masked);
    };
    row("a text without a sign of a URL", "/v1/messages", "");
    row("a parameter by its name", "/x?sig=abc", "/x?sig=‹redacted, 3 bytes›");
    row("user information", "http://u:p@h/", "http://‹redacted, 3 bytes›@h/");
    row("an encoded value whole", "/x?u=http%3A%2F%2Fu%3Ap%40h", "/x?u=‹redacted, 22 bytes›");
    row("a shape in an encoded value", "/x?u=a%20sk%2D0123456789", "/x?u=‹redacted, 19 bytes›");
    row("a shape that is not encoded is not its matter", "/x?u=sk-0123456789", "");
}

void TestUrlSecrets::whatIsFound() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, masked);
    SecretSpans found;
    findUrlSecrets(text, found);
    QCOMPARE(found.masked(text).value_or(QByteArray()), masked);
    if (!masked.isEmpty()) QVERIFY(mayHoldUrlSecret(text));
}

QTEST_APPLESS_MAIN(TestUrlSecrets)
#include "tst_urlsecrets.moc"
