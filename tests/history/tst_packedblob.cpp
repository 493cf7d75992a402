// SPDX-License-Identifier: MIT
#include "core/history/packedblob.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::packedblob;

class TestPackedBlob : public QObject {
    Q_OBJECT
private slots:
    void isUnpackedAsItWas_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("one byte") << QByteArray(1, '\0');
        QTest::newRow("the largest that is not compressed")
            << QByteArray(kLeastCompressed - 1, 'x');
        QTest::newRow("the smallest that is compressed") << QByteArray(kLeastCompressed, 'x');
        QByteArray noise;
        for (quint32 i = 0, seed = 1; i < 100'000; ++i, seed = seed * 1664525U + 1013904223U)
            noise.append(static_cast<char>(seed >> 24U));
        QTest::newRow("what cannot be compressed") << noise;
        QTest::newRow("four mebibytes") << QByteArray(4 << 20, 'x');
    }
    void isUnpackedAsItWas() {
        QFETCH(const QByteArray, content);
        // Twice: the context of the compressor is used again.
        QCOMPARE(unpacked(packed(content)), content);
        QCOMPARE(unpacked(packed(content)), content);
    }
    void savesRoom() { QVERIFY(packed(QByteArray(100'000, 'x')).size() < 200); }
    void readsTheFormerForm() {
        const QByteArray content(5000, 'x');
        QCOMPARE(unpacked(qCompress(content, 1)), content);
    }
    void whatIsNoBlobIsEmpty_data() {
        QTest::addColumn<QByteArray>("blob");
        const QByteArray mark = QByteArray::fromHex("fffffffe");
        const QByteArray whole = packed(QByteArray(5000, 'x'));
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("the mark alone") << mark;
        QTest::newRow("no frame") << QByteArray(mark).append("hello, I am no frame");
        QTest::newRow("a frame that is cut") << whole.first(whole.size() - 3);
        QTest::newRow("bytes behind the frame") << QByteArray(whole).append("more");
        // RFC 8878 3.1.1.1: a single segment whose size is said in 8 bytes.
        QTest::newRow("a frame that claims 2^63 bytes")
            << QByteArray(mark).append(QByteArray::fromHex("28b52ffde00000000000000080010000"));
        QTest::newRow("a frame that claims 1 GiB and has one byte")
            << QByteArray(mark)
                   .append(QByteArray::fromHex("28b52ffda000000040090000"))
                   .append(1, 'x');
    }
    void whatIsNoBlobIsEmpty() {
        QFETCH(const QByteArray, blob);
        QCOMPARE(unpacked(blob), QByteArray());
    }
};

QTEST_APPLESS_MAIN(TestPackedBlob)
#include "tst_packedblob.moc"
