// SPDX-License-Identifier: MIT
#include "core/anthropic/sandboxrequest.h"

#include "core/anthropic/limitedjsonparser.h"
#include "core/anthropic/tokenestimator.h"
#include "core/support/ascii.h"
#include "core/support/jsonlimits.h"

#include <algorithm>

namespace sallyport::sandbox {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr qsizetype kQuotedCharacters = 200;

Failure<QString> refused(const char* message) { return Failure{QString::fromLatin1(message)}; }

QString messageFor(JsonFault fault) {
    switch (fault) {
    case JsonFault::Malformed: return QStringLiteral("The request body is not valid JSON.");
    case JsonFault::TooDeep:
        return QStringLiteral("The request body is nested deeper than %1 levels.")
            .arg(kMaxJsonDepth);
    }
    Q_UNREACHABLE();
}

const json* member(const json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::string textMember(const json& object, const char* name) {
    const json* value = member(object, name);
    return value && value->is_string() ? value->get<std::string>() : std::string();
}

/// The blocks of a message; a plain string is one text block.
std::vector<json> blocksOf(const json& message) {
    const json* content = member(message, "content");
    if (!content) return {};
    if (content->is_string()) return {json{{"type", "text"}, {"text", *content}}};
    if (!content->is_array()) return {};
    return {content->begin(), content->end()};
}

/// What the user wrote last. Claude Code puts reminders of its own in text blocks beside it.
QByteArray promptOf(const std::vector<json>& blocks) {
    for (auto block = blocks.rbegin(); block != blocks.rend(); ++block) {
        if (textMember(*block, "type") != "text") continue;
        const QByteArray text = QByteArray::fromStdString(textMember(*block, "text"));
        if (!text.trimmed().startsWith("<system-reminder>")) return text;
    }
    return {};
}

/// The last turn of the user. Claude Code puts messages of the role `system` after it.
const json& lastTurn(const json& messages) {
    const auto turn = std::find_if(messages.rbegin(), messages.rend(), [](const json& message) {
        return textMember(message, "role") != "system";
    });
    return turn == messages.rend() ? messages.back() : *turn;
}

std::optional<QString> toolResultOf(const std::vector<json>& blocks) {
    for (auto block = blocks.rbegin(); block != blocks.rend(); ++block) {
        if (textMember(*block, "type") != "tool_result") continue;
        std::string text;
        for (const json& part : blocksOf(*block))
            text += textMember(part, "text");
        return QString::fromStdString(text).left(kQuotedCharacters);
    }
    return std::nullopt;
}

bool isNameByte(char c) {
    return ascii::isDigit(c) || (ascii::toLower(c) >= 'a' && ascii::toLower(c) <= 'z') ||
           c == '_' || c == '-';
}

/// The name after `sandbox: use tool`, "*" for `use a tool`, empty when no tool is asked for.
QByteArray askedTool(const QByteArray& prompt) {
    const QByteArray lowered = ascii::lowered(prompt);
    static constexpr QByteArrayView kNamed("sandbox: use tool ");
    if (const qsizetype at = lowered.indexOf(kNamed); at >= 0) {
        const qsizetype from = at + kNamed.size();
        qsizetype end = from;
        while (end < prompt.size() && isNameByte(prompt[end]))
            ++end;
        return prompt.sliced(from, end - from);
    }
    return lowered.contains("use a tool") ? QByteArray("*") : QByteArray();
}

const json* toolNamed(const json& tools, QByteArrayView name) {
    for (const json& tool : tools)
        if (ascii::equalsIgnoreCase(QByteArray::fromStdString(textMember(tool, "name")), name))
            return &tool;
    return nullptr;
}

ordered_json valueFor(const json& schema) {
    if (const json* choices = member(schema, "enum"); choices && !choices->empty())
        return choices->front();
    const std::string type = textMember(schema, "type");
    if (type == "integer" || type == "number") return 1;
    if (type == "boolean") return false;
    if (type == "array") return ordered_json::array();
    if (type == "object") return ordered_json::object();
    return "sallyport sandbox";
}

/// Harmless input for the tools of Claude Code that everybody has, else what the schema requires.
ordered_json inputFor(const json& tool) {
    const std::string name = textMember(tool, "name");
    if (name == "Bash")
        return {{"command", "echo sallyport sandbox"},
                {"description", "Print a line for the Sallyport sandbox"}};
    if (name == "Read") return {{"file_path", "/etc/os-release"}};
    ordered_json input = ordered_json::object();
    const json* schema = member(tool, "input_schema");
    const json* required = schema ? member(*schema, "required") : nullptr;
    const json* properties = schema ? member(*schema, "properties") : nullptr;
    if (!required || !required->is_array()) return input;
    for (const json& key : *required) {
        if (!key.is_string()) continue;
        const auto text = key.get<std::string>();
        const json* property = properties ? member(*properties, text.c_str()) : nullptr;
        input[text] = valueFor(property ? *property : json());
    }
    return input;
}

void chooseTool(Request& request, const json& tools, const QByteArray& prompt) {
    const QByteArray asked = askedTool(prompt);
    if (asked.isEmpty() || !tools.is_array() || tools.empty()) return;
    const json* tool = toolNamed(tools, asked);
    if (!tool && asked == "*")
        for (const char* usual : {"Bash", "Read"})
            if (!tool) tool = toolNamed(tools, usual);
    if (!tool && asked == "*") tool = &tools.front();
    if (!tool || textMember(*tool, "name").empty()) {
        request.missingTool = asked.toStdString();
        return;
    }
    request.toolCall = ToolCall{textMember(*tool, "name"), inputFor(*tool)};
}

} // namespace

Result<Request, QString> readRequest(QByteArrayView content, RequestKind kind) {
    const auto tree = parseBoundedJson(content);
    if (!tree) return Failure{messageFor(tree.error())};
    const json& body = *tree;
    if (!body.is_object()) return refused("The request body is not a JSON object.");
    Request request;
    request.model = textMember(body, "model");
    if (request.model.empty()) return refused("model: Field required");
    const json* messages = member(body, "messages");
    if (!messages || !messages->is_array()) return refused("messages: Field required");
    if (messages->empty()) return refused("messages: at least one message is required");
    const json* maxTokens = member(body, "max_tokens");
    if (maxTokens && maxTokens->is_number_unsigned())
        request.maxTokens = static_cast<qint64>(
            std::min<std::uint64_t>(maxTokens->get<std::uint64_t>(), 1U << 30U));
    if (kind == RequestKind::Message && request.maxTokens < 1)
        return refused("max_tokens: Field required");

    const json* stream = member(body, "stream");
    request.wantsStream = stream && stream->is_boolean() && stream->get<bool>();
    TokenEstimator estimator;
    estimator.feed(content);
    request.inputTokens = estimator.tokens();
    request.messages = messages->size();
    const json* tools = member(body, "tools");
    request.tools = tools && tools->is_array() ? tools->size() : 0;
    const std::vector<json> blocks = blocksOf(lastTurn(*messages));
    request.toolResult = toolResultOf(blocks);
    // A turn with a result is never answered by another call: one tool turn, then the end.
    if (tools && !request.toolResult) chooseTool(request, *tools, promptOf(blocks));
    return request;
}

} // namespace sallyport::sandbox
