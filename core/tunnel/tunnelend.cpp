// SPDX-License-Identifier: MIT
#include "core/tunnel/tunnelend.h"

namespace sallyport {

namespace {

QString nameOf(Side side) {
    return side == Side::Downstream ? QStringLiteral("the client") : QStringLiteral("the upstream");
}

QString secondsOf(std::chrono::milliseconds time) {
    constexpr double kPerSecond = 1000;
    return QString(QString::number(static_cast<double>(time.count()) / kPerSecond) +
                   QStringLiteral(" s"));
}

ExchangeEnd abruptEnd(Side side) {
    return side == Side::Downstream ? ExchangeEnd::ClientGone : ExchangeEnd::Truncated;
}

bool canBeTold(const WebSocketSummary& facts) {
    return facts.fromClient.unreadable.isEmpty() && facts.fromServer.unreadable.isEmpty();
}

TunnelOutcome finished(Side first, const SharedOptional<WebSocketSummary>& facts) {
    if (!facts || facts->fromClient.hasClosed || facts->fromServer.hasClosed) return {};
    if (!canBeTold(*facts)) return {ExchangeEnd::Complete, {}, WebSocketEnd::Unread};
    return {abruptEnd(first),
            QString(nameOf(first) +
                    QStringLiteral(" ended the connection (FIN) without a close frame")),
            first == Side::Downstream ? WebSocketEnd::ClientLeft : WebSocketEnd::UpstreamLeft};
}

TunnelOutcome failed(const TunnelEnd& end, const SharedOptional<WebSocketSummary>& facts) {
    QString text = nameOf(end.side) + QStringLiteral(" ended abruptly");
    if (facts && canBeTold(*facts)) {
        const WebSocketSent& sent =
            end.side == Side::Downstream ? facts->fromClient : facts->fromServer;
        text += sent.hasClosed ? QStringLiteral(" behind its close frame")
                               : QStringLiteral(", without a close frame");
    }
    if (!end.detail.isEmpty()) text += QStringLiteral(": ") + end.detail;
    return {abruptEnd(end.side), text,
            end.side == Side::Downstream ? WebSocketEnd::ClientReset : WebSocketEnd::UpstreamReset};
}

QString timeOutText(const TunnelEnd& end) {
    const QString time = secondsOf(end.after);
    if (end.cause == TunnelEnd::Cause::Stalled)
        return nameOf(end.side) + QStringLiteral(" took nothing for ") + time;
    if (end.cause == TunnelEnd::Cause::Idle)
        return QString(QStringLiteral("both sides were silent for ") + time);
    const Side other = end.side == Side::Downstream ? Side::Upstream : Side::Downstream;
    return nameOf(end.side) + QStringLiteral(" had ended its side, and ") + nameOf(other) +
           QStringLiteral(" was silent for ") + time;
}

} // namespace

TunnelOutcome classifyEnd(const TunnelEnd& end, const SharedOptional<WebSocketSummary>& webSocket) {
    if (webSocket && webSocket->fromClient.hasClosed && webSocket->fromServer.hasClosed) return {};
    switch (end.cause) {
    case TunnelEnd::Cause::Finished: return finished(end.side, webSocket);
    case TunnelEnd::Cause::Failed: return failed(end, webSocket);
    case TunnelEnd::Cause::HalfClosed:
    case TunnelEnd::Cause::Idle:
    case TunnelEnd::Cause::Stalled:
        return {ExchangeEnd::Stalled, timeOutText(end), WebSocketEnd::TimedOut};
    case TunnelEnd::Cause::NoRequest:
        return {ExchangeEnd::Truncated,
                QStringLiteral("ended here: behind the refused upgrade to WebSocket the client "
                               "sent what is no HTTP request: ") +
                    end.detail,
                WebSocketEnd::CutHere};
    case TunnelEnd::Cause::CutHere:
        return {ExchangeEnd::Truncated, QStringLiteral("shut down"), WebSocketEnd::CutHere};
    }
    return {};
}

} // namespace sallyport
