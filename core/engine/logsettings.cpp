// SPDX-License-Identifier: MIT
#include "core/engine/logsettings.h"

namespace sallyport {

ExchangeLogLimits logLimits(bool hasWindow, bool hasReaders, const Settings& settings) {
    const HistorySettings& history = settings.history;
    const bool keepsHistory = history.isEnabled && history.bodies.count() > 0;
    ExchangeLogLimits limits;
    limits.keepsBodies = (hasWindow || keepsHistory) && settings.captureBodies;
    limits.keepsFields = hasWindow || keepsHistory;
    limits.isAsked = !hasWindow && !hasReaders;
    limits.bodyPerMessage = settings.captureMaxBody;
    // No one reads them: enough for what is still running, small enough to stay in the CPU cache.
    if (!hasWindow && !hasReaders) limits.records = 64;
    return limits;
}

HistoryLimits historyLimits(const Settings& settings) {
    const HistorySettings& history = settings.history;
    return {history.isEnabled, history.metadata, history.bodies, history.maxSize};
}

log::Level levelOf(LogLevel level) {
    switch (level) {
    case LogLevel::Trace: return log::Level::Trace;
    case LogLevel::Debug: return log::Level::Debug;
    case LogLevel::Info: return log::Level::Info;
    case LogLevel::Warn: return log::Level::Warn;
    case LogLevel::Error: return log::Level::Error;
    }
    Q_UNREACHABLE();
}

} // namespace sallyport
