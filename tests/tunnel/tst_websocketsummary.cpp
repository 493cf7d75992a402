// SPDX-License-Identifier: MIT
#include "core/tunnel/websocketsummary.h"

#include <QTest>

using namespace sallyport;

class TestWebSocketSummary : public QObject {
    Q_OBJECT
private slots:
    void saysWhatTheResponseChose() {
        ResponseHead head;
        head.status = 101;
        head.fields.append("Sec-WebSocket-Protocol", "chat.v2");
        head.fields.append("Sec-WebSocket-Extensions",
                           "permessage-deflate; server_no_context_takeover");
        const WebSocketSummary summary = webSocketSummary(head);
        QCOMPARE(summary.subprotocol, QByteArray("chat.v2"));
        QVERIFY(summary.terms.fromServer.has_value());
        QVERIFY(!summary.terms.fromServer->keepsContext);
        QCOMPARE(summary.total(), quint64{0});
    }
    void aResponseWithoutFieldsChoseNothing() {
        const WebSocketSummary summary = webSocketSummary(ResponseHead{});
        QCOMPARE(summary.subprotocol, QByteArray());
        QVERIFY(!summary.terms.fromServer.has_value());
    }
};

QTEST_APPLESS_MAIN(TestWebSocketSummary)
#include "tst_websocketsummary.moc"
