// SPDX-License-Identifier: MIT
#include "core/observe/exchangejson.h"

#include "core/observe/logline.h"
#include "core/support/jsontext.h"

#include <QJsonArray>

namespace sallyport {

namespace {

QByteArrayView wordOf(ExchangePhase phase) {
    switch (phase) {
    case ExchangePhase::Accepted: return "accepted";
    case ExchangePhase::HeadReceived: return "head_received";
    case ExchangePhase::Routed: return "routed";
    case ExchangePhase::UpstreamChosen: return "upstream_chosen";
    case ExchangePhase::RequestSent: return "request_sent";
    case ExchangePhase::ResponseHead: return "response_head";
    case ExchangePhase::Streaming: return "streaming";
    case ExchangePhase::Ended: return "ended";
    }
    Q_UNREACHABLE();
}

/// Fills an object with what is there; counts stay exact up to 2^53.
class Members {
public:
    void text(const char* name, const QString& value) {
        if (!value.isEmpty()) object.insert(QLatin1String(name), value);
    }
    void word(const char* name, QByteArrayView value) { text(name, QString::fromUtf8(value)); }
    void count(const char* name, std::optional<qint64> value) {
        if (value) object.insert(QLatin1String(name), *value);
    }
    void mark(const char* name, bool value) {
        if (value) object.insert(QLatin1String(name), true);
    }
    void list(const char* name, const QJsonArray& value) {
        if (!value.isEmpty()) object.insert(QLatin1String(name), value);
    }
    void part(const char* name, const QJsonObject& value) {
        if (!value.isEmpty()) object.insert(QLatin1String(name), value);
    }
    QJsonObject object;
};

QByteArray timestampOf(WallTime time) {
    QByteArray out;
    log::appendTimestamp(out, time);
    return out;
}

QJsonObject usageOf(const Usage& usage) {
    Members out;
    out.count("input", usage.input);
    out.count("output", usage.output);
    out.count("cache_read", usage.cacheRead);
    out.count("cache_written", usage.cacheWritten);
    return out.object;
}

QJsonArray passedOverOf(const ExchangeRecord& record) {
    QJsonArray list;
    for (const PassedOver& each : record.passedOver) {
        Members out;
        out.text("target", each.target);
        out.text("reason", each.reason);
        list.append(out.object);
    }
    return list;
}

QJsonObject timesOf(const ExchangeTimes& times) {
    Members out;
    out.count("admitted", times.admitted);
    out.count("connected", times.connected);
    out.count("request_sent", times.requestSent);
    out.count("first_byte", times.firstByte);
    out.count("ended", times.ended);
    return out.object;
}

QJsonObject sentOf(const WebSocketSent& sent) {
    Members out;
    out.count("messages", static_cast<qint64>(sent.messages));
    out.count("controls", static_cast<qint64>(sent.controls));
    out.mark("closed", sent.hasClosed);
    if (sent.closeCode) out.count("close_code", *sent.closeCode);
    out.text("close_reason", sent.closeReason);
    return out.object;
}

QJsonObject webSocketOf(const WebSocketSummary& facts) {
    Members out;
    out.part("from_client", sentOf(facts.fromClient));
    out.part("from_server", sentOf(facts.fromServer));
    out.word("end", wordOf(facts.end));
    out.word("path", facts.path);
    out.word("subprotocol", facts.subprotocol);
    return out.object;
}

} // namespace

QJsonObject toJson(const ExchangeRecord& record) {
    Members out;
    out.count("id", static_cast<qint64>(record.id));
    out.word("started_at", timestampOf(record.startedAt));
    out.word("role", wordOf(record.role));
    out.word("phase", wordOf(record.phase));
    out.word("end", wordOf(record.end));
    out.word("method", record.method);
    out.word("host", record.host);
    out.word("path", record.path);
    if (!record.receivedPath.isEmpty()) out.word("received_path", record.receivedPath);
    out.word("intercepted_by", record.interceptedBy);
    out.text("not_intercepted", record.notIntercepted);
    out.text("route", record.route);
    out.text("upstream", record.upstream);
    out.text("target", record.target);
    out.list("passed_over", passedOverOf(record));
    out.mark("connection_reused", record.isConnectionReused);
    out.text("way", record.way);
    if (record.status != 0) out.count("status", record.status);
    out.word("error_code", record.errorCode);
    out.text("error", record.error);
    out.word("model_asked", record.modelAsked);
    out.word("model_sent", record.modelSent);
    out.part("usage", usageOf(record.usage));
    out.mark("event_stream", record.isEventStream);
    out.mark("upgraded", record.isUpgraded);
    if (record.events > 0) out.count("events", static_cast<qint64>(record.events));
    out.count("request_bytes", record.requestBytes);
    out.count("response_bytes", record.responseBytes);
    out.word("user_agent", record.userAgent);
    out.word("session", record.session);
    out.word("agent", record.agent);
    out.word("parent_agent", record.parentAgent);
    out.word("resent_from", record.resentFrom);
    out.text("client", record.client);
    out.text("client_name", record.clientName);
    out.part("times_us", timesOf(record.times));
    if (record.webSocket) out.part("websocket", webSocketOf(*record.webSocket));
    return out.object;
}

QString jsonText(const QJsonObject& object) { return QString::fromUtf8(jsonBytes(object)); }

} // namespace sallyport
