// SPDX-License-Identifier: MIT
#include "core/anthropic/messagesresponsereader.h"

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

/// In the order of the members of Usage.
using UsagePaths = std::array<std::string_view, 4>;

constexpr UsagePaths kUsage{"usage.input_tokens", "usage.output_tokens",
                            "usage.cache_read_input_tokens", "usage.cache_creation_input_tokens"};
constexpr UsagePaths kStartUsage{"message.usage.input_tokens", "message.usage.output_tokens",
                                 "message.usage.cache_read_input_tokens",
                                 "message.usage.cache_creation_input_tokens"};

constexpr std::array<std::string_view, 15> kPaths{
    "type",    "input_tokens", "error",        "error.message", "error.type",
    "message", "detail",       kUsage[0],      kUsage[1],       kUsage[2],
    kUsage[3], kStartUsage[0], kStartUsage[1], kStartUsage[2],  kStartUsage[3]};

/// Of the events that begin a block and add to it.
constexpr std::array<std::string_view, 4> kBlockPaths{"content_block.type", "delta.text",
                                                      "delta.thinking", "delta.partial_json"};

void readUsage(const JsonMemberReader& members, const UsagePaths& paths, Usage& out) {
    const std::array counts{&out.input, &out.output, &out.cacheRead, &out.cacheWritten};
    for (std::size_t i = 0; i < paths.size(); ++i)
        if (const auto count = members.count(paths[i])) *counts[i] = count;
}

/// The API's own form first, then those of gateways: `{"error":"…"}`, `{"message":"…"}`,
/// `{"detail":"…"}`; last the type of an error without a message.
QByteArray errorText(const JsonMemberReader& members) {
    for (const std::string_view path :
         {"error", "error.message", "message", "detail", "error.type"})
        if (const QByteArray text = members.text(path); !text.isEmpty()) return text;
    return {};
}

bool isTelling(QByteArrayView type) {
    return type == "message_start" || type == "message_delta" || type == "message_stop" ||
           type == "error";
}

bool isOfBlock(QByteArrayView type) {
    return type == "content_block_start" || type == "content_block_delta";
}

StreamProgress::Block blockOf(QByteArrayView type) {
    if (type == "text") return StreamProgress::Block::Text;
    if (type == "thinking" || type == "redacted_thinking") return StreamProgress::Block::Thinking;
    const bool isCall = type == "tool_use" || type == "server_tool_use" || type == "mcp_tool_use";
    return isCall ? StreamProgress::Block::ToolCall : StreamProgress::Block::None;
}

/// The string of a delta with its quotes, where the event is written as the API writes it: compact,
/// that member last. Inside a string a quote has a backslash before it, so that no pattern here
/// can stand in one. Empty otherwise. A third of the time that a JsonMemberReader takes.
QByteArrayView compactDelta(QByteArrayView data) {
    const qsizetype end = data.lastIndexOf('"');
    if (end < 0 || data.sliced(end + 1) != "}}") return {};
    for (const QByteArrayView member :
         {QByteArrayView("\"text\":\""), QByteArrayView("\"thinking\":\""),
          QByteArrayView("\"partial_json\":\"")}) {
        const qsizetype at = data.indexOf(member);
        if (at < 0) continue;
        const qsizetype start = at + member.size() - 1;
        const bool isLast = start < end && data.indexOf("\",\"", start) < 0;
        return isLast ? data.sliced(start, end - start + 1) : QByteArrayView();
    }
    return {};
}

} // namespace

MessagesResponseReader::MessagesResponseReader(bool isEventStream)
    : m_sse(kMaxEventData) {
    if (!isEventStream) m_body.emplace(kPaths);
}

void MessagesResponseReader::feed(QByteArrayView bytes) {
    if (m_body) {
        m_body->feed(bytes);
        return;
    }
    for (const SseEvent& event : m_sse.feed(bytes))
        take(event);
}

void MessagesResponseReader::finish() {
    using State = JsonMemberReader::State;
    if (!m_body || m_body->state() == State::Malformed || m_body->state() == State::TooDeep) return;
    readUsage(*m_body, kUsage, m_usage);
    if (const auto count = m_body->count("input_tokens")) m_usage.input = count;
    if (m_body->text("type") != "message") m_errorMessage = errorText(*m_body);
}

void MessagesResponseReader::take(const SseEvent& event) {
    using State = JsonMemberReader::State;
    ++m_events;
    // Clients stop at an error; what comes after it is no part of the message.
    if (m_hasErrorEvent) return;
    // Some gateways send no `event` line, which is the same as "message" (WHATWG HTML 9.2.6).
    const bool isNamed = !event.type.isEmpty() && event.type != "message";
    if (isNamed && !isTelling(event.type)) return takeBlock(event.type, event.data);
    JsonMemberReader members(kPaths);
    members.feed(event.data);
    const QByteArray type = isNamed ? event.type : members.text("type");
    if (!isNamed && isOfBlock(type)) return takeBlock(type, event.data);
    m_sawEnd = m_sawEnd || type == "message_stop";
    if (type == "error") takeError(members, event.data);
    const bool isCut = event.data.size() >= kMaxEventData;
    if (members.state() != State::Whole && !(isCut && members.state() == State::Open)) return;
    if (type == "message_start") readUsage(members, kStartUsage, m_usage);
    if (type == "message_delta") readUsage(members, kUsage, m_usage);
}

void MessagesResponseReader::takeBlock(const QByteArray& type, QByteArrayView data) {
    if (!isOfBlock(type)) return;
    const bool isDelta = type == "content_block_delta";
    if (const auto text = isDelta ? compactDelta(data) : QByteArrayView(); !text.isEmpty()) {
        takeDelta(text);
        return;
    }
    JsonMemberReader members(kBlockPaths);
    members.feed(data);
    if (!isDelta) {
        m_block = blockOf(members.text("content_block.type"));
        return;
    }
    for (const std::string_view path : {"delta.text", "delta.thinking", "delta.partial_json"}) {
        const JsonMemberReader::Place& place = members.place(path);
        if (!place.isString || place.end <= place.begin) continue;
        takeDelta(data.sliced(place.begin, place.end - place.begin));
    }
}

void MessagesResponseReader::takeDelta(QByteArrayView literal) {
    m_output.feed(literal);
    m_hasOutput = true;
    if (m_deltaCallback) m_deltaCallback(literal);
}

StreamProgress MessagesResponseReader::progress() const {
    return {m_block, m_hasOutput ? m_output.tokens() : 0};
}

void MessagesResponseReader::takeError(const JsonMemberReader& members, QByteArrayView data) {
    m_sawEnd = true;
    m_hasErrorEvent = true;
    m_errorMessage = errorText(members);
    if (m_errorMessage.isEmpty() && members.state() != JsonMemberReader::State::Whole)
        m_errorMessage = data.first(std::min(data.size(), JsonMemberReader::kMaxCaptured))
                             .trimmed()
                             .toByteArray();
}

} // namespace sallyport
