// SPDX-License-Identifier: MIT
#include "rig.h"

#include <algorithm>

using namespace sallyport;
using namespace sallyport::test;

/// JSON nested as deep as its sender likes: what is read of it is bounded, what passes is not.
class TestDeepJson : public QObject {
    Q_OBJECT
private slots:
    void aDeepExchangePassesByteForByte_data();
    void aDeepExchangePassesByteForByte();
    void theSandboxRefusesADeepRequest();
};

static constexpr int kLevels = 100000;

static QByteArray deepJson() {
    return R"({"model":"m","messages":)" + QByteArray(kLevels, '[') + QByteArray(kLevels, ']') +
           R"(,"usage":{"input_tokens":5}})";
}

static QByteArray framed(const QByteArray& startLine, const QByteArray& type,
                         const QByteArray& content) {
    return startLine + "\r\nContent-Type: " + type +
           "\r\nContent-Length: " + QByteArray::number(content.size()) + "\r\n\r\n" + content;
}

static bool sendsAll(LoopbackPeer& peer, const QByteArray& bytes) {
    qsizetype at = 0;
    return QTest::qWaitFor([&] {
        at += std::max<qsizetype>(0, peer.send(QByteArrayView(bytes).sliced(at)));
        return at == bytes.size();
    });
}

void TestDeepJson::aDeepExchangePassesByteForByte_data() {
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("content");
    const QByteArray deep = deepJson();
    const QByteArray event = "event: message_delta\ndata: " + deep + "\n\n";
    QTest::newRow("a JSON response")
        << QByteArray("200 OK") << QByteArray("application/json") << deep;
    QTest::newRow("a JSON error") << QByteArray("500 No") << QByteArray("application/json") << deep;
    QTest::newRow("an event stream")
        << QByteArray("200 OK") << QByteArray("text/event-stream") << event;
}

void TestDeepJson::aDeepExchangePassesByteForByte() {
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, content);
    Rig rig;
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    const QByteArray head = "POST /v1/messages HTTP/1.1\r\nHost: " + rig.authority();
    QVERIFY(sendsAll(client, framed(head, "application/json", deepJson())));
    LoopbackPeer origin = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(origin, request, QByteArray("\r\n\r\n" + deepJson())));
    QVERIFY(sendsAll(origin, framed("HTTP/1.1 " + status, type, content)));
    QByteArray response;
    QVERIFY(receives(client, response, QByteArray("\r\n\r\n" + content)));
}

void TestDeepJson::theSandboxRefusesADeepRequest() {
    Rig rig("routes: [{name: all, match: {path: /}, upstream: sandbox, access: open}]\n");
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    const QByteArray head = "POST /v1/messages HTTP/1.1\r\nHost: " + rig.authority();
    QVERIFY(sendsAll(client, framed(head, "application/json", deepJson())));
    QByteArray response;
    QVERIFY(receives(client, response, "nested deeper than 256 levels"));
    QVERIFY(response.startsWith("HTTP/1.1 400 "));
}

QTEST_GUILESS_MAIN(TestDeepJson)
#include "tst_deepjson.moc"
