// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArrayView>

#include <nlohmann/json.hpp>

namespace sallyport {

/// Why a text was not made a tree of.
enum class JsonFault {
    Malformed,
    TooDeep, ///< more than kMaxJsonDepth levels
};

/// The only place where a tree is built of the JSON of others. Copying, writing and comparing a
/// tree recurse, so what stands deeper than kMaxJsonDepth is not built.
[[nodiscard]] Result<nlohmann::json, JsonFault> parseBoundedJson(QByteArrayView text);

} // namespace sallyport
