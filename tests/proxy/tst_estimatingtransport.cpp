// SPDX-License-Identifier: MIT
#include "core/proxy/estimatingtransport.h"

#include "tests/proxy/exchangerig.h"
#include "tests/upstream/recordingupstream.h"

#include <QTest>

using namespace sallyport;
using test::RecordingUpstream;
using test::ScriptedTransport;
using test::UpstreamScript;

namespace {

const QByteArray kContent = R"({"model":"m","messages":[{"role":"user","content":"hi there"}]})";

/// One exchange through an estimating transport, and what its upstream sees.
struct Rig {
    ManualClock clock;
    DeadlineQueue deadlines{clock};
    std::shared_ptr<ScriptedTransport> upstream = std::make_shared<ScriptedTransport>();
    RecordingUpstream observer;
    std::unique_ptr<UpstreamExchange> exchange;

    explicit Rig(const char* method = "POST",
                 const char* target = "/v1/messages/count_tokens?beta=true",
                 const QByteArrayList& fields = {}) {
        UpstreamRequest request;
        request.method = method;
        request.target = target;
        request.framing = {BodyKind::Length, static_cast<quint64>(kContent.size())};
        for (const QByteArray& field : fields)
            request.fields.append(field, "x");
        exchange =
            makeEstimatingTransport(upstream, deadlines)->start(std::move(request), observer);
    }
    [[nodiscard]] UpstreamScript& script() const { return *upstream->scripts.front(); }
    void send() const {
        exchange->sendBody(kContent);
        exchange->finishBody({});
    }
    void passTime() {
        clock.advance(std::chrono::milliseconds(5));
        deadlines.expireDue();
    }
};

} // namespace

class EstimatingTransportTest : public QObject {
    Q_OBJECT
private slots:
    void whatIsReplaced_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("becomes");
        QTest::newRow("a 404 becomes an estimate") << 404 << 200;
        QTest::newRow("a 405 becomes an estimate") << 405 << 200;
        QTest::newRow("a 501 becomes an estimate") << 501 << 200;
        QTest::newRow("a count stays") << 200 << 200;
        QTest::newRow("a 401 stays") << 401 << 401;
        QTest::newRow("a 429 stays") << 429 << 429;
        QTest::newRow("a 500 stays") << 500 << 500;
        QTest::newRow("a 400 stays") << 400 << 400;
    }
    void whatIsReplaced() {
        QFETCH(int, status);
        QFETCH(int, becomes);
        Rig rig;
        rig.send();
        QCOMPARE(rig.script().content, kContent);
        rig.script().respond(status, {"X-Theirs: 1"}, {BodyKind::Length, 6});
        rig.script().send("theirs");
        rig.script().complete();
        QVERIFY(rig.observer.isOver);
        QCOMPARE(rig.observer.head.status, becomes);
        const bool isEstimate = status == 404 || status == 405 || status == 501;
        QCOMPARE(rig.observer.head.fields.contains("X-Sallyport-Estimate"), isEstimate);
        QCOMPARE(rig.observer.head.fields.contains("X-Theirs"), !isEstimate);
        QCOMPARE(rig.observer.body == "theirs", !isEstimate);
        QCOMPARE(rig.observer.body.contains(R"("estimated":true)"), isEstimate);
    }
    void whatPassesUntouched_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArrayList>("fields");
        QTest::newRow("another path")
            << QByteArray("POST") << QByteArray("/v1/messages") << QByteArrayList();
        QTest::newRow("another method")
            << QByteArray("GET") << QByteArray("/v1/messages/count_tokens") << QByteArrayList();
        QTest::newRow("a content coding")
            << QByteArray("POST") << QByteArray("/v1/messages/count_tokens")
            << QByteArrayList{"Content-Encoding"};
        QTest::newRow("a client that waits for 100")
            << QByteArray("POST") << QByteArray("/v1/messages/count_tokens")
            << QByteArrayList{"Expect"};
        QTest::newRow("the path in the query")
            << QByteArray("POST") << QByteArray("/x?/v1/messages/count_tokens") << QByteArrayList();
    }
    void whatPassesUntouched() {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(QByteArrayList, fields);
        Rig rig(method.constData(), target.constData(), fields);
        rig.send();
        rig.script().respond(404, {}, {BodyKind::Length, 1});
        QCOMPARE(rig.observer.head.status, 404);
    }
    void theEstimateWaitsForTheRequest() {
        Rig rig;
        rig.exchange->sendBody(kContent.first(10));
        rig.script().isCongested = true;
        rig.script().respond(404, {}, {BodyKind::Length, 0});
        rig.script().complete();
        QCOMPARE(rig.observer.story(), QByteArray("writable"));
        QVERIFY2(!rig.exchange->isCongested(), "nothing takes what would make room");
        rig.exchange->sendBody(kContent.sliced(10));
        rig.exchange->finishBody({});
        QCOMPARE(rig.observer.story(), QByteArray("writable"));
        rig.passTime();
        QCOMPARE(rig.observer.story(), QByteArray("writable, head 200, body, complete"));
        Rig early;
        early.send();
        early.script().respond(404, {}, {BodyKind::Length, 0});
        early.script().complete();
        QCOMPARE(early.observer.body, rig.observer.body);
    }
    void aResponseThatBreaksOffIsReplacedToo() {
        Rig rig;
        rig.send();
        rig.script().respond(404, {}, {BodyKind::Length, 99});
        rig.script().observer->upstreamFailed({ErrorCode::UpstreamReset, Side::Upstream, {}});
        QCOMPARE(rig.observer.head.status, 200);
        QVERIFY(rig.observer.isOver);
    }
    void aLongResponseIsNotReadToItsEnd() {
        Rig rig;
        rig.send();
        rig.script().respond(404, {}, {BodyKind::Chunked, 0});
        const auto script = rig.upstream->scripts.front();
        for (int piece = 0; piece < 100 && script->observer; ++piece)
            script->observer->upstreamBody(QByteArray(4096, 'x'));
        QVERIFY(!script->observer);
        QVERIFY(rig.observer.isOver);
    }
    void itMayBeLetGoInEveryCall_data() {
        QTest::addColumn<QByteArray>("at");
        for (const char* event : {"head 200", "body", "complete"})
            QTest::newRow(event) << QByteArray(event);
    }
    void itMayBeLetGoInEveryCall() {
        QFETCH(QByteArray, at);
        Rig rig;
        rig.observer.onEvent = [&](const QByteArray& event) {
            if (event == at) rig.exchange.reset();
        };
        rig.send();
        rig.script().respond(404, {}, {BodyKind::Length, 0});
        rig.script().complete();
        QVERIFY(!rig.exchange);
        QCOMPARE(rig.observer.events.last(), at);
    }
};

QTEST_GUILESS_MAIN(EstimatingTransportTest)
#include "tst_estimatingtransport.moc"
