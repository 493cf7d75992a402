// SPDX-License-Identifier: MIT
#include "core/anthropic/limitedjsonparser.h"

#include "core/support/jsonlimits.h"

namespace sallyport {

Result<nlohmann::json, JsonFault> parseBoundedJson(QByteArrayView text) {
    using Event = nlohmann::json::parse_event_t;
    bool isTooDeep = false;
    // Asked before each object and array is built; the parser itself keeps one bit for each level.
    const auto isKept = [&isTooDeep](int depth, Event event, nlohmann::json&) {
        const bool isStart = event == Event::object_start || event == Event::array_start;
        isTooDeep = isTooDeep || (isStart && depth >= kMaxJsonDepth);
        return !isTooDeep;
    };
    auto tree = nlohmann::json::parse(text.begin(), text.end(), isKept, false);
    if (isTooDeep) return Failure{JsonFault::TooDeep};
    if (tree.is_discarded()) return Failure{JsonFault::Malformed};
    return tree;
}

} // namespace sallyport
