// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"
#include "core/observe/exchangerecord.h"

namespace sallyport::cli {

/// Runs `log`: prints the history, or follows it until SIGINT or SIGTERM. Returns the exit code.
[[nodiscard]] int runLogCommand(const Invocation& invocation);

/// A record on one line for people: time, status or end, method, URL, model, tokens, duration and
/// error. What a terminal would interpret is written as an escape.
[[nodiscard]] QString logLine(const ExchangeRecord& record);

} // namespace sallyport::cli
