// SPDX-License-Identifier: MIT
#include "core/tunnel/handshakesniffer.h"

#include <QTest>

using namespace sallyport;
using Verdict = HandshakeSniffer::Verdict;

class TestHandshakeSniffer : public QObject {
    Q_OBJECT
private slots:
    void tellsThemApart_data();
    void tellsThemApart();
    void keepsWhatComesBehind();
    void isBounded_data();
    void isBounded();
};

namespace {

const QByteArray kAsk =
    "GET /chat?token=x HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Key: k\r\n\r\n";
const QByteArray kSwitch = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                           "Connection: Upgrade\r\n\r\n";

/// Gives the client's bytes in two pieces, then the server's; what comes after the verdict is not
/// given.
Verdict sniffed(const QByteArray& client, qsizetype cutAt, const QByteArray& server,
                qsizetype serverCutAt) {
    HandshakeSniffer sniffer;
    Verdict verdict = Verdict::Undecided;
    const QByteArrayView pieces[]{QByteArrayView(client).first(cutAt),
                                  QByteArrayView(client).sliced(cutAt)};
    for (const QByteArrayView piece : pieces)
        if (verdict == Verdict::Undecided && !piece.isEmpty()) verdict = sniffer.clientSent(piece);
    const QByteArrayView answers[]{QByteArrayView(server).first(serverCutAt),
                                   QByteArrayView(server).sliced(serverCutAt)};
    for (const QByteArrayView piece : answers)
        if (verdict == Verdict::Undecided && !piece.isEmpty()) verdict = sniffer.serverSent(piece);
    return verdict;
}

} // namespace

void TestHandshakeSniffer::tellsThemApart_data() {
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("server");
    QTest::addColumn<Verdict>("verdict");
    const auto row = [](const char* tag, const QByteArray& client, const QByteArray& server,
                        Verdict verdict) { QTest::newRow(tag) << client << server << verdict; };
    row("a handshake", kAsk, kSwitch, Verdict::WebSocket);
    row("a handshake with an interim response", kAsk, "HTTP/1.1 103 Early Hints\r\n\r\n" + kSwitch,
        Verdict::WebSocket);
    row("frames behind the handshake on both sides", kAsk + "early", kSwitch + "first",
        Verdict::WebSocket);
    row("a handshake without its response", kAsk, {}, Verdict::Undecided);
    row("half a request", kAsk.first(30), {}, Verdict::Undecided);
    row("one byte that may become one", "G", {}, Verdict::Undecided);
    row("TLS", QByteArray("\x16\x03\x01\x02\x00\x01", 6), {}, Verdict::Other);
    row("SSH", "SSH-2.0-x\r\n", {}, Verdict::Other);
    row("POST", "POST / HTTP/1.1\r\n", {}, Verdict::Other);
    row("another word that begins alike", "GETX / HTTP/1.1\r\n", {}, Verdict::Other);
    row("a request without upgrade", "GET / HTTP/1.1\r\nHost: h\r\n\r\n", {}, Verdict::Other);
    row("another upgrade",
        "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n", {},
        Verdict::Other);
    row("a request that is malformed", "GET / HTTP/1.1\r\nHost : h\r\n\r\n", {}, Verdict::Other);
    row("a refusal", kAsk, "HTTP/1.1 426 Upgrade Required\r\n", Verdict::Undecided);
    row("a whole refusal", kAsk, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
        Verdict::Refused);
    row("a refusal with content", kAsk,
        "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 426 Upgrade Required\r\nContent-Length: "
        "4\r\n\r\nnope",
        Verdict::Refused);
    row("a refusal with frames under way", kAsk + "early",
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", Verdict::Other);
    row("200", kAsk, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Verdict::Refused);
    row("101 to something else", kAsk,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
        Verdict::Other);
    row("a server that speaks first", {}, "220 mail\r\n", Verdict::Other);
    row("a response that is not HTTP", kAsk, "hello\r\n\r\n", Verdict::Other);
}

void TestHandshakeSniffer::tellsThemApart() {
    QFETCH(QByteArray, client);
    QFETCH(QByteArray, server);
    QFETCH(Verdict, verdict);
    for (qsizetype at = 0; at <= client.size(); ++at)
        QCOMPARE(sniffed(client, at, server, 0), verdict);
    for (qsizetype at = 0; at <= server.size(); ++at)
        QCOMPARE(sniffed(client, 0, server, at), verdict);
}

void TestHandshakeSniffer::keepsWhatComesBehind() {
    HandshakeSniffer sniffer;
    QCOMPARE(sniffer.clientSent(QByteArray(kAsk + "ab")), Verdict::Undecided);
    QCOMPARE(sniffer.clientSent("cd"), Verdict::Undecided);
    QCOMPARE(sniffer.serverSent(QByteArray(kSwitch + "xy")), Verdict::WebSocket);
    QCOMPARE(sniffer.clientRest(), QByteArray("abcd"));
    QCOMPARE(sniffer.serverRest(), QByteArray("xy"));
    QCOMPARE(sniffer.request().target.text, QByteArray("/chat?token=x"));
    QCOMPARE(sniffer.response().status, 101);
}

void TestHandshakeSniffer::isBounded_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isClient");
    QTest::newRow("frames before the response") << QByteArray(1000, 'x') << true;
    QTest::newRow("interim responses") << QByteArray("HTTP/1.1 103 Early Hints\r\n\r\n") << false;
}

void TestHandshakeSniffer::isBounded() {
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isClient);
    HandshakeSniffer sniffer;
    QCOMPARE(sniffer.clientSent(kAsk), Verdict::Undecided);
    qsizetype given = 0;
    Verdict verdict = Verdict::Undecided;
    while (verdict == Verdict::Undecided && given < 1'000'000) {
        verdict = isClient ? sniffer.clientSent(bytes) : sniffer.serverSent(bytes);
        given += bytes.size();
    }
    QCOMPARE(verdict, Verdict::Other);
    QVERIFY(given <= HandshakeSniffer::kMaxEarly + bytes.size());
}

QTEST_APPLESS_MAIN(TestHandshakeSniffer)
#include "tst_handshakesniffer.moc"
