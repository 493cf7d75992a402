// SPDX-License-Identifier: MIT
#include "core/observe/exchangeline.h"

#include "core/observe/log.h"

#include <array>
#include <charconv>

namespace sallyport {

namespace {

void appendText(QByteArray& out, std::string_view key, const QByteArray& value) {
    if (!value.isEmpty()) log::appendPair(out, key, QByteArrayView(value));
}

void appendText(QByteArray& out, std::string_view key, const QString& value) {
    if (!value.isEmpty()) log::appendPair(out, key, value);
}

void appendCount(QByteArray& out, std::string_view key, std::optional<qint64> count) {
    if (count) log::appendPair(out, key, *count);
}

/// Milliseconds with three places, `12.345`: fine enough for a loopback exchange.
void appendMillis(QByteArray& out, std::string_view key, std::optional<qint64> micros) {
    if (!micros) return;
    constexpr qint64 kPerMilli = 1000;
    std::array<char, 32> text{};
    auto end = std::to_chars(text.data(), text.data() + 20, *micros / kPerMilli).ptr;
    qint64 rest = *micros % kPerMilli;
    *end = '.';
    for (int i = 3; i >= 1; --i, rest /= 10)
        end[i] = static_cast<char>('0' + rest % 10);
    log::appendPair(out, key, QByteArrayView(text.data(), end + 4));
}

/// `passed_over="a:443: connection refused; b:443: …"`
void appendPassedOver(QByteArray& out, const ExchangeRecord& record) {
    if (record.passedOver.isEmpty()) return;
    QStringList all;
    for (const PassedOver& each : record.passedOver)
        all << QStringLiteral("%1: %2").arg(each.target, each.reason);
    log::appendPair(out, "passed_over", all.join(QStringLiteral("; ")));
}

void appendUsage(QByteArray& out, const Usage& usage) {
    appendCount(out, "tokens_in", usage.input);
    appendCount(out, "tokens_out", usage.output);
    appendCount(out, "cache_read", usage.cacheRead);
    appendCount(out, "cache_written", usage.cacheWritten);
}

void appendClose(QByteArray& out, std::string_view key, const WebSocketSent& sent) {
    if (sent.closeCode)
        log::appendPair(out, key, qint64{*sent.closeCode});
    else if (sent.hasClosed)
        log::appendPair(out, key, QByteArrayView("none"));
}

void appendWebSocket(QByteArray& out, const WebSocketSummary& facts) {
    appendText(out, "ws_path", facts.path);
    log::appendPair(out, "ws_sent", static_cast<qint64>(facts.fromClient.messages));
    log::appendPair(out, "ws_received", static_cast<qint64>(facts.fromServer.messages));
    appendClose(out, "ws_close_sent", facts.fromClient);
    appendClose(out, "ws_close_received", facts.fromServer);
    appendText(out, "ws_unreadable_sent", facts.fromClient.unreadable);
    appendText(out, "ws_unreadable_received", facts.fromServer.unreadable);
    log::appendPair(out, "ws_end", wordOf(facts.end));
}

log::Level levelOf(ExchangeEnd end) {
    switch (end) {
    case ExchangeEnd::UpstreamError:
    case ExchangeEnd::Truncated:
    case ExchangeEnd::Stalled: return log::Level::Warn;
    case ExchangeEnd::Running:
    case ExchangeEnd::Complete:
    case ExchangeEnd::Refused:
    case ExchangeEnd::ClientGone: return log::Level::Info;
    }
    return log::Level::Info;
}

} // namespace

void appendExchangePairs(QByteArray& out, const ExchangeRecord& record) {
    log::appendPair(out, "id", static_cast<qint64>(record.id));
    log::appendPair(out, "role", wordOf(record.role));
    appendText(out, "client", record.client);
    appendText(out, "client_name", record.clientName);
    appendText(out, "method", record.method);
    appendText(out, "host", record.host);
    appendText(out, "path", record.path);
    appendText(out, "intercepted_by", record.interceptedBy);
    appendText(out, "not_intercepted", record.notIntercepted);
    appendText(out, "route", record.route);
    appendText(out, "upstream", record.upstream);
    appendText(out, "target", record.target);
    appendText(out, "way", record.way);
    appendPassedOver(out, record);
    if (record.isConnectionReused) log::appendPair(out, "reused", QByteArrayView("yes"));
    if (record.status != 0) log::appendPair(out, "status", qint64{record.status});
    log::appendPair(out, "end", wordOf(record.end));
    appendText(out, "code", record.errorCode);
    appendText(out, "error", record.error);
    appendText(out, "model", record.modelAsked);
    if (record.modelSent != record.modelAsked) appendText(out, "model_sent", record.modelSent);
    appendUsage(out, record.usage);
    if (record.isEventStream) log::appendPair(out, "events", static_cast<qint64>(record.events));
    if (record.webSocket) appendWebSocket(out, *record.webSocket);
    log::appendPair(out, "request_bytes", record.requestBytes);
    log::appendPair(out, "response_bytes", record.responseBytes);
    appendMillis(out, "queued_ms", record.times.admitted);
    appendMillis(out, "ttfb_ms", record.times.firstByte);
    appendMillis(out, "ms", record.times.ended);
}

void logExchange(const ExchangeRecord& record, QByteArray& buffer) {
    const log::Level level = levelOf(record.end);
    if (!log::isEnabled(level)) return;
    appendExchangePairs(buffer, record);
    log::writeLine(level, "exchange", buffer);
}

} // namespace sallyport
