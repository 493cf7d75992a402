// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"
#include "core/history/historylimits.h"
#include "core/observe/exchangelog.h"
#include "core/observe/log.h"

namespace sallyport {

/// How much the log keeps in memory: everything for a window, fields and contents on their way to
/// the history, records for readers of events.
[[nodiscard]] ExchangeLogLimits logLimits(bool hasWindow, bool hasReaders,
                                          const Settings& settings);
/// How much the history keeps.
[[nodiscard]] HistoryLimits historyLimits(const Settings& settings);
/// The level of `log.level`.
[[nodiscard]] log::Level levelOf(LogLevel level);

} // namespace sallyport
