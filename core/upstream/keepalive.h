// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"

#include <chrono>
#include <optional>

namespace sallyport {

/// For how long an idle connection may be used again after a response with these fields: the
/// `timeout` of Keep-Alive (RFC 2068 19.7.1, still sent by most servers) less a second, so that the
/// next request is there before the origin closes. Nothing without a number that can be read.
[[nodiscard]] std::optional<std::chrono::seconds> announcedIdleTime(const FieldList& fields);

} // namespace sallyport
