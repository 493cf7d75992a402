// SPDX-License-Identifier: MIT
#include "core/replay/messageevents.h"

#include <QString>

#include <algorithm>

namespace sallyport {

namespace {

using Json = nlohmann::json;

/// A member of a block that a stream gives in deltas.
struct Streamed {
    const char* block;  ///< type of the block
    const char* member; ///< of the block and of the delta
    const char* delta;  ///< type of the delta
};
constexpr Streamed kStreamed[] = {{"text", "text", "text_delta"},
                                  {"thinking", "thinking", "thinking_delta"},
                                  {"thinking", "signature", "signature_delta"}};

QByteArray eventOf(const Json& data) {
    const auto type = data.value("type", std::string());
    return QByteArray(
        "event: " + QByteArray::fromStdString(type) + "\ndata: " +
        QByteArray::fromStdString(data.dump(-1, ' ', false, Json::error_handler_t::replace)) +
        "\n\n");
}

/// `text` in at most `count` parts of about equal length; no character is cut.
std::vector<std::string> partsOf(const std::string& text, std::size_t count) {
    const QString whole = QString::fromStdString(text);
    const auto parts = static_cast<qsizetype>(std::max<std::size_t>(count, 1));
    const qsizetype length = std::max<qsizetype>((whole.size() + parts - 1) / parts, 1);
    std::vector<std::string> out;
    for (qsizetype at = 0; at < whole.size();) {
        qsizetype end = std::min(at + length, whole.size());
        if (end < whole.size() && whole[end - 1].isHighSurrogate()) ++end;
        out.push_back(whole.sliced(at, end - at).toStdString());
        at = end;
    }
    return out;
}

class Writer {
public:
    explicit Writer(const Json& message, std::size_t wanted)
        : m_message(message)
        , m_blocks(message.value("content", Json::array())) {
        // message_start, message_delta and message_stop; start and stop of each block.
        const std::size_t fixed = 3 + 2 * m_blocks.size();
        m_deltas = wanted > fixed ? wanted - fixed : m_blocks.size();
        for (const Json& block : m_blocks)
            m_length += textOf(block).size();
    }

    std::vector<QByteArray> events() {
        Json start = m_message;
        start["content"] = Json::array();
        start["stop_reason"] = nullptr;
        start["stop_sequence"] = nullptr;
        add({{"type", "message_start"}, {"message", start}});
        for (std::size_t i = 0; i < m_blocks.size(); ++i)
            if (m_blocks[i].is_object()) addBlock(i, m_blocks[i]);
        Json delta = {{"type", "message_delta"},
                      {"delta",
                       {{"stop_reason", m_message.value("stop_reason", Json())},
                        {"stop_sequence", m_message.value("stop_sequence", Json())}}}};
        if (m_message.contains("usage")) delta["usage"] = m_message["usage"];
        add(delta);
        add({{"type", "message_stop"}});
        return std::move(m_events);
    }

private:
    void add(const Json& event) { m_events.push_back(eventOf(event)); }

    [[nodiscard]] static bool isCall(const Json& block) { return block.contains("input"); }
    [[nodiscard]] static std::string memberOf(const Json& block, const char* name) {
        const auto found = block.find(name);
        return found != block.end() && found->is_string() ? found->get<std::string>()
                                                          : std::string();
    }
    /// All that the deltas of a block hold.
    [[nodiscard]] static std::string textOf(const Json& block) {
        if (!block.is_object()) return {};
        if (isCall(block))
            return block["input"].dump(-1, ' ', false, Json::error_handler_t::replace);
        std::string all;
        for (const Streamed& each : kStreamed)
            if (memberOf(block, "type") == each.block) all += memberOf(block, each.member);
        return all;
    }

    void addDeltas(std::size_t index, const Streamed& what, const std::string& text) {
        const std::size_t share = m_length > 0 ? m_deltas * text.size() / m_length : 1;
        for (const std::string& part : partsOf(text, share))
            add({{"type", "content_block_delta"},
                 {"index", index},
                 {"delta", {{"type", what.delta}, {what.member, part}}}});
    }

    void addBlock(std::size_t index, const Json& block) {
        Json start = block;
        if (isCall(block)) start["input"] = Json::object();
        for (const Streamed& each : kStreamed)
            if (memberOf(block, "type") == each.block) start[each.member] = "";
        add({{"type", "content_block_start"}, {"index", index}, {"content_block", start}});
        if (isCall(block)) {
            addDeltas(index, {"", "partial_json", "input_json_delta"}, textOf(block));
        } else {
            for (const Streamed& each : kStreamed)
                if (memberOf(block, "type") == each.block)
                    addDeltas(index, each, memberOf(block, each.member));
        }
        add({{"type", "content_block_stop"}, {"index", index}});
    }

    const Json& m_message;
    const Json m_blocks;
    std::size_t m_deltas = 0;
    std::size_t m_length = 0;
    std::vector<QByteArray> m_events;
};

} // namespace

std::vector<QByteArray> messageEvents(const nlohmann::json& message, std::size_t wanted) {
    return Writer(message, wanted).events();
}

} // namespace sallyport
