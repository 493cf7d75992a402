// SPDX-License-Identifier: MIT
#include "rig.h"

#include <QElapsedTimer>

using namespace sallyport;
using namespace sallyport::test;

namespace {

quint16 closedPort() {
    const LoopbackServer server;
    return server.port();
}

QByteArray urlOf(quint16 port) { return "http://127.0.0.1:" + QByteArray::number(port); }
QByteArray nameOf(quint16 port) { return "127.0.0.1:" + QByteArray::number(port); }

/// One upstream `group` of these targets with `more` keys, one open route to it.
QByteArray routesOf(std::initializer_list<quint16> ports, const QByteArray& more) {
    QByteArray targets;
    for (const quint16 port : ports)
        targets += "      - {url: \"" + urlOf(port) + "\"}\n";
    return "upstreams:\n  - name: group\n    targets:\n" + targets +
           "    timeouts: {connect: 2s, first_byte: 10s, idle: 10s}\n" + more +
           "routes:\n  - {name: all, match: {path: /}, upstream: group, access: open}\n";
}

const QByteArray kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const QByteArray kBroken = "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n";

/// The next request at `server` gets `response`; returns the request.
QByteArray serve(LoopbackServer& server, const QByteArray& response) {
    LoopbackPeer peer = accepted(server);
    QByteArray request;
    if (!receives(peer, request, "\r\n\r\n")) return "no request";
    peer.send(response);
    peer.finishWriting();
    return request;
}

/// The whole response to `request`, on a connection of its own.
QByteArray answer(const Rig& rig, const QByteArray& request) {
    LoopbackPeer client = rig.client();
    client.send(request);
    QByteArray all;
    const bool came = receives(client, all, "\r\n\r\n");
    Q_UNUSED(came)
    return all;
}

QByteArray post(const Rig& rig, const QByteArray& content) {
    return "POST /x HTTP/1.1\r\nHost: " + rig.authority() +
           "\r\nContent-Length: " + QByteArray::number(content.size()) + "\r\n\r\n" + content;
}

/// The latest record that has ended.
std::optional<ExchangeRecord> lastEnded(const QSignalSpy& changes) {
    std::optional<ExchangeRecord> found;
    for (const QList<QVariant>& each : changes)
        for (const ExchangeRecord& record : each.first().value<QVector<ExchangeRecord>>())
            if (record.phase == ExchangePhase::Ended) found = record;
    return found;
}

} // namespace

class TestGroups : public QObject {
    Q_OBJECT
private slots:
    void aTargetThatIsNotThereCostsNoRequest();
    void oneThatGoesWhileItIsUsedCostsNone();
    void aBreakerOpensSaysWhyAndCloses();
    void aTargetThatRefusesIsNamedOnce();
    void aStreamThatSaysItIsNotWholeCounts();
    void probesTakeATargetOutAndBringItBack();
    void aReloadKeepsWhatIsKnownOfATarget();
    void aClientCanNameTheTarget();
    void aSessionCanBeKeptAtATarget();
};

void TestGroups::aTargetThatIsNotThereCostsNoRequest() {
    Rig rig;
    const quint16 gone = closedPort();
    rig.writeFile("routes.yaml", routesOf({gone, rig.origin.port()}, ""));
    QVERIFY(rig.engine->open());
    QSignalSpy changes(rig.engine.get(), &Engine::exchangesChanged);
    LoopbackPeer client = rig.client();
    client.send(post(rig, "{}"));
    QVERIFY(serve(rig.origin, kOk).startsWith("POST /x "));
    QByteArray response;
    QVERIFY(receives(client, response, "ok"));
    QVERIFY(QTest::qWaitFor([&] { return lastEnded(changes).has_value(); }));
    const ExchangeRecord record = *lastEnded(changes);
    QCOMPARE(record.target, QString::fromLatin1(nameOf(rig.origin.port())));
    QCOMPARE(record.passedOver.size(), 1);
    QCOMPARE(record.passedOver[0].target, QString::fromLatin1(nameOf(gone)));
    QVERIFY2(record.passedOver[0].reason.contains(u"refused", Qt::CaseInsensitive),
             qPrintable(record.passedOver[0].reason));
}

void TestGroups::oneThatGoesWhileItIsUsedCostsNone() {
    Rig rig;
    auto first = std::make_unique<LoopbackServer>();
    rig.writeFile("routes.yaml", routesOf({first->port(), rig.origin.port()}, ""));
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(post(rig, "{}"));
    LoopbackPeer kept = accepted(*first);
    QByteArray request;
    QVERIFY(receives(kept, request, "{}"));
    kept.send(kOk);
    QByteArray response;
    QVERIFY(receives(client, response, "ok"));
    // Its listener and its idle connection end at the same moment.
    first.reset();
    kept.reset();
    client.send(post(rig, "{\"again\":1}"));
    QVERIFY(serve(rig.origin, kOk).contains("Content-Length: 11"));
    response.clear();
    QVERIFY(receives(client, response, "ok"));
    QVERIFY(response.startsWith("HTTP/1.1 200 "));
}

void TestGroups::aBreakerOpensSaysWhyAndCloses() {
    Rig rig;
    rig.writeFile("routes.yaml",
                  routesOf({rig.origin.port()},
                           "    breaker: {failures: 2, window: 60s, open_for: 400ms}\n"));
    QVERIFY(rig.engine->open());
    QCOMPARE(answer(rig, rig.get("/readyz")).left(12), QByteArray("HTTP/1.1 200"));
    for (int i = 0; i < 2; ++i) {
        LoopbackPeer client = rig.client();
        client.send(rig.get("/x"));
        serve(rig.origin, kBroken);
        QByteArray response;
        QVERIFY(receives(client, response, " 500 "));
    }
    const QByteArray why = "2 of 2 requests failed within 60 s, the last one: status 500";
    const QByteArray refused = answer(rig, rig.get("/x"));
    QVERIFY(refused.startsWith("HTTP/1.1 503 "));
    QVERIFY(refused.contains("X-Sallyport-Error: upstream_down\r\n"));
    QVERIFY(refused.contains("Retry-After: 1\r\n"));
    QVERIFY2(refused.contains(why), refused.constData());
    const QByteArray unready = answer(rig, rig.get("/readyz"));
    QVERIFY(unready.startsWith("HTTP/1.1 503 "));
    QVERIFY2(unready.contains(QByteArray("all: no target of group is up (" +
                                         nameOf(rig.origin.port()) + ": " + why)),
             unready.constData());
    const QString problem = QString::fromLatin1("group: " + nameOf(rig.origin.port()) + ": " + why);
    QTRY_COMPARE(rig.engine->status().upstreamProblems, QStringList{problem});
    // After its time one request tries, and closes it.
    QTRY_VERIFY(answer(rig, rig.get("/readyz")).startsWith("HTTP/1.1 200"));
    LoopbackPeer client = rig.client();
    client.send(rig.get("/x"));
    serve(rig.origin, kOk);
    QByteArray response;
    QVERIFY(receives(client, response, "ok"));
    QTRY_VERIFY(rig.engine->status().upstreamProblems.isEmpty());
}

void TestGroups::aTargetThatRefusesIsNamedOnce() {
    quint16 closed = 0;
    {
        const LoopbackServer gone;
        closed = gone.port();
    }
    Rig rig;
    rig.writeFile("routes.yaml",
                  routesOf({closed}, "    breaker: {failures: 1, window: 60s, open_for: 60s}\n"));
    QVERIFY(rig.engine->open());
    QVERIFY(answer(rig, rig.get("/x")).startsWith("HTTP/1.1 502 "));
    QTRY_COMPARE(rig.engine->status().upstreamProblems.size(), 1);
    const QString problem = rig.engine->status().upstreamProblems[0];
    const QString name = QString::fromLatin1(nameOf(closed));
    QVERIFY2(problem.startsWith(u"group: " + name + u": "), qPrintable(problem));
    QVERIFY2(!problem.contains(name + u": " + name), qPrintable(problem));
}

void TestGroups::aStreamThatSaysItIsNotWholeCounts() {
    Rig rig;
    rig.writeFile(
        "routes.yaml",
        routesOf({rig.origin.port()}, "    breaker: {failures: 1, window: 60s, open_for: 60s}\n"));
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(post(rig, "{}").replace("/x", "/v1/messages"));
    // Whole by its framing, but message_stop is missing.
    serve(rig.origin, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                      "Transfer-Encoding: chunked\r\n\r\n"
                      "19\r\nevent: ping\ndata: {\"a\":1}\r\n0\r\n\r\n");
    QByteArray response;
    QVERIFY(receives(client, response, "\r\n0\r\n\r\n"));
    QTRY_COMPARE(rig.engine->status().upstreamProblems.size(), 1);
    QVERIFY(rig.engine->status().upstreamProblems[0].endsWith(
        u"the last one: the stream ended without message_stop"));
}

void TestGroups::probesTakeATargetOutAndBringItBack() {
    Rig rig;
    rig.writeFile("routes.yaml",
                  routesOf({rig.origin.port()},
                           "    health: {path: /healthz, every: 100ms, fall: 1, rise: 1}\n"));
    QVERIFY(rig.engine->open());
    QVERIFY(serve(rig.origin, kBroken).startsWith("GET /healthz "));
    QTRY_VERIFY(answer(rig, rig.get("/readyz")).contains("the last one: status 500"));
    QVERIFY(answer(rig, rig.get("/x")).startsWith("HTTP/1.1 503 "));
    QVERIFY(serve(rig.origin, kOk).startsWith("GET /healthz "));
    QTRY_VERIFY(answer(rig, rig.get("/readyz")).startsWith("HTTP/1.1 200"));
}

void TestGroups::aReloadKeepsWhatIsKnownOfATarget() {
    Rig rig;
    const QByteArray breaker = "    breaker: {failures: 1, window: 60s, open_for: 60s}\n";
    LoopbackServer second;
    rig.writeFile("routes.yaml", routesOf({rig.origin.port()}, breaker));
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(rig.get("/x"));
    serve(rig.origin, kBroken);
    QByteArray response;
    QVERIFY(receives(client, response, " 500 "));
    QVERIFY(answer(rig, rig.get("/x")).startsWith("HTTP/1.1 503 "));
    // Another target beside it, another time-out: the open breaker of the first one stays open.
    rig.writeFile("routes.yaml", routesOf({rig.origin.port(), second.port()}, breaker)
                                     .replace("first_byte: 10s", "first_byte: 11s"));
    rig.engine->reload();
    LoopbackPeer next = rig.client();
    next.send(rig.get("/y"));
    QVERIFY(serve(second, kOk).startsWith("GET /y "));
    response.clear();
    QVERIFY(receives(next, response, "ok"));
    QTRY_VERIFY(rig.engine->status().upstreamProblems.join(u'\n').contains(u"status 500"));
}

void TestGroups::aClientCanNameTheTarget() {
    Rig rig;
    LoopbackServer second;
    rig.writeFile("routes.yaml", routesOf({rig.origin.port(), second.port()}, ""));
    QVERIFY(rig.engine->open());
    const auto named = [&](const QByteArray& name) -> QByteArray {
        return "GET /x HTTP/1.1\r\nHost: " + rig.authority() + "\r\nX-Sallyport-Target: " + name +
               "\r\n\r\n";
    };
    LoopbackPeer client = rig.client();
    client.send(named(nameOf(second.port())));
    const QByteArray request = serve(second, kOk);
    QVERIFY(request.startsWith("GET /x "));
    QVERIFY(!request.toLower().contains("x-sallyport"));
    const QByteArray refused = answer(rig, named("nobody:1"));
    QVERIFY(refused.startsWith("HTTP/1.1 400 "));
    QVERIFY(refused.contains(QByteArray(nameOf(rig.origin.port()) + ", " + nameOf(second.port()))));
}

void TestGroups::aSessionCanBeKeptAtATarget() {
    Rig rig;
    LoopbackServer second;
    rig.writeFile("routes.yaml", routesOf({rig.origin.port(), second.port()}, ""));
    QVERIFY(rig.engine->open());
    QSignalSpy changes(rig.engine.get(), &Engine::exchangesChanged);
    const QByteArray request =
        "GET /x HTTP/1.1\r\nHost: " + rig.authority() + "\r\nX-Claude-Code-Session-Id: s-1\r\n\r\n";
    const QString name = QString::fromLatin1(nameOf(second.port()));
    rig.engine->pinSession(QStringLiteral("group"), QStringLiteral("s-1"), name);
    LoopbackPeer pinned = rig.client();
    pinned.send(request);
    QVERIFY(serve(second, kOk).startsWith("GET /x "));
    QVERIFY(QTest::qWaitFor([&] { return lastEnded(changes).has_value(); }));
    QCOMPARE(lastEnded(changes)->session, QByteArray("s-1"));
    // A reload keeps it.
    rig.writeFile("routes.yaml", routesOf({rig.origin.port(), second.port()}, "    breaker: {}\n"));
    rig.engine->reload();
    LoopbackPeer still = rig.client();
    still.send(request);
    QVERIFY(serve(second, kOk).startsWith("GET /x "));
    rig.engine->pinSession(QStringLiteral("group"), QStringLiteral("s-1"), {});
    LoopbackPeer free = rig.client();
    free.send(request);
    QVERIFY(serve(rig.origin, kOk).startsWith("GET /x "));
}

QTEST_GUILESS_MAIN(TestGroups)
#include "tst_groups.moc"
