// SPDX-License-Identifier: MIT
#include "core/anthropic/sandboxmessage.h"

#include <QCryptographicHash>

#include <algorithm>

namespace sallyport::sandbox {

namespace {

using nlohmann::ordered_json;
using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{150};
constexpr milliseconds kWholePause{400};
constexpr int kShortestPause = 15;
constexpr int kLongestPause = 40;

/// One content block of the response, in the pieces that a stream gives it in.
struct Block {
    std::optional<ToolCall> tool; ///< none: a text block
    std::string id;               ///< of the tool call
    std::vector<std::string> pieces;
};

struct Message {
    ordered_json head; ///< the message object without content and ending
    std::vector<Block> blocks;
    const char* stopReason = "end_turn";
    qint64 outputTokens = 0;
};

std::string dumped(const ordered_json& value) {
    return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string textFor(const Request& request) {
    const std::string note = "This is the sandbox of Sallyport, on this machine: nothing left it "
                             "and nothing was charged. ";
    if (request.toolResult)
        return note + "The tool answered, and its result came back through the gate: \"" +
               request.toolResult->trimmed().toStdString() +
               "\". One tool turn is all that the sandbox does.";
    if (request.toolCall)
        return note + "You asked for a tool, so here is one call of " + request.toolCall->name +
               ".";
    std::string text =
        note + "Your request came through whole: " + std::to_string(request.messages) +
        " message(s) and " + std::to_string(request.tools) + " tool(s), about " +
        std::to_string(request.inputTokens) + " tokens, for the model " + request.model + ".\n\n";
    if (!request.missingTool.empty())
        text += "You asked for the tool " + request.missingTool +
                ", which this request does not offer.\n\n";
    return text + "For real answers give Sallyport your gateway: choose \"Set up gateway\" in its "
                  "window, or add an upstream with its url and credential to routes.yaml and name "
                  "it in the route. To see a tool call, ask: sandbox: use tool Bash";
}

/// One to three words each, blanks with the word before them.
std::vector<std::string> piecesOfText(const std::string& text, Seed& seed) {
    constexpr int kMostWords = 3;
    std::vector<std::string> pieces;
    std::size_t from = 0;
    while (from < text.size()) {
        std::size_t end = from;
        for (int words = seed.between(1, kMostWords); words > 0 && end < text.size(); --words) {
            end = text.find(' ', end);
            end = end == std::string::npos ? text.size() : end + 1;
        }
        pieces.push_back(text.substr(from, end - from));
        from = end;
    }
    return pieces;
}

std::vector<std::string> piecesOfInput(const ordered_json& input, Seed& seed) {
    // ASCII only, so that a cut anywhere leaves two strings.
    const std::string text = input.dump(-1, ' ', true, ordered_json::error_handler_t::replace);
    std::vector<std::string> pieces;
    for (std::size_t from = 0; from < text.size();) {
        constexpr int kShortest = 6;
        constexpr int kLongest = 18;
        const auto size = static_cast<std::size_t>(seed.between(kShortest, kLongest));
        pieces.push_back(text.substr(from, size));
        from += size;
    }
    return pieces;
}

ordered_json usageOf(const Request& request, qint64 outputTokens) {
    return {{"input_tokens", request.inputTokens},
            {"cache_creation_input_tokens", 0},
            {"cache_read_input_tokens", 0},
            {"output_tokens", outputTokens}};
}

Message composed(const Request& request, Seed& seed) {
    Message message;
    message.head = {{"id", seed.id("msg_")},
                    {"type", "message"},
                    {"role", "assistant"},
                    {"model", request.model},
                    {"content", ordered_json::array()}};
    Block text{{}, {}, piecesOfText(textFor(request), seed)};
    const auto most = static_cast<std::size_t>(request.maxTokens);
    if (!request.toolCall && text.pieces.size() > most) {
        text.pieces.resize(most);
        message.stopReason = "max_tokens";
    }
    message.blocks.push_back(std::move(text));
    if (request.toolCall) {
        message.blocks.push_back(
            {request.toolCall, seed.id("toolu_"), piecesOfInput(request.toolCall->input, seed)});
        message.stopReason = "tool_use";
    }
    for (const Block& block : message.blocks)
        message.outputTokens += static_cast<qint64>(block.pieces.size());
    return message;
}

ordered_json blockObject(const Block& block) {
    if (block.tool)
        return {{"type", "tool_use"},
                {"id", block.id},
                {"name", block.tool->name},
                {"input", block.tool->input}};
    std::string text;
    for (const std::string& piece : block.pieces)
        text += piece;
    return {{"type", "text"}, {"text", text}};
}

QByteArray event(const ordered_json& object) {
    return QByteArray::fromStdString("event: " + object.at("type").get<std::string>() +
                                     "\ndata: " + dumped(object) + "\n\n");
}

QByteArray blockStart(const Block& block, std::size_t index) {
    ordered_json start = blockObject(block);
    start[block.tool ? "input" : "text"] = block.tool ? ordered_json::object() : ordered_json("");
    return event({{"type", "content_block_start"}, {"index", index}, {"content_block", start}});
}

QByteArray blockDelta(const Block& block, std::size_t index, const std::string& piece) {
    const ordered_json delta =
        block.tool ? ordered_json{{"type", "input_json_delta"}, {"partial_json", piece}}
                   : ordered_json{{"type", "text_delta"}, {"text", piece}};
    return event({{"type", "content_block_delta"}, {"index", index}, {"delta", delta}});
}

SandboxResponse streamed(const Request& request, const Message& message, Seed& seed) {
    SandboxResponse response;
    response.fields = {{"Content-Type", "text/event-stream; charset=utf-8"},
                       {"Cache-Control", "no-cache"}};
    ordered_json head = message.head;
    head["stop_reason"] = nullptr;
    head["stop_sequence"] = nullptr;
    head["usage"] = usageOf(request, 1);
    // What has no pause of its own leaves with the piece before it.
    response.pieces.push_back({kFirstPause, event({{"type", "message_start"}, {"message", head}})});
    for (std::size_t i = 0; i < message.blocks.size(); ++i) {
        const Block& block = message.blocks[i];
        response.pieces.back().bytes += blockStart(block, i);
        if (i == 0) response.pieces.back().bytes += event({{"type", "ping"}});
        for (const std::string& piece : block.pieces)
            response.pieces.push_back({milliseconds(seed.between(kShortestPause, kLongestPause)),
                                       blockDelta(block, i, piece)});
        response.pieces.back().bytes += event({{"type", "content_block_stop"}, {"index", i}});
    }
    const ordered_json ending{{"stop_reason", message.stopReason}, {"stop_sequence", nullptr}};
    response.pieces.push_back(
        {milliseconds(kShortestPause), event({{"type", "message_delta"},
                                              {"delta", ending},
                                              {"usage", usageOf(request, message.outputTokens)}})});
    response.pieces.back().bytes += event({{"type", "message_stop"}});
    return response;
}

} // namespace

Seed::Seed(QByteArrayView request)
    : m_digest(QCryptographicHash::hash(request.toByteArray(), QCryptographicHash::Sha256).toHex())
    , m_state(m_digest.left(15).toULongLong(nullptr, 16) | 1U) {}

std::string Seed::id(const char* prefix) const {
    constexpr qsizetype kDigits = 20;
    return prefix + m_digest.right(kDigits).toStdString();
}

int Seed::between(int low, int high) {
    // xorshift64: needs to look uneven, not to be random.
    m_state ^= m_state << 13U;
    m_state ^= m_state >> 7U;
    m_state ^= m_state << 17U;
    return low + static_cast<int>(m_state % static_cast<quint64>(high - low + 1));
}

SandboxResponse jsonResponse(int status, const ordered_json& body, milliseconds after) {
    SandboxResponse response;
    response.status = status;
    response.fields = {{"Content-Type", "application/json"}};
    response.pieces.push_back({after, QByteArray::fromStdString(dumped(body))});
    return response;
}

SandboxResponse messageResponse(const Request& request, Seed seed) {
    const Message message = composed(request, seed);
    if (request.wantsStream) return streamed(request, message, seed);
    ordered_json body = message.head;
    for (const Block& block : message.blocks)
        body["content"].push_back(blockObject(block));
    body["stop_reason"] = message.stopReason;
    body["stop_sequence"] = nullptr;
    body["usage"] = usageOf(request, message.outputTokens);
    return jsonResponse(200, body, kWholePause);
}

} // namespace sallyport::sandbox
