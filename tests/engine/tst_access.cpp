// SPDX-License-Identifier: MIT
// Who may use the gateway and how much: named clients, rates, places in flight, sizes, budgets;
// over real sockets.
#include "accessrig.h"

using namespace sallyport;
using namespace sallyport::test;

namespace {

const QByteArray kLocal = "local-token-0123456789";
const QByteArray kAda = "ada-token-0123456789";
const QByteArray kBob = "bob-token-0123456789";

QByteArray clients(const QByteArray& more = {}) {
    return "access:\n"
           "  token: env:SALLYPORT_LOCAL\n"
           "  clients:\n"
           "    - {name: ada, token: env:SALLYPORT_ADA" +
           more + "}\n    - {name: bob, token: env:SALLYPORT_BOB}\n";
}

} // namespace

class TestAccess : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        qputenv("SALLYPORT_LOCAL", kLocal);
        qputenv("SALLYPORT_ADA", kAda);
        qputenv("SALLYPORT_BOB", kBob);
    }

    void aClientIsKnownByItsToken_data() {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("name");
        const auto row = [](const char* tag, const QByteArray& field, int status,
                            const char* name) {
            QTest::newRow(tag) << field << status << QString::fromLatin1(name);
        };
        row("as bearer", "Authorization: Bearer " + kAda, 200, "ada");
        row("as x-api-key", "x-api-key: " + kBob, 200, "bob");
        row("the local token is nobody's", "x-api-key: local-token-0123456789", 200, "");
        row("another token", "x-api-key: ada-token-0123456788", 401, "");
        row("the beginning of one", "x-api-key: ada-token", 401, "");
        row("none", "X-Nothing: 1", 401, "");
    }
    void aClientIsKnownByItsToken() {
        QFETCH(const QByteArray, field);
        QFETCH(const int, status);
        QFETCH(const QString, name);
        AccessRig rig(Rig::defaultRoutes().replace("access: open", "access: token"), clients());
        QSignalSpy changes(rig.engine.get(), &Engine::exchangesChanged);
        QVERIFY(rig.engine->open());
        LoopbackPeer client =
            rig.sent("GET /x HTTP/1.1\r\nHost: localhost:PORT\r\n" + field + "\r\n\r\n");
        QByteArray got;
        if (status == 200) {
            LoopbackPeer origin = accepted(rig.origin);
            QByteArray asked;
            QVERIFY(receives(origin, asked, "\r\n\r\n"));
            // The token stays here.
            QVERIFY(!asked.contains(field));
            origin.send(response(200, "ok"));
        }
        QVERIFY(receives(client, got, status == 200 ? "ok" : "token_required"));
        QVERIFY(got.startsWith(QByteArray("HTTP/1.1 " + QByteArray::number(status))));
        QCOMPARE(rig.record(changes, 1).clientName, name);
    }

    void aClientsTokenThatCannotBeUsedIsRefused_data() {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("told");
        QTest::newRow("short") << QByteArray("short") << QStringLiteral("shorter than 16");
        QTest::newRow("not there") << QByteArray() << QStringLiteral("SALLYPORT_ADA is not set");
        QTest::newRow("the local one") << kLocal << QStringLiteral("each needs one of its own");
        QTest::newRow("another client's") << kBob << QStringLiteral("each needs one of its own");
    }
    void aClientsTokenThatCannotBeUsedIsRefused() {
        QFETCH(const QByteArray, token);
        qputenv("SALLYPORT_ADA", token);
        AccessRig rig(Rig::defaultRoutes(), clients());
        QSignalSpy rejected(rig.engine.get(), &Engine::configRejected);
        QVERIFY(!rig.engine->open());
        qputenv("SALLYPORT_ADA", kAda);
        QFETCH(const QString, told);
        const QString said = rejected.value(0).value(0).toString();
        QVERIFY2(said.contains(told), qPrintable(said));
    }

    void twoProvidersAtOnce_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QByteArray>("answer"); ///< a path at the origin, or an error
        const auto row = [](const char* tag, const char* path, const QByteArray& token,
                            const char* answer) {
            QTest::newRow(tag) << QByteArray(path) << token << QByteArray(answer);
        };
        row("the route's own", "/v1/messages", "", "GET /v1/messages ");
        row("by the path", "/p/other/v1/messages?beta=true", kLocal,
            "GET /elsewhere/v1/messages?beta=true ");
        row("by the path, with an escape", "/p/%6fther/x", kLocal, "GET /elsewhere/x ");
        row("nothing after the name", "/p/other", kLocal, "GET /elsewhere/ ");
        row("by the path, without a token on an open route", "/p/other/x", "",
            "X-Sallyport-Error: token_required");
        row("the route's own by the path needs none", "/p/origin/x", "", "GET /x ");
        row("by the token", "/v1/messages", kAda, "GET /elsewhere/v1/messages ");
        row("by both", "/p/other/x", kAda, "GET /elsewhere/x ");
        row("a token that has another one", "/p/origin/x", kAda, "X-Sallyport-Error: blocked");
        row("no such upstream", "/p/none/x", "", "X-Sallyport-Error: no_route");
        row("out of the prefix", "/p/other/../x", "", "X-Sallyport-Error: bad_request");
        row("another spelling is a path of the route", "//p/other/x", "", "GET //p/other/x ");
    }
    void twoProvidersAtOnce() {
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, token);
        QFETCH(const QByteArray, answer);
        AccessRig rig(Rig::defaultRoutes().replace(
                          "routes:", "  - {name: other, targets: [{url: \"ORIGIN/elsewhere\"}]}\n"
                                     "routes:"),
                      clients(", upstream: other"));
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.sent(
            "GET " + path + " HTTP/1.1\r\nHost: localhost:PORT\r\n" +
            (token.isEmpty() ? QByteArray() : QByteArray("x-api-key: " + token + "\r\n")) + "\r\n");
        QByteArray got;
        if (!answer.startsWith("GET")) {
            QVERIFY(receives(client, got, answer));
            return;
        }
        LoopbackPeer origin = accepted(rig.origin);
        QVERIFY(receives(origin, got, "\r\n\r\n"));
        QVERIFY2(got.startsWith(answer), got.constData());
    }

    void aRateIsOfRouteAndClient() {
        AccessRig rig(routes("rate: {requests: 2, per: 1h}"), clients());
        QVERIFY(rig.engine->open());
        const auto ask = [&](const QByteArray& token) {
            LoopbackPeer client =
                rig.sent("GET /x HTTP/1.1\r\nHost: localhost:PORT\r\nx-api-key: " + token +
                         "\r\nConnection: close\r\n\r\n");
            QByteArray got;
            LoopbackPeer origin;
            const bool ended = QTest::qWaitFor([&] {
                if (origin.descriptor() < 0) {
                    origin = rig.origin.accept();
                    if (origin.descriptor() >= 0) origin.send(response(200, "ok"));
                }
                got += client.receive();
                return client.isAtEnd;
            });
            return ended ? got : QByteArray("no end");
        };
        QVERIFY(ask(kAda).startsWith("HTTP/1.1 200"));
        QVERIFY(ask(kAda).startsWith("HTTP/1.1 200"));
        const QByteArray refused = ask(kAda);
        QVERIFY2(refused.startsWith("HTTP/1.1 429"), refused.constData());
        QVERIFY(refused.contains("X-Sallyport-Error: rate_limited\r\n"));
        QVERIFY(refused.contains("Retry-After: 1800\r\n"));
        QVERIFY(refused.contains("\"type\":\"rate_limit_error\""));
        QVERIFY(ask(kBob).startsWith("HTTP/1.1 200"));
        // A reload leaves the bucket as it is.
        rig.engine->reload();
        QVERIFY(ask(kAda).startsWith("HTTP/1.1 429"));
    }

    void placesInFlightAndTheirQueue() {
        AccessRig rig(routes("in_flight: {max: 1, queue: 1, wait: 60s}"));
        QSignalSpy changes(rig.engine.get(), &Engine::exchangesChanged);
        QVERIFY(rig.engine->open());
        const QByteArray request = post("/x", "0123456789");
        LoopbackPeer first = rig.sent(request);
        LoopbackPeer origin = accepted(rig.origin);
        QByteArray asked;
        QVERIFY(receives(origin, asked, "0123456789"));
        LoopbackPeer second = rig.sent(request);
        // The third one finds the queue full as soon as the second is in it.
        QByteArray refused;
        QVERIFY(QTest::qWaitFor([&] { return rig.engine->status().active >= 0; }));
        QTRY_VERIFY(!changes.isEmpty());
        QTRY_COMPARE(lastId(changes), quint64{2});
        LoopbackPeer third = rig.sent(request);
        QVERIFY(receives(third, refused, "too_many_in_flight"));
        QVERIFY(refused.startsWith("HTTP/1.1 429"));
        QVERIFY(refused.contains("Retry-After: 5\r\n"));
        origin.send(response(200, "one"));
        QByteArray got;
        QVERIFY(receives(first, got, "one"));
        asked.clear();
        QVERIFY(receives(origin, asked, "0123456789"));
        origin.send(response(200, "two"));
        got.clear();
        QVERIFY(receives(second, got, "two"));
        QVERIFY(!rig.record(changes, 1).times.admitted);
        QVERIFY(rig.record(changes, 2).times.admitted);
    }

    /// A client that goes while it waits gives its turn to the next one.
    void whoGoesGivesItsTurn() {
        AccessRig rig(routes("in_flight: 1"));
        QSignalSpy changes(rig.engine.get(), &Engine::exchangesChanged);
        QVERIFY(rig.engine->open());
        LoopbackPeer first = rig.sent(rig.get("/1"));
        LoopbackPeer origin = accepted(rig.origin);
        QByteArray asked;
        QVERIFY(receives(origin, asked, "/1 "));
        LoopbackPeer second = rig.sent(rig.get("/2"));
        QTRY_COMPARE(lastId(changes), quint64{2});
        LoopbackPeer third = rig.sent(rig.get("/3"));
        QTRY_COMPARE(lastId(changes), quint64{3});
        second.close();
        QCOMPARE(rig.record(changes, 2).end, ExchangeEnd::ClientGone);
        origin.send(response(200, "one"));
        QVERIFY(receives(origin, asked, "/3 "));
        QVERIFY(!asked.contains("/2 "));
        origin.send(response(200, "three"));
        QByteArray got;
        QVERIFY(receives(third, got, "three"));
    }

    void aWaitHasAnEnd() {
        AccessRig rig(routes("in_flight: {max: 1, wait: 100ms}"));
        QVERIFY(rig.engine->open());
        LoopbackPeer first = rig.sent(rig.get("/1"));
        LoopbackPeer origin = accepted(rig.origin);
        LoopbackPeer second = rig.sent(rig.get("/2"));
        QByteArray got;
        QVERIFY(receives(second, got, "too_many_in_flight"));
        QByteArray asked;
        QVERIFY(receives(origin, asked, "/1 "));
        origin.send(response(200, "one"));
        QVERIFY(receives(first, got, "one"));
    }

    void aContentThatIsTooLarge_data() {
        QTest::addColumn<QByteArray>("request");
        QTest::newRow("by its length") << post("/x", QByteArray(1025, 'x'));
        QTest::newRow("in chunks") << QByteArray("POST /x HTTP/1.1\r\nHost: localhost:PORT\r\n"
                                                 "Transfer-Encoding: chunked\r\n\r\n400\r\n" +
                                                 QByteArray(1024, 'x') + "\r\n1\r\nx\r\n0\r\n\r\n");
    }
    void aContentThatIsTooLarge() {
        QFETCH(const QByteArray, request);
        AccessRig rig(routes("max_body: 1KiB"));
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.sent(request);
        QByteArray got;
        QVERIFY(ends(client, got));
        QVERIFY2(got.startsWith("HTTP/1.1 413"), got.constData());
        QVERIFY(got.contains("X-Sallyport-Error: content_too_large\r\n"));
        QVERIFY(got.contains("x-should-retry: false\r\n"));
    }
    void aContentThatIsNotTooLarge() {
        AccessRig rig(routes("max_body: 1KiB"));
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.sent(post("/x", QByteArray(1024, 'x')));
        LoopbackPeer origin = accepted(rig.origin);
        QByteArray asked;
        QVERIFY(receives(origin, asked, QByteArray(1024, 'x')));
    }

    void aBudgetOfADay() {
        AccessRig rig(Rig::defaultRoutes(), clients(", tokens_per_day: 100"));
        QVERIFY(rig.engine->open());
        const QByteArray request = post("/v1/messages", kModel, "x-api-key: " + kAda + "\r\n");
        LoopbackPeer client = rig.sent(request);
        LoopbackPeer origin = accepted(rig.origin);
        QByteArray asked;
        QVERIFY(receives(origin, asked, kModel));
        origin.send(
            response(200,
                     "{\"type\":\"message\",\"usage\":{\"input_tokens\":60,\"output_tokens\":40,"
                     "\"cache_read_input_tokens\":100000}}",
                     "Content-Type: application/json\r\n"));
        QByteArray got;
        QVERIFY(receives(client, got, "100000"));
        LoopbackPeer next = rig.sent(request);
        got.clear();
        QVERIFY(receives(next, got, "token_budget"));
        QVERIFY(got.startsWith("HTTP/1.1 429"));
        QVERIFY(got.contains("Retry-After: "));
    }
};

QTEST_GUILESS_MAIN(TestAccess)
#include "tst_access.moc"
