// SPDX-License-Identifier: MIT
#include "core/replay/jsonmembers.h"

#include <algorithm>
#include <string>

namespace sallyport::jsonmembers {

const nlohmann::json& member(const nlohmann::json& object, const char* name) {
    static const nlohmann::json kNone;
    if (!object.is_object()) return kNone;
    const auto found = object.find(name);
    return found == object.end() ? kNone : *found;
}

QByteArray text(const nlohmann::json& object, const char* name) {
    const nlohmann::json& value = member(object, name);
    return value.is_string() ? QByteArray::fromStdString(value.get_ref<const std::string&>())
                             : QByteArray();
}

double number(const nlohmann::json& object, const char* name) {
    constexpr double kMost = 1e15;
    const nlohmann::json& value = member(object, name);
    return value.is_number() ? std::clamp(value.get<double>(), 0.0, kMost) : 0.0;
}

} // namespace sallyport::jsonmembers
