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

QByteArray whole(const SandboxAnswer& answer) {
    QByteArray all;
    for (const SandboxPiece& piece : answer.pieces)
        all += piece.octets;
    return all;
}

void readRequest(QByteArrayView content, qsizetype cut) {
    const MessagesRequestFacts facts = readMessagesRequest(content);
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
    const MessagesRequestFacts facts = readMessagesRequest(content);
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

void readAnswer(QByteArrayView content, qsizetype cut, bool isEventStream) {
    MessagesAnswerReader one(isEventStream);
    one.feed(content);
    one.finish();
    MessagesAnswerReader two(isEventStream);
    two.feed(content.first(cut));
    two.feed(content.sliced(cut));
    two.finish();
    require(one.usage() == two.usage(), "a cut does not change the usage");
    require(one.errorMessage() == two.errorMessage(), "a cut does not change the error");
    require(one.events() == two.events(), "a cut does not change the count of events");
    require(one.sawEnd() == two.sawEnd(), "a cut does not change the end");
}

void askSandbox(const char* path, QByteArrayView content) {
    const SandboxAnswer answer = sandboxAnswer("POST", path, content);
    require(answer.status == 200 || answer.status == 400 || answer.status == 404 ||
                answer.status == 405,
            "the sandbox has few statuses");
    const QByteArray octets = whole(answer);
    require(octets == whole(sandboxAnswer("POST", path, content)), "equal requests, equal octets");
    if (!octets.startsWith("event:")) {
        const auto json = nlohmann::json::parse(octets.begin(), octets.end(), nullptr, false);
        require(json.is_object(), "an answer is JSON");
        return;
    }
    MessagesAnswerReader reader(true);
    reader.feed(octets);
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
    readAnswer(content, cut, true);
    readAnswer(content, cut, false);
    askSandbox("/v1/messages", content);
    askSandbox("/v1/messages/count_tokens", content);
    (void)sandboxAnswer("GET", content, {});
    return 0;
}
