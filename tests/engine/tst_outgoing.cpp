// SPDX-License-Identifier: MIT
// What a route makes of messages on their way, and which credential goes with them: models, betas,
// Forwarded, keys that rotate, files that change, commands; over real sockets.
#include "accessrig.h"

using namespace sallyport;
using namespace sallyport::test;

class TestOutgoing : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        qputenv("SALLYPORT_KEY_A", "key-a-0123456789");
        qputenv("SALLYPORT_KEY_B", "key-b-0123456789");
    }

    void aModelIsRenamed() {
        AccessRig rig(routes("model: {\"claude-opus-*\": big}, model_echo: true, forwarded: true, "
                             "anthropic_beta: {set: [new-1], remove: [old-1]}"));
        QSignalSpy changes(rig.engine.get(), &Engine::exchangesChanged);
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.sent(post("/v1/messages?beta=true", kModel,
                                            "anthropic-beta: a-1,old-1\r\nAccept-Encoding: gzip\r\n"
                                            "Expect: 100-continue\r\n"));
        LoopbackPeer origin = accepted(rig.origin);
        QByteArray asked;
        const QByteArray renamed = QByteArray(kModel).replace("claude-opus-5-5", "big");
        QVERIFY(receives(origin, asked, renamed));
        QVERIFY(asked.contains(
            QByteArray("Content-Length: " + QByteArray::number(renamed.size()) + "\r\n")));
        QVERIFY(asked.contains("anthropic-beta: a-1,new-1\r\n"));
        QVERIFY(asked.contains("Accept-Encoding: identity\r\n"));
        QVERIFY(!asked.contains("Expect"));
        QVERIFY(asked.contains("X-Forwarded-For: 127.0.0.1\r\n"));
        const QByteArray authority = "localhost:" + QByteArray::number(rig.port());
        QVERIFY(asked.contains(
            QByteArray("Forwarded: for=127.0.0.1;host=\"" + authority + "\";proto=http\r\n")));
        const QByteArray start =
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":"
            "{\"model\":\"big\",\"usage\":{\"input_tokens\":5}}}\n\n";
        const QByteArray stop = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        origin.send(response(200, start + stop, "Content-Type: text/event-stream\r\n"));
        QByteArray got;
        QVERIFY(receives(client, got, "0\r\n\r\n"));
        QVERIFY(got.startsWith("HTTP/1.1 100 "));
        QVERIFY2(got.contains("{\"model\":\"claude-opus-5-5\",\"usage\""), got.constData());
        QVERIFY(got.contains(stop));
        const ExchangeRecord record = rig.record(changes, 1);
        QCOMPARE(record.modelAsked, QByteArray("claude-opus-5-5"));
        QCOMPARE(record.modelSent, QByteArray("big"));
        QCOMPARE(record.end, ExchangeEnd::Complete);
    }

    void aJsonResponseHasTheModelThatWasAsked() {
        AccessRig rig(routes("model: {\"*\": a-much-longer-name-than-before}, model_echo: true"));
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.sent(post("/v1/messages", kModel));
        LoopbackPeer origin = accepted(rig.origin);
        QByteArray asked;
        QVERIFY(receives(origin, asked, "{\"model\":\"a-much-longer-name-than-before\","));
        origin.send(response(200, "{\"type\":\"message\",\"model\":\"x\"}",
                             "Content-Type: application/json\r\n"));
        QByteArray got;
        QVERIFY(receives(client, got, "0\r\n\r\n"));
        QVERIFY(got.contains("Transfer-Encoding: chunked\r\n"));
        QVERIFY(!got.contains("Content-Length"));
        const QByteArray echoed = "{\"type\":\"message\",\"model\":\"claude-opus-5-5\"}";
        QVERIFY2(got.contains(echoed), got.constData());
    }

    void twoModelsAre400() {
        AccessRig rig(routes("model: {\"*\": m}"));
        QVERIFY(rig.engine->open());
        LoopbackPeer client =
            rig.sent(post("/v1/messages", "{\"model\":\"a\",\"messages\":[],\"model\":\"b\"}"));
        QByteArray got;
        QVERIFY(ends(client, got));
        QVERIFY(got.startsWith("HTTP/1.1 400"));
    }

    /// A body without a rule, or on another path, is never parsed: it goes as it came.
    void whatHasNoRuleStays() {
        AccessRig rig(routes("model: {\"*\": m}"));
        QVERIFY(rig.engine->open());
        const QByteArray content = "{\"model\":\"a\",\"model\":\"b\"}";
        LoopbackPeer client = rig.sent(post("/v1/complete", content));
        LoopbackPeer origin = accepted(rig.origin);
        QByteArray asked;
        QVERIFY(receives(origin, asked, content));
    }

    void anotherKeyAfterA429() {
        AccessRig rig(routes("max_body: 1MiB",
                             "credentials: [env:SALLYPORT_KEY_A, "
                             "env:SALLYPORT_KEY_B]\n    credential_as: x-api-key"));
        QSignalSpy changes(rig.engine.get(), &Engine::exchangesChanged);
        QVERIFY(rig.engine->open());
        const QByteArray content(100'000, 'x');
        LoopbackPeer client = rig.sent(post("/v1/messages", content));
        LoopbackPeer origin = accepted(rig.origin);
        QByteArray asked;
        QVERIFY(receives(origin, asked, content));
        QVERIFY(asked.contains("x-api-key: key-a-0123456789\r\n"));
        origin.send(response(429, "slow down", "Retry-After: 3600\r\n"));
        LoopbackPeer again = accepted(rig.origin);
        asked.clear();
        QVERIFY(receives(again, asked, content));
        QVERIFY(asked.contains("x-api-key: key-b-0123456789\r\n"));
        again.send(response(200, "fine"));
        QByteArray got;
        QVERIFY(receives(client, got, "fine"));
        QVERIFY(got.startsWith("HTTP/1.1 200"));
        const ExchangeRecord record = rig.record(changes, 1);
        QCOMPARE(record.passedOver.size(), 1);
        QCOMPARE(record.passedOver.first().reason, QStringLiteral("status 429 to key 1"));
        // The next one begins with the key that is well; when that is refused too, it is told.
        LoopbackPeer next = rig.sent(post("/v1/messages", "y"));
        asked.clear();
        QVERIFY(receives(again, asked, "\r\n\r\ny"));
        QVERIFY(asked.contains("x-api-key: key-b-0123456789\r\n"));
        again.send(response(429, "slow down", "Retry-After: 7\r\n"));
        got.clear();
        QVERIFY(receives(next, got, "slow down"));
        QVERIFY(got.startsWith("HTTP/1.1 429"));
        QVERIFY(got.contains("Retry-After: 7\r\n"));
    }

    void aFileIsReadAgainAfterA401() {
        AccessRig rig(routes("max_body: 1MiB", "credential: file:key"));
        rig.writeFile("key", "old-key-0123456789\n");
        QVERIFY(rig.engine->open());
        rig.writeFile("key", "new-key-0123456789\n");
        LoopbackPeer client = rig.sent(post("/v1/messages", "hello"));
        LoopbackPeer origin = accepted(rig.origin);
        QByteArray asked;
        QVERIFY(receives(origin, asked, "hello"));
        QVERIFY(asked.contains("Authorization: Bearer old-key-0123456789\r\n"));
        origin.send(response(401, "who?"));
        LoopbackPeer again = accepted(rig.origin);
        asked.clear();
        QVERIFY(receives(again, asked, "hello"));
        QVERIFY(asked.contains("Authorization: Bearer new-key-0123456789\r\n"));
        again.send(response(401, "still not"));
        QByteArray got;
        QVERIFY(receives(client, got, "still not"));
    }

    void oneRunOfACommandForAll() {
        AccessRig rig(routes("max_body: 1MiB",
                             "credential_command: {run: [sh, -c, \"echo >> COUNT; sleep 0.2; echo "
                             "command-token-1\"]}"));
        const QString count = rig.pathOf("count");
        rig.writeFile("routes.yaml", rig.readFile("routes.yaml").replace("COUNT", count.toUtf8()));
        QVERIFY(rig.engine->open());
        std::vector<LoopbackPeer> all;
        for (int i = 0; i < 5; ++i)
            all.push_back(rig.sent(rig.get("/x")));
        for (int i = 0; i < 5; ++i) {
            LoopbackPeer origin = accepted(rig.origin);
            QByteArray asked;
            QVERIFY(receives(origin, asked, "\r\n\r\n"));
            QVERIFY(asked.contains("Authorization: Bearer command-token-1\r\n"));
            origin.send(response(200, "ok"));
            origin.finishWriting();
        }
        for (LoopbackPeer& client : all) {
            QByteArray got;
            QVERIFY(receives(client, got, "ok"));
        }
        QCOMPARE(rig.readFile("count"), QByteArray("\n"));
    }

    /// The 401 is held while the command runs; the same token again, and it is the client's.
    void theSameTokenIsTriedOnce() {
        AccessRig rig(routes("max_body: 1MiB",
                             "credential_command: {run: [sh, -c, \"echo >> COUNT; echo "
                             "command-token-1\"]}"));
        const QString count = rig.pathOf("count");
        rig.writeFile("routes.yaml", rig.readFile("routes.yaml").replace("COUNT", count.toUtf8()));
        QSignalSpy changes(rig.engine.get(), &Engine::exchangesChanged);
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.sent(post("/v1/messages", "hello"));
        LoopbackPeer origin = accepted(rig.origin);
        QByteArray asked;
        QVERIFY(receives(origin, asked, "hello"));
        origin.send(response(401, "who are you?", "WWW-Authenticate: X\r\nConnection: close\r\n"));
        QByteArray got;
        QVERIFY(receives(client, got, "who are you?"));
        QVERIFY(got.startsWith("HTTP/1.1 401"));
        QVERIFY(got.contains("WWW-Authenticate: X\r\n"));
        QCOMPARE(rig.readFile("count"), QByteArray("\n\n"));
        QVERIFY(rig.origin.accept().descriptor() < 0);
        QVERIFY(rig.record(changes, 1).passedOver.isEmpty());
        // The next one gets its own, and the command is not run for it.
        LoopbackPeer next = rig.sent(post("/v1/messages", "again"));
        asked.clear();
        origin = accepted(rig.origin);
        QVERIFY(receives(origin, asked, "again"));
        origin.send(response(401, "still not"));
        got.clear();
        QVERIFY(receives(next, got, "still not"));
        QCOMPARE(rig.readFile("count"), QByteArray("\n\n"));
    }

    void anotherTokenIsTriedOnce() {
        AccessRig rig(routes("max_body: 1MiB",
                             "credential_command: {run: [sh, -c, \"echo >> COUNT; echo "
                             "command-token-$(wc -l < COUNT)\"]}"));
        const QString count = rig.pathOf("count");
        rig.writeFile("routes.yaml", rig.readFile("routes.yaml").replace("COUNT", count.toUtf8()));
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.sent(post("/v1/messages", "hello"));
        LoopbackPeer origin = accepted(rig.origin);
        QByteArray asked;
        QVERIFY(receives(origin, asked, "hello"));
        QVERIFY(asked.contains("Bearer command-token-1\r\n"));
        origin.send(response(401, "who are you?", "Connection: close\r\n"));
        LoopbackPeer again = accepted(rig.origin);
        asked.clear();
        QVERIFY(receives(again, asked, "hello"));
        QVERIFY(asked.contains("Bearer command-token-2\r\n"));
        again.send(response(401, "still not"));
        QByteArray got;
        QVERIFY(receives(client, got, "still not"));
        QVERIFY(!got.contains("who are you?"));
    }

    /// The records of what was played say so, and so does each response.
    void aRecordingIsServed() {
        AccessRig rig(Rig::defaultRoutes().replace("    targets: [{url: \"ORIGIN\"}]\n",
                                                   "    replay: bug.jsonl\n"));
        rig.writeFile("bug.jsonl", "{\"method\":\"POST\",\"path\":\"/v1/messages\",\"status\":200,"
                                   "\"response\":{\"pieces\":[{\"text\":\"as it was\"}]}}");
        QSignalSpy changes(rig.engine.get(), &Engine::exchangesChanged);
        QVERIFY(rig.engine->open());
        QCOMPARE(rig.engine->summary().destination.recording, QStringLiteral("bug.jsonl"));
        LoopbackPeer client = rig.sent(post("/v1/messages", kModel));
        QByteArray got;
        QVERIFY(receives(client, got, "as it was"));
        QVERIFY(got.startsWith("HTTP/1.1 200 OK\r\n"));
        QVERIFY(got.contains("X-Sallyport-Replay: bug.jsonl, line 1\r\n"));
        QCOMPARE(rig.record(changes, 1).target, QStringLiteral("replay:bug.jsonl"));
        LoopbackPeer ready = rig.sent(rig.get("/readyz"));
        QVERIFY(receives(ready, got, "OK"));
    }

    void aRecordingThatCannotBeReadIsTold() {
        AccessRig rig(Rig::defaultRoutes().replace("    targets: [{url: \"ORIGIN\"}]\n",
                                                   "    replay: none.jsonl\n"));
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.sent(post("/v1/messages", kModel));
        QByteArray got;
        QVERIFY(receives(client, got, "none.jsonl: "));
        QVERIFY(got.startsWith("HTTP/1.1 502 "));
        LoopbackPeer ready = rig.sent(rig.get("/readyz"));
        QByteArray state;
        QVERIFY(receives(ready, state, "none.jsonl: "));
        QVERIFY(state.startsWith("HTTP/1.1 503 "));
    }

    void aCommandThatFailsIsTold() {
        AccessRig rig(
            routes("max_body: 1MiB",
                   "credential_command: {run: [sh, -c, \"echo no ticket >&2; exit 4\"]}"));
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.sent(rig.get("/x"));
        QByteArray got;
        QVERIFY(receives(client, got, "credential_missing"));
        QVERIFY(receives(client, got, "ended with exit code 4: no ticket"));
        QVERIFY(got.startsWith("HTTP/1.1 502"));
    }
};

QTEST_GUILESS_MAIN(TestOutgoing)
#include "tst_outgoing.moc"
