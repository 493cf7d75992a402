// SPDX-License-Identifier: MIT
#include "core/anthropic/contentblock.h"

#include "core/anthropic/jsonvaluereader.h"

namespace sallyport {

namespace {

constexpr QLatin1String kText("text");
constexpr QLatin1String kThinking("thinking");
constexpr QLatin1String kCitations("citations");

bool isToolUse(const QString& type) {
    return type == QLatin1String("tool_use") || type == QLatin1String("server_tool_use") ||
           type == QLatin1String("mcp_tool_use");
}

/// What can be read of it so far; an empty object before that.
QJsonValue inputOf(const QString& partialJson) {
    auto input = parseJsonValue(partialJson, JsonEnd::Cut);
    return input ? *input : QJsonValue(QJsonObject());
}

} // namespace

ContentBlock::ContentBlock(const QJsonObject& start)
    : m_start(start)
    , m_type(start.value(QLatin1String("type")).toString()) {
    if (m_type == kText || m_type == kThinking) m_text = m_start.value(m_type).toString();
    if (m_type == kText) m_citations = m_start.value(kCitations).toArray();
}

void ContentBlock::take(const QJsonObject& delta) {
    const QString kind = delta.value(QLatin1String("type")).toString();
    const auto text = [&delta](const char* name) {
        return delta.value(QLatin1String(name)).toString();
    };
    if (kind == QLatin1String("text_delta") && m_type == kText)
        m_text += text("text");
    else if (kind == QLatin1String("thinking_delta") && m_type == kThinking)
        m_text += text("thinking");
    else if (kind == QLatin1String("signature_delta") && m_type == kThinking)
        m_start.insert(QLatin1String("signature"), text("signature"));
    else if (kind == QLatin1String("citations_delta") && m_type == kText)
        m_citations.append(delta.value(QLatin1String("citation")));
    else if (kind == QLatin1String("input_json_delta") && isToolUse(m_type))
        m_partialInput.append(text("partial_json"));
    else if (kind == QLatin1String("compaction_delta") && m_type == QLatin1String("compaction"))
        takeCompaction(delta);
    m_hasInputDelta = m_hasInputDelta || kind == QLatin1String("input_json_delta");
}

/// Carries the block's final value, null where compaction failed.
void ContentBlock::takeCompaction(const QJsonObject& delta) {
    m_start.insert(QLatin1String("content"), delta.value(QLatin1String("content")));
    const QLatin1String encrypted("encrypted_content");
    if (delta.contains(encrypted)) m_start.insert(encrypted, delta.value(encrypted));
}

QJsonObject ContentBlock::object() const {
    QJsonObject out = m_start;
    if (!m_text.isEmpty()) out.insert(m_type, m_text);
    if (!m_citations.isEmpty()) out.insert(kCitations, m_citations);
    // Without deltas the input is that of the start.
    if (m_hasInputDelta && isToolUse(m_type))
        out.insert(QLatin1String("input"), inputOf(m_partialInput));
    return out;
}

} // namespace sallyport
