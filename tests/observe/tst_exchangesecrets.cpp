// SPDX-License-Identifier: MIT
#include "core/observe/exchangelog.h"
#include "core/observe/log.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

/// A key is planted in every place where one can stand; neither it nor more than its last four
/// characters may come out anywhere.
class TestExchangeSecrets : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void nothingKeepsThePlantedKey_data();
    void nothingKeepsThePlantedKey();
    void knownOnesOfAWebSocket();
    void aKnownOneInSeveralDeltas_data();
    void aKnownOneInSeveralDeltas();

private:
    QTemporaryDir m_dir;
};

static const QByteArray kPlanted = "sk-ant-PLANTED-0123456789";
static const QByteArray kPart = "PLANTED";

void TestExchangeSecrets::initTestCase() {
    log::configure({log::Level::Trace, false, m_dir.filePath(QStringLiteral("l.log"))});
}

static QByteArray everythingIn(const ExchangeRecord& record) {
    QByteArrayList parts{record.method,     record.host,      record.path,     record.errorCode,
                         record.modelAsked, record.modelSent, record.userAgent};
    for (const QString& text :
         {record.route, record.upstream, record.target, record.error, record.client})
        parts << text.toUtf8();
    return parts.join('\n');
}

static QByteArray everythingIn(const FieldList& fields) {
    QByteArray all;
    for (const FieldView field : fields) {
        all += field.name;
        all += ": ";
        all += field.value;
        all += '\n';
    }
    return all;
}

void TestExchangeSecrets::nothingKeepsThePlantedKey_data() {
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    const QByteArray plain("/v1/messages");
    const auto field = [&plain](const char* name, const QByteArray& value) {
        QTest::addRow("in the field %s", name) << plain << QByteArray(name) << value;
    };
    field("Authorization", "Bearer " + kPlanted);
    field("authorization", kPlanted);
    field("Sec-WebSocket-Protocol", "realtime, openai-insecure-api-key." + kPlanted);
    field("Proxy-Authorization", "Basic " + kPlanted);
    field("x-api-key", kPlanted);
    field("Cookie", "session=" + kPlanted + "; other=1");
    field("Set-Cookie", "session=" + kPlanted + "; HttpOnly");
    field("X-Corp-Token", kPlanted);
    field("X-My-Secret", kPlanted);
    field("x-password", kPlanted);
    field("Ocp-Apim-Subscription-Key", kPlanted);
    field("Referer", "http://h/?token=" + kPlanted);
    field("Location", "https://u:" + kPlanted + "@h/");
    field("User-Agent", "agent Bearer " + kPlanted);
    const auto target = [](const char* tag, const QByteArray& text) {
        QTest::newRow(tag) << text << QByteArray("x") << QByteArray("y");
    };
    target("in the query as key", "/v1/messages?key=" + kPlanted);
    target("in the query as token", "/v1/messages?beta=true&token=" + kPlanted + "&x=y");
    target("in the query as sig", "/v1/messages?sig=" + kPlanted);
    target("in the query as a password", "/v1/messages?pwd=" + kPlanted + "&x=y");
    target("in the query under brackets", "/v1/messages?a[token]=" + kPlanted);
    target("in the query under a harmless name", "/v1/messages?t=" + kPlanted);
    target("in the query behind a scheme", "/v1/messages?hello=Bearer%20PLANTED-0123456789");
    target("in an encoded target", "/v1/messages?next=%2Fx%3Ftoken%3DPLANTED-0123456789");
    target("in the path", "/v1/" + kPlanted + "/messages");
    target("in the user information", "http://user:" + kPlanted + "@h/v1/messages");
    target("as the user", "http://" + kPlanted + "@h/v1/messages");
}

void TestExchangeSecrets::nothingKeepsThePlantedKey() {
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    const SystemClock clock;
    ExchangeLog log(clock);
    FieldList fields;
    fields.append("Host", "h");
    fields.append(name, value);
    auto recorder = log.begin(QStringLiteral("127.0.0.1"));
    recorder->requestHead(RequestRole::Gateway,
                          {"POST", QByteArray("u:" + kPlanted + "@h"), target}, fields);
    recorder->sentFields(fields);
    FieldList response = fields;
    response.append("content-type", "application/json");
    recorder->responseHead(401, "Unauthorized", response);
    recorder->responseBody(
        QByteArray(R"({"error":{"message":"bad key )" + kPlanted + R"( given"}})"));
    recorder->responseTrailers(fields);
    recorder->ended(ExchangeEnd::Complete);

    const auto detail = log.detail(recorder->id());
    QByteArray all = everythingIn(detail->record);
    for (const FieldList* list : {&detail->requestFields, &detail->sentFields,
                                  &detail->responseFields, &detail->responseTrailers})
        all += everythingIn(*list);
    for (const ExchangeRecord& record : log.takeChanges())
        all += everythingIn(record);
    log::flush();
    QFile file(m_dir.filePath(QStringLiteral("l.log")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray lines = file.readAll();
    QVERIFY(lines.contains("exchange id="));
    QVERIFY2(!all.contains(kPart), all.constData());
    QVERIFY2(!lines.contains(kPart), lines.constData());
    QVERIFY(all.contains("redacted"));
}

/// By value: nothing else tells that it is one.
void TestExchangeSecrets::knownOnesOfAWebSocket() {
    const QByteArray secret = "planted WITHOUT a shape";
    const SystemClock clock;
    ExchangeLog log(clock);
    log.setKnownSecrets(KnownSecrets().renewed({secret}));
    auto recorder = log.begin(QStringLiteral("127.0.0.1"));
    recorder->requestHead(RequestRole::Tunnel, {"CONNECT", "h:1", {}}, {});
    WebSocketSummary summary;
    summary.path = "/x/" + secret.toPercentEncoding();
    summary.subprotocol = "v1." + secret.toBase64();
    recorder->webSocketBegan(summary);
    WebSocketMessage text;
    text.preview = "say " + secret;
    recorder->webSocketMessage(WebSocketSender::Server, text);
    text.preview = "a message that is cut: " + secret.first(15);
    recorder->webSocketMessage(WebSocketSender::Client, text);
    WebSocketMessage close;
    close.kind = WebSocketKind::Close;
    close.preview = secret + ", bye";
    recorder->webSocketMessage(WebSocketSender::Client, close);
    recorder->webSocketEnded(WebSocketEnd::Closed);
    recorder->ended(ExchangeEnd::Complete, QString::fromUtf8("after " + secret));

    const auto detail = log.detail(recorder->id());
    const WebSocketSummary& seen = *detail->record.webSocket;
    QCOMPARE(seen.path, QByteArray("/x/‹redacted, 29 bytes›"));
    QCOMPARE(seen.subprotocol, QByteArray("v1.‹redacted, 30 bytes›U="));
    QCOMPARE(seen.fromClient.closeReason, QString::fromUtf8("‹redacted, 23 bytes, …hape›, bye"));
    QCOMPARE(detail->webSocket.at(0).message.preview,
             QByteArray("say ‹redacted, 23 bytes, …hape›"));
    QCOMPARE(detail->webSocket.at(1).message.preview,
             QByteArray("a message that is cut: ‹redacted, 15 bytes›"));
    QCOMPARE(detail->record.error, QString::fromUtf8("after ‹redacted, 23 bytes, …hape›"));
}

void TestExchangeSecrets::aKnownOneInSeveralDeltas_data() {
    QTest::addColumn<QByteArrayList>("parts");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("in two") << QByteArrayList{"it is " + kPlanted.first(9), kPlanted.sliced(9)}
                            << false;
    QTest::newRow("without what stood between") << QByteArray(kPlanted).split('-') << true;
    QByteArrayList bytes;
    for (const char c : kPlanted)
        bytes << QByteArray(1, c);
    QTest::newRow("byte by byte") << bytes << false;
    QTest::newRow("with an escape") << QByteArrayList{"sk-\\u0061nt-", kPlanted.sliced(7)} << false;
    QTest::newRow("whole in one, which is masked") << QByteArrayList{"it is ", kPlanted} << true;
    QTest::newRow("not at all") << QByteArrayList{"it is sk-", "ant-other"} << true;
}

void TestExchangeSecrets::aKnownOneInSeveralDeltas() {
    QFETCH(QByteArrayList, parts);
    QFETCH(bool, isKept);
    const SystemClock clock;
    ExchangeLog log(clock);
    log.setKnownSecrets(KnownSecrets().renewed({kPlanted}));
    auto recorder = log.begin(QStringLiteral("127.0.0.1"));
    recorder->requestHead(RequestRole::Gateway, {"POST", "h", "/v1/messages"}, {});
    FieldList response;
    response.append("Content-Type", "text/event-stream");
    recorder->responseHead(200, "OK", response);
    for (const QByteArray& part : parts)
        recorder->responseBody(
            QByteArray("event: content_block_delta\ndata: {\"type\":\"content_block_delta\""
                       ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" +
                       part + "\"}}\n\n"));
    recorder->ended(ExchangeEnd::Complete);
    const auto detail = log.detail(recorder->id());
    QCOMPARE(!detail->responseBody.isEmpty(), isKept);
    QCOMPARE(detail->isResponseBodyCut, !isKept);
    for (const BodyPiece& piece : detail->responseBody)
        QVERIFY(!piece.bytes.contains(kPlanted));
}

QTEST_GUILESS_MAIN(TestExchangeSecrets)
#include "tst_exchangesecrets.moc"
