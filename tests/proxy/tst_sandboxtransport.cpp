// SPDX-License-Identifier: MIT
#include "core/proxy/sandboxtransport.h"

#include "core/anthropic/sandbox.h"

#include <QTest>

#include <algorithm>
#include <functional>

using namespace sallyport;
using std::chrono::milliseconds;

namespace {

/// Writes down what it is told, and runs `onCall` after each.
class Witness final : public UpstreamObserver {
public:
    void upstreamConnected(const UpstreamPeer& facts) override {
        note("connected " + facts.target.toUtf8());
    }
    void upstreamRequestSent() override { note("sent"); }
    void upstreamInterim(const ResponseHead&) override { note("interim"); }
    void upstreamHead(ResponseHead told, Framing toldFraming) override {
        head = std::move(told);
        framing = toldFraming;
        note("head");
    }
    void upstreamBody(QByteArrayView bytes) override {
        content.append(bytes);
        note("body");
    }
    void upstreamComplete(const FieldList&) override { note("complete"); }
    void upstreamSwitched(ResponseHead, StreamPtr, QByteArray) override { note("switched"); }
    void upstreamFailed(const ExchangeError&) override { note("failed"); }
    void upstreamWritable() override { note("writable"); }
    void upstreamTurnEnded() override { note("turn"); }

    QByteArrayList calls;
    ResponseHead head;
    Framing framing;
    QByteArray content;
    std::function<void(const QByteArray&)> onCall;

private:
    void note(const QByteArray& call) {
        calls << call;
        if (onCall) onCall(call);
    }
};

QByteArray withoutRepeats(const QByteArrayList& calls) {
    QByteArrayList out = calls;
    out.removeAll("turn");
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out.join(' ');
}

UpstreamRequest requestFor(const char* method, const char* target, BodyKind kind) {
    UpstreamRequest request;
    request.method = method;
    request.target = target;
    request.framing.kind = kind;
    return request;
}

const QByteArray kPrompt =
    R"({"model":"m","max_tokens":100,"stream":true,"messages":[{"role":"user","content":"hi"}]})";

} // namespace

class TestSandboxTransport : public QObject {
    Q_OBJECT
private slots:
    void init();
    void nothingIsToldFromInsideACall();
    void aStreamComesWholeAndInPieces();
    void piecesComeAtTheirMoments();
    void unfinishedRequestsAreBoundedTogether();
    void aClientThatWaitsIsToldToContinue();
    void aWholeResponseHasItsLength();
    void requestsWithoutContentAreAnswered_data();
    void requestsWithoutContentAreAnswered();
    void nothingComesWhileReadingIsOff();
    void readingThatIsOffAndOnAgainLosesNothing();
    void lettingGoStopsIt();
    void lettingGoInsideACallIsAllowed_data();
    void lettingGoInsideACallIsAllowed();
    void contentOver32MebibytesIs413();
    void twoExchangesRunSideBySide();

private:
    void pass(milliseconds time);
    [[nodiscard]] std::unique_ptr<UpstreamExchange> ask(Witness& witness);
    ManualClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<UpstreamTransport> m_transport;
};

void TestSandboxTransport::init() {
    m_transport.reset();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock);
    m_transport = makeSandboxTransport(*m_deadlines);
}

void TestSandboxTransport::pass(milliseconds time) {
    for (; time > milliseconds(0); time -= milliseconds(1)) {
        m_clock.advance(milliseconds(1));
        m_deadlines->expireDue();
    }
}

std::unique_ptr<UpstreamExchange> TestSandboxTransport::ask(Witness& witness) {
    auto exchange =
        m_transport->start(requestFor("POST", "/v1/messages", BodyKind::Length), witness);
    exchange->sendBody(QByteArrayView(kPrompt).first(10));
    exchange->sendBody(QByteArrayView(kPrompt).sliced(10));
    exchange->finishBody({});
    return exchange;
}

void TestSandboxTransport::nothingIsToldFromInsideACall() {
    Witness witness;
    const auto exchange = ask(witness);
    exchange->setReading(false);
    exchange->setReading(true);
    QVERIFY(witness.calls.isEmpty());
}

void TestSandboxTransport::aStreamComesWholeAndInPieces() {
    Witness witness;
    const auto exchange = ask(witness);
    pass(milliseconds(10000));
    QCOMPARE(withoutRepeats(witness.calls), "connected sandbox sent head body complete");
    QVERIFY(witness.calls.count("body") > 20);
    QCOMPARE(witness.calls.count("turn"), witness.calls.count("body") - 1);
    QCOMPARE(witness.framing.kind, BodyKind::Chunked);
    QCOMPARE(witness.head.status, 200);
    QCOMPARE(witness.head.reason, "OK");
    QVERIFY(witness.head.fields.hasToken("transfer-encoding", "chunked"));
    QByteArray expected;
    for (const SandboxPiece& piece : sandboxResponse("POST", "/v1/messages", kPrompt).pieces)
        expected += piece.bytes;
    QCOMPARE(witness.content, expected);
}

void TestSandboxTransport::piecesComeAtTheirMoments() {
    Witness witness;
    const auto exchange = ask(witness);
    const auto response = sandboxResponse("POST", "/v1/messages", kPrompt);
    pass(milliseconds(150));
    QVERIFY(!witness.calls.contains("head"));
    pass(milliseconds(1));
    QCOMPARE(witness.calls.count("body"), 1);
    for (int i = 1; i < 5; ++i) {
        pass(response.pieces[std::size_t(i)].after - milliseconds(1));
        QCOMPARE(witness.calls.count("body"), i);
        pass(milliseconds(1));
        QCOMPARE(witness.calls.count("body"), i + 1);
    }
}

void TestSandboxTransport::unfinishedRequestsAreBoundedTogether() {
    const QByteArray piece(1024 * 1024, 'x');
    const auto fill = [&](UpstreamExchange& exchange) {
        for (int i = 0; i < 30; ++i)
            exchange.sendBody(piece);
    };
    std::vector<Witness> witnesses(4);
    std::vector<std::unique_ptr<UpstreamExchange>> exchanges;
    for (Witness& each : witnesses) {
        exchanges.push_back(
            m_transport->start(requestFor("POST", "/v1/messages", BodyKind::Chunked), each));
        fill(*exchanges.back());
    }
    pass(milliseconds(100));
    QCOMPARE(witnesses[0].calls.join(' '), QByteArray());
    QCOMPARE(witnesses[1].calls.join(' '), QByteArray());
    for (const std::size_t i : {2U, 3U}) {
        QCOMPARE(witnesses[i].head.status, 503);
        QCOMPARE(*witnesses[i].head.fields.first("Retry-After"), "1");
        QVERIFY(witnesses[i].content.contains("64 MiB of unfinished requests"));
    }
    // One that goes makes room for another.
    exchanges[0].reset();
    Witness late;
    const auto next =
        m_transport->start(requestFor("POST", "/v1/messages", BodyKind::Chunked), late);
    fill(*next);
    pass(milliseconds(100));
    QCOMPARE(late.calls.join(' '), QByteArray());
}

void TestSandboxTransport::aClientThatWaitsIsToldToContinue() {
    Witness witness;
    UpstreamRequest request = requestFor("POST", "/v1/messages", BodyKind::Length);
    request.fields.append("Expect", "100-continue");
    const auto exchange = m_transport->start(std::move(request), witness);
    QCOMPARE(witness.calls.join(' '), QByteArray());
    pass(milliseconds(1));
    QCOMPARE(witness.calls.join(' '), "interim");
    exchange->sendBody("{");
    exchange->finishBody({});
    pass(milliseconds(100));
    QCOMPARE(witness.calls.join(' '), "interim connected sandbox sent head body complete");
}

void TestSandboxTransport::aWholeResponseHasItsLength() {
    Witness witness;
    const auto exchange =
        m_transport->start(requestFor("POST", "/v1/messages", BodyKind::Chunked), witness);
    exchange->sendBody("{");
    exchange->finishBody({});
    pass(milliseconds(100));
    QCOMPARE(witness.calls.join(' '), "connected sandbox sent head body complete");
    QCOMPARE(witness.head.status, 400);
    QCOMPARE(witness.framing.kind, BodyKind::Length);
    QCOMPARE(witness.framing.length, quint64(witness.content.size()));
    QCOMPARE(*witness.head.fields.first("content-length"),
             QByteArray::number(witness.content.size()));
}

void TestSandboxTransport::requestsWithoutContentAreAnswered_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("finishes");
    QTest::addColumn<QByteArray>("calls");
    QTest::newRow("GET") << QByteArray("GET") << false
                         << QByteArray("connected sandbox sent head body complete");
    QTest::newRow("GET that is finished all the same")
        << QByteArray("GET") << true << QByteArray("connected sandbox sent head body complete");
    QTest::newRow("HEAD has no content")
        << QByteArray("HEAD") << true << QByteArray("connected sandbox sent head complete");
}

void TestSandboxTransport::requestsWithoutContentAreAnswered() {
    QFETCH(QByteArray, method);
    QFETCH(bool, finishes);
    QFETCH(QByteArray, calls);
    Witness witness;
    const auto exchange =
        m_transport->start(requestFor(method.constData(), "/api/hello", BodyKind::None), witness);
    if (finishes) exchange->finishBody({});
    pass(milliseconds(100));
    QCOMPARE(witness.calls.join(' '), calls);
    QCOMPARE(witness.head.status, 200);
}

void TestSandboxTransport::nothingComesWhileReadingIsOff() {
    Witness witness;
    const auto exchange = ask(witness);
    pass(milliseconds(200));
    exchange->setReading(false);
    const qsizetype before = witness.calls.size();
    pass(milliseconds(5000));
    QCOMPARE(witness.calls.size(), before);
}

void TestSandboxTransport::readingThatIsOffAndOnAgainLosesNothing() {
    Witness witness;
    Witness steady;
    const auto exchange = ask(witness);
    const auto other = ask(steady);
    for (int i = 0; i < 100; ++i) {
        exchange->setReading(false);
        pass(milliseconds(i % 50));
        exchange->setReading(true);
        pass(milliseconds(60));
    }
    QCOMPARE(witness.content, steady.content);
    QCOMPARE(witness.calls.last(), "complete");
    QCOMPARE(witness.calls.count("complete"), 1);
}

void TestSandboxTransport::lettingGoStopsIt() {
    Witness witness;
    auto exchange = ask(witness);
    pass(milliseconds(200));
    exchange.reset();
    const qsizetype before = witness.calls.size();
    pass(milliseconds(1000));
    QCOMPARE(witness.calls.size(), before);
}

void TestSandboxTransport::lettingGoInsideACallIsAllowed_data() {
    QTest::addColumn<QByteArray>("call");
    for (const char* call : {"connected sandbox", "sent", "head", "body", "turn", "complete"})
        QTest::addRow("in %s", call) << QByteArray(call);
}

void TestSandboxTransport::lettingGoInsideACallIsAllowed() {
    QFETCH(QByteArray, call);
    Witness witness;
    auto exchange = ask(witness);
    witness.onCall = [&](const QByteArray& told) {
        if (told == call) exchange.reset();
    };
    pass(milliseconds(10000));
    QVERIFY(!exchange);
    QCOMPARE(witness.calls.last(), call);
}

void TestSandboxTransport::contentOver32MebibytesIs413() {
    Witness witness;
    const auto exchange =
        m_transport->start(requestFor("POST", "/v1/messages", BodyKind::Chunked), witness);
    const QByteArray mebibyte(1024 * 1024, 'x');
    for (int i = 0; i < 32; ++i)
        exchange->sendBody(mebibyte);
    pass(milliseconds(100));
    QVERIFY(witness.calls.isEmpty());
    exchange->sendBody("x");
    exchange->sendBody(mebibyte);
    pass(milliseconds(100));
    exchange->finishBody({});
    pass(milliseconds(100));
    QCOMPARE(witness.head.status, 413);
    QVERIFY(witness.content.contains("request_too_large"));
    QCOMPARE(witness.calls.join(' '), "connected sandbox head body complete");
}

void TestSandboxTransport::twoExchangesRunSideBySide() {
    Witness first;
    Witness second;
    const auto one = ask(first);
    pass(milliseconds(170));
    const auto two = ask(second);
    pass(milliseconds(10000));
    QCOMPARE(first.content, second.content);
    QCOMPARE(second.calls.last(), "complete");
}

QTEST_GUILESS_MAIN(TestSandboxTransport)
#include "tst_sandboxtransport.moc"
