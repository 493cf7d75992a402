// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/coding.h"

#include <memory>

namespace sallyport {

/// RFC 8878.
[[nodiscard]] std::unique_ptr<Coding> makeZstdCoding();

} // namespace sallyport
