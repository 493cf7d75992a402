// SPDX-License-Identifier: MIT
#include "core/anthropic/sandbox.h"
#include "core/anthropic/usage.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace sallyport;

namespace {

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

QByteArray whole(const SandboxResponse& response) {
    QByteArray all;
    for (const SandboxPiece& piece : response.pieces)
        all += piece.bytes;
    return all;
}

void readRequest(QByteArrayView content, qsizetype cut) {
    const MessagesRequestSummary facts = readMessagesRequest(content);
    require(facts.model.size() <= 256, "a model is bounded");
    MessagesRequestReader reader;
    reader.feed(content.first(cut));
    reader.feed(content.sliced(cut));
    require(reader.facts().model == facts.model, "a cut does not change the model");
    require(reader.facts().wantsStream == facts.wantsStream, "a cut does not change the stream");
}

/// What the whole JSON parser takes for a request has the same model for the scanner.
void compareWithTree(QByteArrayView content) {
    const auto json = nlohmann::json::parse(content.begin(), content.end(), nullptr, false);
    if (!json.is_object()) return;
    const MessagesRequestSummary facts = readMessagesRequest(content);
    const auto stream = json.find("stream");
    const bool wantsStream = stream != json.end() && stream->is_boolean() && stream->get<bool>();
    require(facts.wantsStream == wantsStream, "stream is what the tree says");
    const auto model = json.find("model");
    if (model == json.end() || !model->is_string()) return;
    const QByteArray expected = QByteArray::fromStdString(model->get<std::string>());
    constexpr qsizetype kSurelyWhole = 40;
    if (expected.size() <= kSurelyWhole)
        require(facts.model == expected, "the model is what the tree says");
}

void readResponse(QByteArrayView content, qsizetype cut, bool isEventStream) {
    MessagesResponseReader one(isEventStream);
    one.feed(content);
    one.finish();
    MessagesResponseReader two(isEventStream);
    two.feed(content.first(cut));
    two.feed(content.sliced(cut));
    two.finish();
    require(one.usage() == two.usage(), "a cut does not change the usage");
    require(one.errorMessage() == two.errorMessage(), "a cut does not change the error");
    require(one.events() == two.events(), "a cut does not change the count of events");
    require(one.sawEnd() == two.sawEnd(), "a cut does not change the end");
}

void askSandbox(const char* path, QByteArrayView content) {
    const SandboxResponse response = sandboxResponse("POST", path, content);
    require(response.status == 200 || response.status == 400 || response.status == 404 ||
                response.status == 405,
            "the sandbox has few statuses");
    const QByteArray bytes = whole(response);
    require(bytes == whole(sandboxResponse("POST", path, content)), "equal requests, equal bytes");
    if (!bytes.startsWith("event:")) {
        const auto json = nlohmann::json::parse(bytes.begin(), bytes.end(), nullptr, false);
        require(json.is_object(), "a response is JSON");
        return;
    }
    MessagesResponseReader reader(true);
    reader.feed(bytes);
    require(reader.sawEnd() && reader.errorMessage().isEmpty(), "a stream has its end");
    require(reader.usage().output.has_value(), "a stream tells its usage");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) return 0;
    const QByteArrayView content(data + 1, static_cast<qsizetype>(size - 1));
    const qsizetype cut = content.isEmpty() ? 0 : data[0] % content.size();
    readRequest(content, cut);
    compareWithTree(content);
    readResponse(content, cut, true);
    readResponse(content, cut, false);
    askSandbox("/v1/messages", content);
    askSandbox("/v1/messages/count_tokens", content);
    (void)sandboxResponse("GET", content, {});
    return 0;
}
