// SPDX-License-Identifier: MIT
#include "core/secrets/secretspans.h"

#include <QTest>

using namespace sallyport;

class TestSecretSpans : public QObject {
    Q_OBJECT
private slots:
    void nothingFoundIsNothingCopied() {
        SecretSpans spans;
        spans.add(3, 3, true);
        spans.add(3, 1, true);
        QVERIFY(spans.isEmpty());
        QVERIFY(!spans.masked("0123456789"));
    }
    void spansInAnyOrder() {
        SecretSpans spans;
        spans.add(6, 8, true);
        spans.add(0, 3, true);
        QCOMPARE(spans.masked("abc-12-34"),
                 QByteArray("‹redacted, 3 bytes›-12‹redacted, 2 bytes›4"));
    }
    void spansThatOverlapAreOne() {
        SecretSpans spans;
        spans.add(2, 10, true);
        spans.add(4, 6, true);
        spans.add(8, 14, true);
        QCOMPARE(spans.masked("a-0123456789abcd-z"),
                 QByteArray("a-‹redacted, 12 bytes, …89ab›cd-z"));
    }
    void placesAreInOrder() {
        SecretSpans spans;
        QVERIFY(spans.places().empty());
        spans.add(6, 8, true);
        spans.add(0, 3, true);
        spans.add(2, 4, true);
        const std::vector<std::pair<qsizetype, qsizetype>> expected{{0, 4}, {6, 8}};
        QCOMPARE(spans.places(), expected);
    }
    void theEndIsShownWhereAllShowIt() {
        SecretSpans spans;
        spans.add(2, 10, true);
        spans.add(4, 14, false);
        QCOMPARE(spans.masked("a-0123456789abcd-z"), QByteArray("a-‹redacted, 12 bytes›cd-z"));
    }
    void neighboursStayTwo() {
        SecretSpans spans;
        spans.add(0, 2, true);
        spans.add(2, 5, true);
        QCOMPARE(spans.masked("abcde"), QByteArray("‹redacted, 2 bytes›‹redacted, 3 bytes›"));
    }
};

QTEST_APPLESS_MAIN(TestSecretSpans)
#include "tst_secretspans.moc"
