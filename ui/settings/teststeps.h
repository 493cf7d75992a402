// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/engine.h"

#include <QString>

namespace sallyport {

/// What the test of an upstream found, a line for each step (the name, the connection, TLS, HTTP,
/// the models): `✓`, `!` for the one that failed, `·` for those that were not reached.
[[nodiscard]] QString testStepsText(const UpstreamTestResult& result);

} // namespace sallyport
