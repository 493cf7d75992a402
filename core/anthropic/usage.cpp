// SPDX-License-Identifier: MIT
#include "core/anthropic/usage.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace sallyport {

namespace {

using nlohmann::json;

/// Parses without the members of a response that can be large and tell nothing here.
json parsedWithout(QByteArrayView text, const char* skipped) {
    const auto keep = [skipped](int depth, json::parse_event_t event, json& parsed) {
        return event != json::parse_event_t::key || depth != 1 || parsed != skipped;
    };
    return json::parse(text.begin(), text.end(), keep, false);
}

const json* member(const json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

QByteArray textOf(const json* value) {
    if (!value || !value->is_string()) return {};
    return QByteArray::fromStdString(value->get_ref<const std::string&>());
}

void readCount(const json& usage, const char* name, std::optional<qint64>& count) {
    const json* value = member(usage, name);
    if (!value || !value->is_number_unsigned()) return;
    const auto number = value->get<std::uint64_t>();
    if (number <= static_cast<std::uint64_t>(std::numeric_limits<qint64>::max()))
        count = static_cast<qint64>(number);
}

void readUsage(const json* usage, Usage& out) {
    if (!usage) return;
    readCount(*usage, "input_tokens", out.input);
    readCount(*usage, "output_tokens", out.output);
    readCount(*usage, "cache_read_input_tokens", out.cacheRead);
    readCount(*usage, "cache_creation_input_tokens", out.cacheWritten);
}

/// The API's own form first, then those of gateways: `{"error":"…"}`, `{"message":"…"}`,
/// `{"detail":"…"}`.
QByteArray errorText(const json& body) {
    if (const json* error = member(body, "error")) {
        if (error->is_string()) return textOf(error);
        if (const QByteArray text = textOf(member(*error, "message")); !text.isEmpty()) return text;
    }
    for (const char* name : {"message", "detail"})
        if (const QByteArray text = textOf(member(body, name)); !text.isEmpty()) return text;
    return {};
}

/// The type of an event; from its data where the `event` line is missing, as some gateways do.
QByteArrayView typeOf(const SseEvent& event) {
    if (!event.type.isEmpty()) return event.type;
    static constexpr QByteArrayView kTypes[] = {"message_start", "message_delta", "message_stop",
                                                "error"};
    constexpr qsizetype kStart = 64;
    const QByteArrayView start = QByteArrayView(event.data).first(qMin(event.data.size(), kStart));
    for (const QByteArrayView type : kTypes) {
        const qsizetype at = start.indexOf(type);
        if (at > 0 && start.first(at).startsWith("{\"type\"") && start[at - 1] == '"') return type;
    }
    return {};
}

} // namespace

MessagesResponseReader::MessagesResponseReader(bool isEventStream)
    : m_isEventStream(isEventStream)
    , m_sse(kMaxEventData) {}

void MessagesResponseReader::feed(QByteArrayView bytes) {
    if (m_isEventStream) {
        for (const SseEvent& event : m_sse.feed(bytes))
            take(event);
        return;
    }
    if (m_isTooLarge) return;
    if (m_json.size() + bytes.size() > kMaxJson) {
        m_isTooLarge = true;
        m_json = {};
        return;
    }
    m_json.append(bytes);
}

void MessagesResponseReader::finish() {
    if (m_isEventStream || m_json.isEmpty()) return;
    takeJson(m_json);
    m_json = {};
}

void MessagesResponseReader::take(const SseEvent& event) {
    ++m_events;
    const QByteArrayView type = typeOf(event);
    if (type == "message_stop") {
        m_sawEnd = true;
        return;
    }
    const bool isRead = type == "message_start" || type == "message_delta" || type == "error";
    if (!isRead || event.data.size() >= kMaxEventData) return;
    const json body = parsedWithout(event.data, "content");
    if (type == "message_start") {
        if (const json* message = member(body, "message")) {
            m_model = textOf(member(*message, "model"));
            readUsage(member(*message, "usage"), m_usage);
        }
    } else if (type == "message_delta") {
        readUsage(member(body, "usage"), m_usage);
        if (const json* delta = member(body, "delta"))
            m_stopReason = textOf(member(*delta, "stop_reason"));
    } else {
        m_errorMessage = errorText(body);
        m_sawEnd = true;
    }
}

void MessagesResponseReader::takeJson(QByteArrayView text) {
    const json body = parsedWithout(text, "content");
    if (!body.is_object()) return;
    m_model = textOf(member(body, "model"));
    m_stopReason = textOf(member(body, "stop_reason"));
    readUsage(member(body, "usage"), m_usage);
    readCount(body, "input_tokens", m_usage.input);
    const json* type = member(body, "type");
    if (textOf(type) != "message") m_errorMessage = errorText(body);
}

} // namespace sallyport
