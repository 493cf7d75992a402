// SPDX-License-Identifier: MIT
#include "core/net/streamsocket.h"
#include "tests/upstream/fakeconnector.h"

#include <QSignalSpy>
#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

namespace {

struct Rig {
    StreamScript script;
    FakeStream stream{script}; // letting go of it frees nothing
    StreamSocket socket{StreamPtr(&stream), "early"};
    QSignalSpy ready{&socket, &QIODevice::readyRead};
    QSignalSpy gone{&socket, &QAbstractSocket::disconnected};
};

} // namespace

class TestStreamSocket : public QObject {
    Q_OBJECT

private slots:
    void whatCameIsReadInOrder() {
        Rig rig;
        QCOMPARE(rig.socket.bytesAvailable(), 5);
        QCOMPARE(rig.socket.read(2), QByteArray("ea"));
        rig.script.observer->streamReceived(" later");
        QCOMPARE(rig.ready.size(), 1);
        QCOMPARE(rig.socket.bytesAvailable(), 9);
        QCOMPARE(rig.socket.readAll(), QByteArray("rly later"));
        QCOMPARE(rig.socket.bytesAvailable(), 0);
    }

    void whatIsWrittenLeaves() {
        Rig rig;
        QCOMPARE(rig.socket.write("hello"), 5);
        QCOMPARE(rig.script.writes, QByteArrayList{"hello"});
        rig.script.pending = 3;
        QCOMPARE(rig.socket.bytesToWrite(), 3);
    }

    void theSenderIsHeldBackWhileNobodyReads() {
        Rig rig;
        QVERIFY(rig.script.isReading);
        rig.script.observer->streamReceived(QByteArray(StreamSocket::kReadBufferBytes, 'x'));
        QVERIFY(!rig.script.isReading);
        rig.socket.readAll();
        QVERIFY(rig.script.isReading);
    }

    void theEndLeavesWhatHadCome() {
        Rig rig;
        rig.script.observer->streamPeerFinished();
        QCOMPARE(rig.gone.size(), 1);
        QCOMPARE(rig.socket.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(rig.socket.readAll(), QByteArray("early"));
        QCOMPARE(rig.socket.write("x"), -1);
    }

    void aFailureIsTold() {
        Rig rig;
        const QSignalSpy failed(&rig.socket, &QAbstractSocket::errorOccurred);
        rig.script.observer->streamFailed({StreamFault::Reset, QStringLiteral("why")});
        QCOMPARE(failed.size(), 1);
        QCOMPARE(rig.gone.size(), 1);
        QCOMPARE(rig.socket.errorString(), QStringLiteral("why"));
    }

    void afterCloseNothingLooksAsIfItCouldBeRead() {
        Rig rig;
        rig.script.observer->streamReceived(QByteArray(40'000, 'x'));
        QCOMPARE(rig.socket.read(1), QByteArray("e")); // the device fills a buffer of its own
        rig.socket.close();
        QCOMPARE(rig.socket.bytesAvailable(), 0);
        QCOMPARE(rig.gone.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestStreamSocket)
#include "tst_streamsocket.moc"
