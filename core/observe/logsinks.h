// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QString>

#include <memory>

namespace spdlog::sinks {
class sink;
}

namespace sallyport::log {

/// Standard error: each line at once on a terminal, buffered (up to 32 KiB, until flushed) when it
/// is a file or a pipe, for a write per line costs more than all else about a line.
[[nodiscard]] std::shared_ptr<spdlog::sinks::sink> makeConsoleSink();
/// A rotating file, 0600 from its first moment on, not inherited by programs that we start.
[[nodiscard]] Result<std::shared_ptr<spdlog::sinks::sink>, QString>
makeFileSink(const QString& path);

} // namespace sallyport::log
