// SPDX-License-Identifier: MIT
#include "core/anthropic/limitedjsonparser.h"
#include "core/anthropic/modelecho.h"
#include "core/anthropic/modelrename.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace sallyport;

namespace {

const std::vector<ModelRule> kRules{{"a*", "other"}, {"*", "\"\\\x01"}};

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

struct Renamed {
    QByteArray content;
    qint64 growth = 0;
    ModelRename::State state = ModelRename::State::Looking;
    QByteArray sent;
};

Renamed rename(QByteArrayView content, qsizetype cut) {
    ModelRename rename(kRules);
    Renamed out;
    out.content += rename.feed(content.first(cut));
    out.content += rename.feed(content.sliced(cut));
    out.content += rename.finish();
    out.growth = rename.growth();
    out.state = rename.state();
    out.sent = rename.sent();
    return out;
}

/// What is JSON before is JSON after, and differs in its model alone.
void compareTrees(QByteArrayView content, const Renamed& out) {
    auto before = parseBoundedJson(content);
    if (!before || !before->is_object()) return;
    const auto after = parseBoundedJson(out.content);
    require(after.isOk(), "a renamed object is JSON");
    if (!out.sent.isEmpty()) (*before)["model"] = out.sent.toStdString();
    require(*before == *after, "nothing but the model changes");
}

QByteArray echo(QByteArrayView content, qsizetype cut, bool isEventStream) {
    ModelEcho echo("asked", isEventStream);
    QByteArray out;
    out += echo.feed(content.first(cut));
    out += echo.feed(content.sliced(cut));
    out += echo.finish();
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) return 0;
    const QByteArrayView content(data + 1, static_cast<qsizetype>(size - 1));
    const qsizetype cut = content.isEmpty() ? 0 : data[0] % content.size();
    const Renamed out = rename(content, cut);
    require(out.state == rename(content, 0).state, "a cut does not change the decision");
    if (out.state == ModelRename::State::Passing) {
        require(out.content == rename(content, 0).content, "a cut does not change the content");
        require(out.content.size() == content.size() + out.growth, "the growth is exact");
        if (out.sent.isEmpty()) require(out.content == content, "without a rule it stays");
        compareTrees(content, out);
    }
    for (const bool isEventStream : {false, true})
        require(echo(content, cut, isEventStream) == echo(content, 0, isEventStream),
                "a cut does not change the echo");
    return 0;
}
