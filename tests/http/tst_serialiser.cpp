// SPDX-License-Identifier: MIT
#include "core/http/reasonphrase.h"
#include "core/http/serialiser.h"

#include "tests/http/replay.h"

#include <QDateTime>
#include <QLocale>
#include <QtTest>

using namespace sallyport;
using namespace sallyport::test;

class TestSerialiser : public QObject {
    Q_OBJECT

private slots:
    void writesARequestHead() {
        FieldList fields;
        fields.append("Host", "a");
        fields.append("X-Empty", "");
        QByteArray out("before|");
        appendRequestHead(out, "POST", "/x?y", fields);
        QCOMPARE(out, QByteArray("before|POST /x?y HTTP/1.1\r\nHost: a\r\nX-Empty: \r\n\r\n"));
    }
    void writesAResponseHead() {
        FieldList fields;
        fields.append("A", "b");
        QByteArray out;
        appendResponseHead(out, 204, "No Content", fields);
        appendResponseHead(out, 999, "", FieldList());
        QCOMPARE(out, QByteArray("HTTP/1.1 204 No Content\r\nA: b\r\n\r\nHTTP/1.1 999 \r\n\r\n"));
    }
    void writesChunks() {
        FieldList trailers;
        QByteArray out;
        appendChunkStart(out, 1);
        out.append("x").append(kChunkEnd);
        appendChunkStart(out, 0x1234abcd);
        appendLastChunk(out, trailers);
        trailers.append("T", "1");
        appendLastChunk(out, trailers);
        QCOMPARE(out, QByteArray("1\r\nx\r\n1234abcd\r\n0\r\n\r\n0\r\nT: 1\r\n\r\n"));
    }
    void isReadAsItWasWritten();
    void knowsPhrases_data();
    void knowsPhrases();
};

void TestSerialiser::isReadAsItWasWritten() {
    FieldList fields;
    fields.append("Host", "a");
    fields.append("X-Latin", "\xe9 b");
    fields.append("Transfer-Encoding", "chunked");
    FieldList trailers;
    trailers.append("T", "1");
    QByteArray out;
    appendRequestHead(out, "PUT", "/", fields);
    for (const qsizetype size : {1, 15, 16, 255, 4096}) {
        appendChunkStart(out, size);
        out.append(QByteArray(size, 'x')).append(kChunkEnd);
    }
    appendLastChunk(out, trailers);
    const Reading reading = readRequest({out});
    QVERIFY(reading.isWhole);
    QCOMPARE(reading.head, QByteArray("PUT / 1.1\n" + linesOf(fields)));
    QCOMPARE(reading.body, QByteArray(1 + 15 + 16 + 255 + 4096, 'x'));
    QVERIFY(reading.trailers == trailers);
    QCOMPARE(reading.consumed, out.size());
}

void TestSerialiser::knowsPhrases_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("phrase");
    QTest::newRow("the first") << 100 << QByteArray("Continue");
    QTest::newRow("OK") << 200 << QByteArray("OK");
    QTest::newRow("a new name") << 413 << QByteArray("Content Too Large");
    QTest::newRow("the last") << 511 << QByteArray("Network Authentication Required");
    QTest::newRow("none in between") << 306 << QByteArray();
    QTest::newRow("none below") << 99 << QByteArray();
    QTest::newRow("none above") << 999 << QByteArray();
}

void TestSerialiser::knowsPhrases() {
    QFETCH(int, status);
    QFETCH(QByteArray, phrase);
    QCOMPARE(reasonPhrase(status).toByteArray(), phrase);
}

QTEST_GUILESS_MAIN(TestSerialiser)
#include "tst_serialiser.moc"
