// SPDX-License-Identifier: MIT
#include "core/tunnel/tunnelend.h"

#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

class TestTunnelEnd : public QObject {
    Q_OBJECT
private slots:
    void isJudged_data();
    void isJudged();
};

namespace {
using Facts = SharedOptional<WebSocketSummary>;
using Cause = TunnelEnd::Cause;

WebSocketSummary closed(bool byClient, bool byServer) {
    WebSocketSummary facts;
    facts.fromClient.hasClosed = byClient;
    facts.fromServer.hasClosed = byServer;
    return facts;
}
WebSocketSummary unreadable() {
    WebSocketSummary facts;
    facts.fromServer.unreadable = "a reserved opcode";
    return facts;
}
} // namespace

void TestTunnelEnd::isJudged_data() {
    QTest::addColumn<TunnelEnd>("what");
    QTest::addColumn<Facts>("facts");
    QTest::addColumn<ExchangeEnd>("end");
    QTest::addColumn<WebSocketEnd>("webSocket");
    QTest::addColumn<QString>("error");
    const auto row = [](const char* tag, const TunnelEnd& what, const Facts& facts, ExchangeEnd end,
                        WebSocketEnd webSocket, const char* error = "") {
        QTest::newRow(tag) << what << facts << end << webSocket << QString::fromLatin1(error);
    };
    const TunnelEnd byClient{Cause::Finished, Side::Downstream, {}, {}};
    const TunnelEnd byUpstream{Cause::Finished, Side::Upstream, {}, {}};
    const QString reset = QStringLiteral("connection reset");
    const TunnelEnd clientReset{Cause::Failed, Side::Downstream, reset, {}};
    const TunnelEnd upstreamReset{Cause::Failed, Side::Upstream, reset, {}};
    using E = ExchangeEnd;
    using W = WebSocketEnd;
    row("a tunnel that both have ended", byClient, {}, E::Complete, W::Closed);
    row("a tunnel that the client reset", clientReset, {}, E::ClientGone, W::ClientReset,
        "the client ended abruptly: connection reset");
    row("a tunnel that the upstream reset", upstreamReset, {}, E::Truncated, W::UpstreamReset,
        "the upstream ended abruptly: connection reset");
    row("closed by both", byUpstream, closed(true, true), E::Complete, W::Closed);
    row("closed by both, then reset", clientReset, closed(true, true), E::Complete, W::Closed);
    row("closed by both, and the upstream lingers", {Cause::HalfClosed, Side::Downstream, {}, 60s},
        closed(true, true), E::Complete, W::Closed);
    row("closed by the client alone", byClient, closed(true, false), E::Complete, W::Closed);
    row("closed by the upstream, answered by the end", byClient, closed(false, true), E::Complete,
        W::Closed);
    row("no close frame, the client ended first", byClient, closed(false, false), E::ClientGone,
        W::ClientLeft, "the client ended the connection (FIN) without a close frame");
    row("no close frame, the upstream ended first", byUpstream, closed(false, false), E::Truncated,
        W::UpstreamLeft, "the upstream ended the connection (FIN) without a close frame");
    row("reset by the client", clientReset, closed(false, false), E::ClientGone, W::ClientReset,
        "the client ended abruptly, without a close frame: connection reset");
    row("reset by the upstream, which the client had closed", upstreamReset, closed(true, false),
        E::Truncated, W::UpstreamReset,
        "the upstream ended abruptly, without a close frame: connection reset");
    row("reset by the upstream behind its close frame", upstreamReset, closed(false, true),
        E::Truncated, W::UpstreamReset,
        "the upstream ended abruptly behind its close frame: connection reset");
    row("what could not be read, ended in order", byClient, unreadable(), E::Complete, W::Unread);
    row("what could not be read, reset", upstreamReset, unreadable(), E::Truncated,
        W::UpstreamReset, "the upstream ended abruptly: connection reset");
    row("half-closed by the upstream", {Cause::HalfClosed, Side::Upstream, {}, 1500ms},
        closed(false, true), E::Stalled, W::TimedOut,
        "the upstream had ended its side, and the client was silent for 1.5 s");
    row("silent", {Cause::Idle, Side::Internal, {}, 3600s}, closed(false, false), E::Stalled,
        W::TimedOut, "both sides were silent for 3600 s");
    row("the client takes nothing", {Cause::Stalled, Side::Downstream, {}, 5s}, {}, E::Stalled,
        W::TimedOut, "the client took nothing for 5 s");
    row("cut by the end of a drain", {Cause::CutHere, Side::Internal, {}, {}}, closed(false, false),
        E::Truncated, W::CutHere, "shut down");
}

void TestTunnelEnd::isJudged() {
    QFETCH(TunnelEnd, what);
    QFETCH(Facts, facts);
    const TunnelOutcome verdict = classifyEnd(what, facts);
    QTEST(verdict.end, "end");
    QTEST(verdict.webSocket, "webSocket");
    QTEST(verdict.error, "error");
}

QTEST_APPLESS_MAIN(TestTunnelEnd)
#include "tst_tunnelend.moc"
