// SPDX-License-Identifier: MIT
#include "core/anthropic/messagebuilder.h"

#include "core/anthropic/jsonvaluereader.h"
#include "core/anthropic/lossyutf8.h"

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

constexpr QLatin1String kType("type");
constexpr QLatin1String kUsage("usage");
constexpr QLatin1String kDelta("delta");
constexpr QLatin1String kError("error");
constexpr QLatin1String kContent("content");

/// Members of a message that a message_delta replaces, also by their absence.
constexpr std::array kStops{QLatin1String("stop_reason"), QLatin1String("stop_sequence"),
                            QLatin1String("stop_details")};
/// Counts that are totals of the whole message: given where they apply.
constexpr std::array kTotals{
    QLatin1String("input_tokens"),
    QLatin1String("cache_creation_input_tokens"),
    QLatin1String("cache_read_input_tokens"),
    QLatin1String("server_tool_use"),
    QLatin1String("output_tokens_details"),
    QLatin1String("iterations"),
    QLatin1String("fallback_credit"),
};
/// Members of a message_delta that go into the message where they apply.
constexpr std::array kAdditions{QLatin1String("context_management"),
                                QLatin1String("input_transformations")};

void replace(QJsonObject& into, QLatin1String name, const QJsonValue& value) {
    if (value.isUndefined())
        into.remove(name);
    else
        into.insert(name, value);
}

void insertGiven(QJsonObject& into, QLatin1String name, const QJsonValue& value) {
    if (!value.isUndefined() && !value.isNull()) into.insert(name, value);
}

QJsonObject errorOf(const QJsonObject& body, const QString& otherwise) {
    const QJsonObject given = body.value(kError).toObject();
    if (!given.isEmpty()) return given;
    const QString text = body.value(kError).toString(otherwise);
    return {{QStringLiteral("message"), text}};
}

} // namespace

MessageBuilder::MessageBuilder(bool isEventStream) {
    if (isEventStream) m_events.emplace();
}

void MessageBuilder::feed(QByteArrayView plain) {
    plain = plain.first(std::min<qint64>(plain.size(), kMaxBytes - m_bytes));
    m_bytes += plain.size();
    if (!m_events) {
        m_body.append(plain);
        return;
    }
    for (const SseEvent& event : m_events->feed(plain))
        if (!m_hasStopped) take(event);
}

void MessageBuilder::take(const SseEvent& event) {
    if (event.type == "ping" || event.data.isEmpty()) return;
    if (event.type == "error") {
        takeError(event);
        return;
    }
    const auto parsed = parseJsonValue(decodedLossily(event.data));
    if (!parsed) {
        m_hasStopped = true;
        return;
    }
    const QJsonObject object = parsed->toObject();
    const QString type = object.value(kType).toString();
    if (type == QLatin1String("error") && event.type.isEmpty()) {
        takeError(event);
    } else if (type == QLatin1String("message_start")) {
        m_hasStopped = m_message.has_value();
        if (m_hasStopped) return;
        m_message = object.value(QLatin1String("message")).toObject();
        const QJsonArray blocks = m_message->take(kContent).toArray();
        for (const auto& block : blocks)
            m_blocks.emplace_back(block.toObject());
    } else if (!m_message) {
        return;
    } else if (type == QLatin1String("content_block_start")) {
        takeBlock(object.value(QLatin1String("content_block")).toObject());
    } else if (type == QLatin1String("content_block_delta")) {
        takeBlockDelta(object);
    } else if (type == QLatin1String("message_delta")) {
        takeMessageDelta(object);
    } else if (type == QLatin1String("message_stop")) {
        m_isWhole = true;
    }
}

void MessageBuilder::takeError(const SseEvent& event) {
    m_hasStopped = true;
    const QString text = decodedLossily(event.data);
    const auto parsed = parseJsonValue(text);
    m_error = errorOf(parsed ? parsed->toObject() : QJsonObject(), text.trimmed());
}

void MessageBuilder::takeBlock(const QJsonObject& block) {
    m_blocks.emplace_back(block);
    // Names the model that gives the response from here on.
    if (block.value(kType) == QLatin1String("fallback"))
        m_message->insert(
            QLatin1String("model"),
            block.value(QLatin1String("to")).toObject().value(QLatin1String("model")));
}

void MessageBuilder::takeBlockDelta(const QJsonObject& event) {
    const int index = event.value(QLatin1String("index")).toInt(-1);
    if (index < 0 || static_cast<std::size_t>(index) >= m_blocks.size()) return;
    m_blocks[static_cast<std::size_t>(index)].take(event.value(kDelta).toObject());
}

void MessageBuilder::takeMessageDelta(const QJsonObject& event) {
    const QJsonObject delta = event.value(kDelta).toObject();
    for (const QLatin1String name : kStops)
        replace(*m_message, name, delta.value(name));
    insertGiven(*m_message, QLatin1String("container"), delta.value(QLatin1String("container")));
    for (const QLatin1String name : kAdditions)
        insertGiven(*m_message, name, event.value(name));
    // A gateway may leave it out; what was known stays.
    if (!event.value(kUsage).isObject()) return;
    const QJsonObject counts = event.value(kUsage).toObject();
    QJsonObject usage = m_message->value(kUsage).toObject();
    replace(usage, QLatin1String("output_tokens"), counts.value(QLatin1String("output_tokens")));
    for (const QLatin1String name : kTotals)
        insertGiven(usage, name, counts.value(name));
    m_message->insert(kUsage, usage);
}

/// The JSON response, or what is whole of it.
QJsonObject MessageBuilder::bodyValue() const {
    const auto parsed = parseJsonValue(decodedLossily(m_body), JsonEnd::Cut);
    return parsed ? parsed->toObject() : QJsonObject();
}

QJsonObject MessageBuilder::message() const {
    if (!m_events) {
        const QJsonObject body = bodyValue();
        return body.value(kType) == QLatin1String("message") ? body : QJsonObject();
    }
    if (!m_message) return {};
    QJsonArray content;
    for (const ContentBlock& block : m_blocks)
        content.append(block.object());
    QJsonObject out = *m_message;
    out.insert(kContent, content);
    return out;
}

bool MessageBuilder::isWhole() const {
    return m_events ? m_isWhole : parseJsonValue(decodedLossily(m_body)).isOk();
}

QJsonObject MessageBuilder::error() const {
    if (m_events) return m_error;
    const QJsonObject body = bodyValue();
    return body.value(kType) == QLatin1String("error") ? errorOf(body, QString()) : QJsonObject();
}

} // namespace sallyport
