// SPDX-License-Identifier: MIT
#include "core/proxy/cachedexchange.h"
#include "tests/proxy/cacherig.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;
using std::chrono::seconds;

namespace {

const QByteArrayList kMinute{"Cache-Control: max-age=60", "ETag: \"a\""};

} // namespace

class TestCachedExchange : public QObject {
    Q_OBJECT
private slots:
    void theSecondIsServedFromTheCache();
    void whatIsSaidOfTargetsPasses();
    void headIsServedFromTheSameEntry();
    void aStaleOneIsValidated();
    void a304ServesWhatIsStored();
    void a304OfAnotherTagFetchesAnew();
    void anotherResponseTakesItsPlace();
    void aFailureServesStale_data();
    void aFailureServesStale();
    void aResponseThatIsCutIsNotStored();
    void oneThatIsTooLargePassesWhole();
    void anEventStreamPassesAndNobodyWaits();
    void requestsForTheSameWait();
    void thoseThatWaitGoOnWhenTheFirstLeaves();
    void oneThatWaitsMayLeave();
    void nobodyWaitsForLong();
    void whatCouldNotBeUsedIsNotWaitedFor_data();
    void whatCouldNotBeUsedIsNotWaitedFor();
    void aLengthThatIsTooLargeIsKnownAtOnce();
    void anUnsafeRequestForgets_data();
    void anUnsafeRequestForgets();
    void aPausedClientGetsTheRestLater();
    void onlyIfCachedIs504();
    void aClientMayLeaveInAnyCall();
    void staleWhileRevalidateRenews();
    void aRequestWithContentGoesBy();
    void aMethodInAFieldGoesByAndForgets();
    void aRequestForOneTargetGoesBy();
};

void TestCachedExchange::aRequestForOneTargetGoesBy() {
    CacheRig rig;
    const auto first = rig.ask();
    rig.respond(kMinute);
    for (int sent = 2; sent < 4; ++sent) {
        UpstreamRequest request;
        request.method = "GET";
        request.target = "/a";
        request.wantedTarget = "canary:443";
        NotingObserver seen;
        const auto exchange = rig.transport->start(std::move(request), seen);
        exchange->finishBody({});
        rig.run();
        QCOMPARE(rig.sent(), sent);
        rig.respond(kMinute, "of the canary");
        QCOMPARE(seen.content, QByteArray("of the canary"));
    }
    QCOMPARE(rig.ask().seen->content, QByteArray("content"));
}

void TestCachedExchange::whatIsSaidOfTargetsPasses() {
    CacheRig rig;
    const CacheRig::Client client = rig.ask();
    const std::shared_ptr<UpstreamScript> script = rig.inner->scripts.back();
    script->observer->upstreamPassedOver(QStringLiteral("a:80"), QStringLiteral("refused"));
    QCOMPARE(client.seen->lines, QByteArrayList{"passed over a:80: refused"});
    rig.respond({});
    client.exchange->contentFailed(QStringLiteral("an error event"));
    QCOMPARE(script->contentFailure, QStringLiteral("an error event"));
}

void TestCachedExchange::theSecondIsServedFromTheCache() {
    CacheRig rig;
    const auto first = rig.ask();
    rig.respond(kMinute);
    QCOMPARE(first.seen->cacheStatus(), QByteArray("Sallyport; fwd=uri-miss; stored"));
    rig.clock.advance(seconds(7));
    const auto second = rig.ask();
    QCOMPARE(rig.sent(), 1);
    QCOMPARE(second.seen->lines, (QByteArrayList{"connected cache", "200", "complete"}));
    QCOMPARE(second.seen->content, QByteArray("content"));
    QCOMPARE(second.seen->cacheStatus(), QByteArray("Sallyport; hit; ttl=53"));
    QCOMPARE(second.seen->head.fields.combined("Age"), QByteArray("7"));
}

void TestCachedExchange::headIsServedFromTheSameEntry() {
    CacheRig rig;
    const auto first = rig.ask();
    rig.respond(kMinute);
    const auto head = rig.ask("HEAD");
    QCOMPARE(rig.sent(), 1);
    QCOMPARE(head.seen->content, QByteArray());
    QCOMPARE(head.seen->head.fields.combined("Content-Length"), QByteArray("7"));
}

void TestCachedExchange::aStaleOneIsValidated() {
    CacheRig rig;
    const auto first = rig.ask();
    rig.respond(kMinute);
    rig.clock.advance(seconds(61));
    const auto second = rig.ask("GET", {"If-None-Match: \"own\""});
    QCOMPARE(rig.sent(), 2);
    QCOMPARE(rig.last().request.fields.combined("If-None-Match"), QByteArray("\"a\""));
}

void TestCachedExchange::a304ServesWhatIsStored() {
    CacheRig rig;
    const auto first = rig.ask();
    rig.respond(kMinute);
    rig.clock.advance(seconds(61));
    const auto second = rig.ask();
    rig.respond({"ETag: \"a\"", "X-New: 1"}, {}, 304);
    rig.run();
    QCOMPARE(second.seen->lines.last(), QByteArray("complete"));
    QCOMPARE(second.seen->head.status, 200);
    QCOMPARE(second.seen->content, QByteArray("content"));
    QCOMPARE(second.seen->cacheStatus(), QByteArray("Sallyport; hit; ttl=60; detail=validated"));
    const auto third = rig.ask();
    QCOMPARE(rig.sent(), 2);
    QCOMPARE(third.seen->head.fields.combined("X-New"), QByteArray("1"));
}

void TestCachedExchange::a304OfAnotherTagFetchesAnew() {
    CacheRig rig;
    const auto first = rig.ask();
    rig.respond(kMinute);
    rig.clock.advance(seconds(61));
    const auto second = rig.ask();
    rig.respond({"ETag: \"b\""}, {}, 304);
    rig.run();
    QCOMPARE(rig.sent(), 3);
    QVERIFY(!rig.last().request.fields.contains("If-None-Match"));
    rig.respond(kMinute, "new");
    QCOMPARE(second.seen->content, QByteArray("new"));
}

void TestCachedExchange::anotherResponseTakesItsPlace() {
    CacheRig rig;
    const auto first = rig.ask();
    rig.respond(kMinute);
    rig.clock.advance(seconds(61));
    const auto second = rig.ask();
    rig.respond(kMinute, "new");
    QCOMPARE(second.seen->content, QByteArray("new"));
    QCOMPARE(second.seen->cacheStatus(), QByteArray("Sallyport; fwd=stale; stored"));
    QCOMPARE(rig.ask().seen->content, QByteArray("new"));
}

void TestCachedExchange::aFailureServesStale_data() {
    QTest::addColumn<QByteArray>("stored");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("cacheStatus");
    const auto row = [](const char* tag, const char* stored, int status, const char* cacheStatus) {
        QTest::newRow(tag) << QByteArray(stored) << status << QByteArray(cacheStatus);
    };
    row("a 503 with stale-if-error", "max-age=60, stale-if-error=60", 503,
        "Sallyport; hit; ttl=-1; detail=stale-if-error");
    row("a 503 without", "max-age=60", 503, "Sallyport; fwd=stale; detail=status");
    row("no response", "max-age=60", 0, "Sallyport; hit; ttl=-1; detail=disconnected");
    row("no response, must-revalidate", "max-age=60, must-revalidate", 0, "");
}

void TestCachedExchange::aFailureServesStale() {
    QFETCH(QByteArray, stored);
    QFETCH(int, status);
    QFETCH(QByteArray, cacheStatus);
    CacheRig rig;
    const auto first = rig.ask();
    rig.respond({"Cache-Control: " + stored});
    rig.clock.advance(seconds(61));
    const auto second = rig.ask();
    if (status > 0)
        rig.respond({}, "e", status);
    else
        rig.last().observer->upstreamFailed({ErrorCode::UpstreamReset, Side::Upstream, {}});
    rig.run();
    QCOMPARE(second.seen->cacheStatus(), cacheStatus);
    QCOMPARE(second.seen->lines.last(), QByteArray(cacheStatus.isEmpty() ? "failed" : "complete"));
}

void TestCachedExchange::aResponseThatIsCutIsNotStored() {
    CacheRig rig;
    const auto first = rig.ask();
    rig.last().respond(200, kMinute, {BodyKind::Length, 7});
    rig.last().send("con");
    rig.last().observer->upstreamFailed({ErrorCode::UpstreamReset, Side::Upstream, {}});
    QCOMPARE(first.seen->lines.last(), QByteArray("failed"));
    const auto second = rig.ask();
    QCOMPARE(rig.sent(), 2);
}

void TestCachedExchange::oneThatIsTooLargePassesWhole() {
    CacheRules rules;
    rules.maxSize = 64 * 1024;
    CacheRig rig(rules);
    const auto first = rig.ask();
    rig.respond(kMinute, QByteArray(20000, 'x'));
    QCOMPARE(first.seen->content.size(), qsizetype{20000});
    QCOMPARE(rig.cache->store().entries(), 0);
}

void TestCachedExchange::anEventStreamPassesAndNobodyWaits() {
    CacheRig rig;
    const auto first = rig.ask();
    const auto waiting = rig.ask();
    QCOMPARE(rig.sent(), 1);
    rig.last().respond(200, {"Content-Type: text/event-stream", "Cache-Control: max-age=60"},
                       {BodyKind::Chunked, 0});
    rig.run();
    QCOMPARE(rig.sent(), 2);
    const auto third = rig.ask();
    QCOMPARE(rig.sent(), 3);
}

void TestCachedExchange::requestsForTheSameWait() {
    CacheRig rig;
    const auto first = rig.ask();
    const auto second = rig.ask();
    const auto third = rig.ask();
    QCOMPARE(rig.sent(), 1);
    rig.respond(kMinute);
    rig.run();
    QCOMPARE(rig.sent(), 1);
    QCOMPARE(second.seen->content, QByteArray("content"));
    QCOMPARE(third.seen->content, QByteArray("content"));
}

void TestCachedExchange::thoseThatWaitGoOnWhenTheFirstLeaves() {
    CacheRig rig;
    auto first = rig.ask();
    const auto second = rig.ask();
    first.exchange.reset();
    rig.run();
    QCOMPARE(rig.sent(), 2);
    rig.respond(kMinute);
    QCOMPARE(second.seen->content, QByteArray("content"));
}

void TestCachedExchange::oneThatWaitsMayLeave() {
    CacheRig rig;
    const auto first = rig.ask();
    auto second = rig.ask();
    second.exchange.reset();
    rig.respond(kMinute);
    rig.run();
    QCOMPARE(second.seen->lines, QByteArrayList());
}

void TestCachedExchange::nobodyWaitsForLong() {
    CacheRig rig;
    const auto first = rig.ask();
    rig.last().respond(200, kMinute, {BodyKind::Length, 7});
    const auto second = rig.ask();
    QCOMPARE(rig.sent(), 1);
    rig.clock.advance(std::chrono::seconds(2));
    rig.deadlines.expireDue();
    rig.run();
    QCOMPARE(rig.sent(), 2);
    rig.respond(kMinute);
    QCOMPARE(second.seen->content, QByteArray("content"));
}

void TestCachedExchange::whatCouldNotBeUsedIsNotWaitedFor_data() {
    QTest::addColumn<QByteArray>("field");
    for (const char* field : {"Authorization: Bearer x", "x-api-key: k", "Cache-Control: no-cache",
                              "Cache-Control: no-store", "Range: bytes=0-1"})
        QTest::newRow(field) << QByteArray(field);
}

void TestCachedExchange::whatCouldNotBeUsedIsNotWaitedFor() {
    QFETCH(QByteArray, field);
    CacheRig rig;
    const auto first = rig.ask();
    const auto second = rig.ask("GET", {field});
    QCOMPARE(rig.sent(), 2);
}

void TestCachedExchange::aLengthThatIsTooLargeIsKnownAtOnce() {
    CacheRules rules;
    rules.maxSize = 64 * 1024;
    CacheRig rig(rules);
    const auto first = rig.ask();
    const auto second = rig.ask();
    rig.last().respond(200, kMinute + QByteArrayList{"Content-Length: 20000"},
                       {BodyKind::Length, 20000});
    rig.run();
    QCOMPARE(first.seen->cacheStatus(), QByteArray("Sallyport; fwd=uri-miss; detail=size"));
    QCOMPARE(rig.sent(), 2);
}

void TestCachedExchange::anUnsafeRequestForgets_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("sent");
    QTest::newRow("POST") << QByteArray("POST") << 200 << 3;
    QTest::newRow("an unknown method") << QByteArray("M-SEARCH") << 204 << 3;
    QTest::newRow("POST that failed") << QByteArray("POST") << 500 << 2;
    QTest::newRow("OPTIONS") << QByteArray("OPTIONS") << 200 << 2;
}

void TestCachedExchange::anUnsafeRequestForgets() {
    QFETCH(QByteArray, method);
    QFETCH(int, status);
    QFETCH(int, sent);
    CacheRig rig;
    const auto first = rig.ask();
    rig.respond(kMinute);
    const auto unsafe = rig.ask(method);
    rig.respond({}, {}, status);
    const auto second = rig.ask();
    QCOMPARE(rig.sent(), sent);
}

void TestCachedExchange::aPausedClientGetsTheRestLater() {
    CacheRules rules;
    CacheRig rig(rules);
    const auto first = rig.ask();
    rig.respond(kMinute, QByteArray(200000, 'x'));
    UpstreamRequest request;
    request.method = "GET";
    request.target = "/a";
    NotingObserver seen;
    const auto second = rig.transport->start(std::move(request), seen);
    second->setReading(false);
    rig.run();
    QCOMPARE(seen.lines, QByteArrayList());
    second->setReading(true);
    rig.tasks.run();
    QCOMPARE(seen.content.size(), qsizetype{64 * 1024});
    second->setReading(false);
    rig.run();
    QCOMPARE(seen.content.size(), qsizetype{64 * 1024});
    second->setReading(true);
    rig.run();
    QCOMPARE(seen.content, QByteArray(200000, 'x'));
    QCOMPARE(seen.lines.last(), QByteArray("complete"));
}

void TestCachedExchange::onlyIfCachedIs504() {
    CacheRig rig;
    const auto only = rig.ask("GET", {"Cache-Control: only-if-cached"});
    QCOMPARE(rig.sent(), 0);
    QCOMPARE(only.seen->head.status, 504);
    QVERIFY(only.seen->content.contains("only-if-cached"));
    QCOMPARE(only.seen->lines.last(), QByteArray("complete"));
}

/// Lets its exchange go in the nth call.
class LeavingObserver final : public UpstreamObserver {
public:
    explicit LeavingObserver(int after)
        : m_after(after) {}
    void upstreamConnected(const UpstreamPeer&) override { called(); }
    void upstreamRequestSent() override { called(); }
    void upstreamInterim(const ResponseHead&) override { called(); }
    void upstreamHead(ResponseHead, Framing) override { called(); }
    void upstreamBody(QByteArrayView) override { called(); }
    void upstreamComplete(const FieldList&) override { called(); }
    void upstreamSwitched(ResponseHead, StreamPtr, QByteArray) override { called(); }
    void upstreamFailed(const ExchangeError&) override { called(); }
    void upstreamWritable() override { called(); }
    void upstreamTurnEnded() override { called(); }

    std::unique_ptr<UpstreamExchange> exchange;
    int calls = 0;

private:
    void called() {
        if (++calls == m_after) exchange.reset();
    }
    int m_after;
};

void TestCachedExchange::aClientMayLeaveInAnyCall() {
    for (int after = 1; after < 8; ++after) {
        CacheRig rig;
        const auto first = rig.ask();
        rig.respond(kMinute, QByteArray(150000, 'x'));
        LeavingObserver leaving(after);
        UpstreamRequest request;
        request.method = "GET";
        request.target = "/a";
        leaving.exchange = rig.transport->start(std::move(request), leaving);
        rig.run();
        QCOMPARE(leaving.calls, after);
    }
}

void TestCachedExchange::staleWhileRevalidateRenews() {
    CacheRig rig;
    const auto first = rig.ask();
    rig.respond({"Cache-Control: max-age=60, stale-while-revalidate=60", "ETag: \"a\""}, "old");
    rig.clock.advance(seconds(70));
    const auto second = rig.ask();
    QCOMPARE(second.seen->content, QByteArray("old"));
    QCOMPARE(rig.sent(), 2);
    QCOMPARE(rig.last().request.fields.combined("If-None-Match"), QByteArray("\"a\""));
    QVERIFY(rig.last().isFinished);
    // Another one meanwhile starts no second renewal.
    QCOMPARE(rig.ask().seen->content, QByteArray("old"));
    QCOMPARE(rig.sent(), 2);
    rig.respond(kMinute, "new");
    rig.run();
    QCOMPARE(rig.ask().seen->content, QByteArray("new"));
    QCOMPARE(rig.sent(), 2);
}

void TestCachedExchange::aMethodInAFieldGoesByAndForgets() {
    CacheRig rig;
    const auto first = rig.ask();
    rig.respond(kMinute);
    const auto second = rig.ask("GET", {"X-HTTP-Method-Override: DELETE"});
    QCOMPARE(rig.sent(), 2);
    rig.respond(kMinute);
    QCOMPARE(second.seen->cacheStatus(), QByteArray("Sallyport; fwd=bypass; detail=bypass"));
    const auto third = rig.ask();
    QCOMPARE(rig.sent(), 3);
}

void TestCachedExchange::aRequestWithContentGoesBy() {
    CacheRig rig;
    UpstreamRequest request;
    request.method = "GET";
    request.target = "/a";
    request.framing = {BodyKind::Length, 3};
    NotingObserver seen;
    const auto exchange = rig.transport->start(std::move(request), seen);
    exchange->sendBody("abc");
    exchange->finishBody({});
    QCOMPARE(rig.last().content, QByteArray("abc"));
    rig.respond(kMinute);
    QCOMPARE(rig.cache->store().entries(), 0);
    QCOMPARE(seen.cacheStatus(), QByteArray("Sallyport; fwd=bypass; detail=bypass"));
    const auto posted = rig.ask("POST");
    rig.respond({});
    QCOMPARE(posted.seen->cacheStatus(), QByteArray("Sallyport; fwd=method; detail=bypass"));
}

QTEST_APPLESS_MAIN(TestCachedExchange)
#include "tst_cachedexchange.moc"
