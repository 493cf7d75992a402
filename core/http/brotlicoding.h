// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/coding.h"

#include <memory>

namespace sallyport {

/// RFC 7932.
[[nodiscard]] std::unique_ptr<Coding> makeBrotliCoding();

} // namespace sallyport
