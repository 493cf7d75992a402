// SPDX-License-Identifier: MIT
// `limits` of settings.yaml, each against a client or an origin that goes beyond it.
#include "rig.h"

using namespace sallyport;
using namespace sallyport::test;

namespace {

QVector<ExchangeRecord> last(const QSignalSpy& records) {
    return records.isEmpty() ? QVector<ExchangeRecord>()
                             : records.last().at(0).value<QVector<ExchangeRecord>>();
}

bool isRecorded(const QSignalSpy& records, ExchangeEnd end, const QString& error) {
    return QTest::qWaitFor([&] {
        const auto newest = last(records);
        return !newest.isEmpty() && newest.last().end == end && newest.last().error.contains(error);
    });
}

QByteArray limits(const char* text) { return QByteArray("limits: {") + text + "}\n"; }

} // namespace

class TestLimits : public QObject {
    Q_OBJECT
private slots:
    void aClientMayHaveOnlySoManyConnections() {
        Rig rig(Rig::defaultRoutes(), limits("connections_per_client: 2"));
        QVERIFY(rig.engine->open());
        LoopbackPeer first = rig.client();
        LoopbackPeer second = rig.client();
        QByteArray one;
        first.send(rig.get("/healthz"));
        QVERIFY(receives(first, one, "OK"));
        second.send(rig.get("/healthz"));
        QVERIFY(receives(second, one, "OK"));

        LoopbackPeer third = rig.client();
        QByteArray refused;
        QVERIFY(ends(third, refused));
        QVERIFY(refused.startsWith("HTTP/1.1 503 "));
        QVERIFY(refused.contains("X-Sallyport-Error: too_many_connections\r\n"));
        QVERIFY(refused.contains("Retry-After: 1\r\n"));
        QVERIFY(refused.contains("limits.connections_per_client"));

        QByteArray again;
        first.send(rig.get("/healthz"));
        QVERIFY(receives(first, again, "OK"));
        second.close();
        // When the gateway has noticed that one has gone, the next one is welcome.
        QByteArray welcome;
        for (int attempt = 0; attempt < 50 && !welcome.endsWith("OK"); ++attempt) {
            LoopbackPeer next = rig.client();
            next.send(rig.get("/healthz"));
            welcome.clear();
            QVERIFY(QTest::qWaitFor([&] {
                welcome += next.receive();
                return welcome.endsWith("OK") || next.isAtEnd;
            }));
        }
        QVERIFY(welcome.endsWith("OK"));
    }

    void moreConnectionsThanAllowedWait() {
        Rig rig(Rig::defaultRoutes(), limits("connections: 2"));
        QVERIFY(rig.engine->open());
        LoopbackPeer first = rig.client();
        LoopbackPeer second = rig.client();
        QByteArray one;
        first.send(rig.get("/healthz"));
        QVERIFY(receives(first, one, "OK"));
        second.send(rig.get("/healthz"));
        QVERIFY(receives(second, one, "OK"));
        LoopbackPeer third = rig.client();
        third.send(rig.get("/healthz"));
        QByteArray late;
        QByteArray more;
        for (int i = 0; i < 5; ++i) {
            first.send(rig.get("/healthz"));
            QVERIFY(receives(first, more, "OK"));
            more.clear();
            late += third.receive();
        }
        QCOMPARE(late, QByteArray());
        second.close();
        QVERIFY(receives(third, late, "OK"));
    }

    void tooManyFieldsAre431() {
        Rig rig(Rig::defaultRoutes(), limits("fields: 16"));
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.client();
        QByteArray request = "GET / HTTP/1.1\r\nHost: " + rig.authority() + "\r\n";
        for (int i = 0; i < 16; ++i)
            request += "X-" + QByteArray::number(i) + ": 1\r\n";
        client.send(QByteArray(request + "\r\n"));
        QByteArray response;
        QVERIFY(ends(client, response));
        QVERIFY2(response.startsWith("HTTP/1.1 431 "), response.constData());
        QVERIFY(response.contains("limits.fields"));
    }

    void aClientThatIsTooSlow_data() {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArray>("response"); ///< its beginning; empty: closed without one
        const QByteArray head = "POST /x HTTP/1.1\r\nHost: localhost:PORT\r\n";
        QTest::newRow("says nothing")
            << limits("header_timeout: 100ms") << QByteArray() << QByteArray();
        QTest::newRow("in mid-head gets a 408")
            << limits("header_timeout: 100ms") << head << QByteArray("HTTP/1.1 408 ");
        QTest::newRow("in mid-content gets a 408")
            << limits("body_timeout: 100ms") << QByteArray(head + "Content-Length: 9\r\n\r\n1234")
            << QByteArray("HTTP/1.1 408 ");
        QTest::newRow("in mid-chunk gets a 408")
            << limits("body_timeout: 100ms")
            << QByteArray(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nab")
            << QByteArray("HTTP/1.1 408 ");
        QTest::newRow("between two requests is let go")
            << limits("idle_timeout: 100ms")
            << QByteArray("GET /healthz HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n")
            << QByteArray("HTTP/1.1 200 ");
    }
    void aClientThatIsTooSlow() {
        QFETCH(const QByteArray, settings);
        QFETCH(QByteArray, sent);
        QFETCH(const QByteArray, response);
        Rig rig(Rig::defaultRoutes(), settings);
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.client();
        sent.replace("PORT", QByteArray::number(rig.port()));
        if (!sent.isEmpty()) client.send(sent);
        QByteArray got;
        QVERIFY(ends(client, got));
        QVERIFY2(got.startsWith(response), got.constData());
        QVERIFY(!response.isEmpty() || got.isEmpty());
        QVERIFY(client.isAtEnd);
    }

    void aResponseBeyondTheLimitsIsA502_data() {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QByteArray>("response");
        QTest::newRow("more interim responses")
            << limits("interim_responses: 2")
            << QByteArray("HTTP/1.1 102 Processing\r\n\r\n").repeated(3);
        QByteArray fields = "HTTP/1.1 200 OK\r\n";
        for (int i = 0; i < 17; ++i)
            fields += "X-" + QByteArray::number(i) + ": 1\r\n";
        QTest::newRow("more fields") << limits("fields: 16") << QByteArray(fields + "\r\n");
        QTest::newRow("a larger head")
            << limits("head: 1KiB")
            << QByteArray("HTTP/1.1 200 OK\r\nX: " + QByteArray(2000, 'x') + "\r\n\r\n");
    }
    void aResponseBeyondTheLimitsIsA502() {
        QFETCH(const QByteArray, settings);
        QFETCH(const QByteArray, response);
        for (const bool isForward : {false, true}) {
            Rig rig(Rig::defaultRoutes(), settings);
            QVERIFY(rig.engine->open());
            LoopbackPeer client = rig.client();
            const QByteArray origin = "127.0.0.1:" + QByteArray::number(rig.origin.port());
            client.send(isForward ? QByteArray("GET http://" + origin +
                                               "/ HTTP/1.1\r\nHost: " + origin + "\r\n\r\n")
                                  : rig.get("/"));
            LoopbackPeer peer = accepted(rig.origin);
            QByteArray request;
            QVERIFY(receives(peer, request, "\r\n\r\n"));
            peer.send(response);
            QByteArray got;
            QVERIFY(receives(client, got, "X-Sallyport-Error: upstream_protocol\r\n"));
            QVERIFY(got.contains("HTTP/1.1 502 "));
            QCOMPARE(got.count("HTTP/1.1 102 "), response.contains(" 102 ") ? 2 : 0);
        }
    }

    void aSilentTunnelEndsInTime_data() {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<bool>("isHalfClosed");
        QTest::newRow("of which one side has ended") << limits("tunnel_half_closed: 100ms") << true;
        QTest::newRow("where that is asked for") << limits("tunnel_idle: 100ms") << false;
    }
    void aSilentTunnelEndsInTime() {
        QFETCH(const QByteArray, settings);
        QFETCH(const bool, isHalfClosed);
        Rig rig(Rig::defaultRoutes(), settings);
        QVERIFY(rig.engine->open());
        QSignalSpy records(rig.engine.get(), &Engine::exchangesChanged);
        LoopbackPeer client = rig.client();
        const QByteArray origin = "127.0.0.1:" + QByteArray::number(rig.origin.port());
        client.send(QByteArray("CONNECT " + origin + " HTTP/1.1\r\nHost: " + origin + "\r\n\r\n"));
        LoopbackPeer peer = accepted(rig.origin);
        QByteArray got;
        QVERIFY(receives(client, got, "\r\n\r\n"));
        peer.send("hello");
        QVERIFY(receives(client, got, "hello"));
        if (isHalfClosed) client.finishWriting();
        QVERIFY(ends(client, got));
        QByteArray sent;
        QVERIFY(ends(peer, sent));
        QTRY_VERIFY(!last(records).isEmpty() && last(records).last().end != ExchangeEnd::Running);
        QVERIFY(!last(records).last().error.isEmpty());
    }

    void aClientThatTakesNothingIsCut() {
        Rig rig(Rig::defaultRoutes(), limits("write_timeout: 150ms"));
        QVERIFY(rig.engine->open());
        QSignalSpy records(rig.engine.get(), &Engine::exchangesChanged);
        LoopbackPeer client = rig.client();
        client.send(rig.get("/large"));
        LoopbackPeer origin = accepted(rig.origin);
        QByteArray request;
        QVERIFY(receives(origin, request, "\r\n\r\n"));
        origin.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
        // As much as everybody's buffers take, then the silence of the client.
        const QByteArray piece(65536, 'x');
        QVERIFY(QTest::qWaitFor([&] {
            while (origin.send(piece) > 0) {
            }
            return !last(records).isEmpty() && last(records).last().end != ExchangeEnd::Running;
        }));
        QVERIFY(isRecorded(records, ExchangeEnd::ClientGone, QStringLiteral("took nothing")));
        QVERIFY(ends(origin, request));
        QByteArray got;
        QVERIFY(ends(client, got));
        QCOMPARE(client.error, ECONNRESET);
    }

    void aSlowUpstreamIsNotTheClientsFault() {
        QByteArray routes = Rig::defaultRoutes();
        routes.replace("first_byte: 10s", "first_byte: 20s");
        Rig rig(routes, limits("body_timeout: 150ms"));
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.client();
        constexpr qsizetype kSize = 24 * 1024 * 1024;
        client.send(QByteArray("POST /x HTTP/1.1\r\nHost: " + rig.authority() +
                               "\r\nContent-Length: " + QByteArray::number(kSize) + "\r\n\r\n"));
        LoopbackPeer origin = accepted(rig.origin);
        const QByteArray piece(65536, 'x');
        qsizetype sent = 0;
        const auto push = [&] {
            while (sent < kSize) {
                const qsizetype most = std::min(piece.size(), kSize - sent);
                const qsizetype taken = client.send(QByteArrayView(piece).first(most));
                if (taken <= 0) return;
                sent += taken;
            }
        };
        // The origin reads nothing for several times the client's time limit.
        QElapsedTimer time;
        time.start();
        QVERIFY(QTest::qWaitFor([&] {
            push();
            return time.elapsed() > 600;
        }));
        QVERIFY(sent < kSize);
        qsizetype arrived = 0;
        QVERIFY(QTest::qWaitFor(
            [&] {
                push();
                arrived += origin.receive().size();
                return arrived > kSize;
            },
            20000));
        origin.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
        QByteArray response;
        QVERIFY(receives(client, response, "done"));
    }
};

QTEST_GUILESS_MAIN(TestLimits)
#include "tst_limits.moc"
