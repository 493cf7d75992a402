// SPDX-License-Identifier: MIT
#include "core/anthropic/limitedjsonparser.h"
#include "core/anthropic/messagesrequestreader.h"
#include "core/anthropic/messagesresponsereader.h"
#include "core/anthropic/sandbox.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <optional>

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

QByteArray modelOf(QByteArrayView content, qsizetype cut) {
    MessagesRequestReader reader;
    reader.feed(content.first(cut));
    reader.feed(content.sliced(cut));
    return reader.model();
}

void readRequest(QByteArrayView content, qsizetype cut) {
    const QByteArray model = modelOf(content, 0);
    require(model.size() <= MessagesRequestReader::kMaxModel, "a model is bounded");
    require(modelOf(content, cut) == model, "a cut does not change the model");
}

/// What the whole JSON parser takes for a request has the same model for the reader.
void compareWithTree(QByteArrayView content) {
    const auto json = parseBoundedJson(content);
    if (!json || !json->is_object()) return;
    const auto model = json->find("model");
    const bool isText = model != json->end() && model->is_string();
    const QByteArray expected =
        isText ? QByteArray::fromStdString(model->get<std::string>()) : QByteArray();
    constexpr qsizetype kSurelyWhole = 40;
    if (expected.size() <= kSurelyWhole)
        require(modelOf(content, 0) == expected, "the model is what the tree says");
}

std::optional<qint64> countIn(const nlohmann::json& body, const char* name) {
    const auto usage = body.find("usage");
    if (usage == body.end() || !usage->is_object()) return {};
    const auto count = usage->find(name);
    if (count == usage->end() || !count->is_number_unsigned()) return {};
    const auto number = count->get<std::uint64_t>();
    if (number > std::uint64_t(std::numeric_limits<qint64>::max())) return {};
    return static_cast<qint64>(number);
}

/// The counts of a JSON response are those that a tree of it has.
void compareUsageWithTree(QByteArrayView content) {
    const auto json = parseBoundedJson(content);
    if (!json || !json->is_object()) return;
    MessagesResponseReader reader(false);
    reader.feed(content);
    reader.finish();
    if (const auto count = countIn(*json, "output_tokens"))
        require(reader.usage().output == count, "the output is what the tree says");
    if (const auto count = countIn(*json, "cache_read_input_tokens"))
        require(reader.usage().cacheRead == count, "the cache is what the tree says");
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
    require(one.hasErrorEvent() == two.hasErrorEvent(), "a cut does not change the error event");
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
    require(reader.sawEnd() && !reader.hasErrorEvent(), "a stream has its end");
    require(reader.usage().output.has_value(), "a stream tells its usage");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) return 0;
    const QByteArrayView content(data + 1, static_cast<qsizetype>(size - 1));
    const qsizetype cut = content.isEmpty() ? 0 : data[0] % content.size();
    readRequest(content, cut);
    compareWithTree(content);
    compareUsageWithTree(content);
    readResponse(content, cut, true);
    readResponse(content, cut, false);
    askSandbox("/v1/messages", content);
    askSandbox("/v1/messages/count_tokens", content);
    (void)sandboxResponse("GET", content, {});
    return 0;
}
