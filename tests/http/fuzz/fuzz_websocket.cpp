// SPDX-License-Identifier: MIT
// The first byte of an input chooses the direction and what was agreed on.
#include "core/http/websocketreader.h"
#include "tests/http/fuzz/invariant.h"
#include "tests/http/replay.h"

using namespace sallyport;
using namespace sallyport::test;

namespace {

struct Messages {
    std::vector<WebSocketMessage> messages;
    QByteArray unreadable;
    bool isBetween = false;
    friend bool operator==(const Messages&, const Messages&) = default;
};

WebSocketTerms termsOf(unsigned choice) {
    if ((choice & 2U) == 0) return {};
    const DeflateTerms terms{(choice & 4U) != 0, 8 + static_cast<int>((choice >> 3U) & 7U)};
    return {terms, terms, {}};
}

Messages readAll(unsigned choice, const std::vector<QByteArrayView>& pieces) {
    WebSocketReader reader((choice & 1U) != 0 ? WebSocketSender::Client : WebSocketSender::Server,
                           termsOf(choice));
    Messages out;
    for (QByteArrayView piece : pieces) {
        while (auto message = reader.next(piece))
            out.messages.push_back(std::move(*message));
        require(piece.isEmpty(), "what gives no message takes all");
    }
    out.unreadable = reader.unreadable().toByteArray();
    out.isBetween = reader.isBetweenMessages();
    return out;
}

void check(const WebSocketMessage& message, quint64 input) {
    const bool isControl =
        message.kind != WebSocketKind::Text && message.kind != WebSocketKind::Binary;
    require(message.preview.size() <= WebSocketReader::kPreviewBytes, "a preview is bounded");
    require(message.bytes <= input, "no message is longer than what came");
    require(!isControl || (message.bytes <= 125 && message.frames == 1 && !message.isDeflated),
            "a control frame is one short frame");
    require(message.isDeflated || message.shown != WebSocketPreview::Unread,
            "only what is compressed can be unread");
    require(!message.closeCode || message.kind == WebSocketKind::Close, "only a close has a code");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size == 0) return 0;
    const unsigned choice = bytes[0];
    const QByteArrayView input(bytes + 1, static_cast<qsizetype>(size) - 1);
    const Messages whole = readAll(choice, {input});
    for (const WebSocketMessage& message : whole.messages)
        check(message, size);
    require(readAll(choice, cutEverywhere(input)) == whole, "byte by byte it reads the same");
    for (const qsizetype at : cutsOf(input))
        require(readAll(choice, cutAt(input, at)) == whole, "in two pieces it reads the same");
    return 0;
}
