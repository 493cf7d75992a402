// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/usage.h"

#include <QString>

namespace sallyport {

/// `3,120 in · 64 out · 47,901 read from cache · 1,476 written to cache`; what is not known is left
/// out.
[[nodiscard]] QString usageText(const Usage& usage);

} // namespace sallyport
