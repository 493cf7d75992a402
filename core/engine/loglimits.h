// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"
#include "core/observe/exchangelog.h"
#include "core/observe/log.h"

namespace sallyport {

/// How much the log keeps: everything for a window, records for readers of events.
[[nodiscard]] ExchangeLogLimits logLimits(bool hasWindow, bool hasReaders,
                                          const Settings& settings);
/// The level of `log.level`.
[[nodiscard]] log::Level levelOf(LogLevel level);

} // namespace sallyport
