// SPDX-License-Identifier: MIT
#include "core/proxy/ssetail.h"

#include <QTest>

using namespace sallyport;

class TestSseTail : public QObject {
    Q_OBJECT
private slots:
    void betweenEvents_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isBetween");
        QTest::newRow("nothing yet: a byte order mark may come") << QByteArray() << false;
        QTest::newRow("a byte order mark") << QByteArray("\xef\xbb\xbf") << false;
        QTest::newRow("after a byte order mark and an event") << QByteArray("\xef\xbb\xbf"
                                                                            "data: a\n\n")
                                                              << true;
        QTest::newRow("an empty line at first") << QByteArray("\n") << true;
        QTest::newRow("inside a line") << QByteArray("data: a") << false;
        QTest::newRow("after a line") << QByteArray("data: a\n") << false;
        QTest::newRow("after an event") << QByteArray("data: a\n\n") << true;
        QTest::newRow("after an event with CRLF") << QByteArray("data: a\r\n\r\n") << true;
        QTest::newRow("inside a CRLF") << QByteArray("data: a\r\n\r") << false;
        QTest::newRow("a next event began") << QByteArray("data: a\n\ne") << false;
        QTest::newRow("a comment line after an event") << QByteArray("data: a\n\n: c\n") << false;
    }
    void betweenEvents() {
        QFETCH(const QByteArray, bytes);
        QFETCH(const bool, isBetween);
        SseTail whole;
        whole.feed(bytes);
        QCOMPARE(whole.isBetweenEvents(), isBetween);
        SseTail pieces;
        for (const char c : bytes)
            pieces.feed(QByteArrayView(&c, 1));
        QCOMPARE(pieces.isBetweenEvents(), isBetween);
    }
};

QTEST_GUILESS_MAIN(TestSseTail)
#include "tst_ssetail.moc"
