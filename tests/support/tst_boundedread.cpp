// SPDX-License-Identifier: MIT
#include "core/support/boundedread.h"

#include <QBuffer>
#include <QTest>

using namespace sallyport;

class TestBoundedRead : public QObject {
    Q_OBJECT

private slots:
    void readsWhatIsThere_data() {
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<qsizetype>("limit");
        QTest::addColumn<qsizetype>("read");
        constexpr qsizetype kPart = qsizetype{16} * 1024;
        QTest::newRow("nothing") << qsizetype{0} << qsizetype{10} << qsizetype{0};
        QTest::newRow("less than the limit") << qsizetype{9} << qsizetype{10} << qsizetype{9};
        QTest::newRow("the limit") << qsizetype{10} << qsizetype{10} << qsizetype{10};
        QTest::newRow("more than the limit") << qsizetype{11} << qsizetype{10} << qsizetype{10};
        QTest::newRow("a part and one") << kPart + 1 << 10 * kPart << kPart + 1;
        QTest::newRow("parts up to a limit") << 5 * kPart << 3 * kPart + 7 << 3 * kPart + 7;
        QTest::newRow("no room") << qsizetype{5} << qsizetype{0} << qsizetype{0};
    }

    void readsWhatIsThere() {
        QFETCH(const qsizetype, size);
        QFETCH(const qsizetype, limit);
        QFETCH(const qsizetype, read);
        QByteArray bytes(size, Qt::Uninitialized);
        for (qsizetype i = 0; i < size; ++i)
            bytes[i] = static_cast<char>(i % 251);
        QBuffer device(&bytes);
        QVERIFY(device.open(QIODevice::ReadOnly));
        QCOMPARE(readAtMost(device, limit), bytes.first(read));
    }

    void keepsNoRoomThatItDoesNotNeed() {
        QByteArray bytes("version: 1\n");
        QBuffer device(&bytes);
        QVERIFY(device.open(QIODevice::ReadOnly));
        const QByteArray read = readAtMost(device, qsizetype{4} * 1024 * 1024);
        QCOMPARE(read, bytes);
        QVERIFY2(read.capacity() < 64, qPrintable(QString::number(read.capacity())));
    }
};

QTEST_GUILESS_MAIN(TestBoundedRead)
#include "tst_boundedread.moc"
