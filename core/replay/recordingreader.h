// SPDX-License-Identifier: MIT
#pragma once

#include "core/replay/recordedexchange.h"

namespace sallyport {

/// Bytes that a recording may have: it is kept in memory.
inline constexpr qsizetype kMaxRecordingBytes = qsizetype{64} * 1024 * 1024;
/// Exchanges that one may have.
inline constexpr std::size_t kMaxRecordedExchanges = 10'000;

/// The exchanges of a recording in their order, at least one: JSON lines of `sallyport log --json`,
/// or an HTTP Archive 1.2, told apart by the first line. The error names the line, or the entry of
/// an archive. Pure.
[[nodiscard]] Result<std::vector<RecordedExchange>, RecordingError>
readRecording(const QByteArray& bytes);

} // namespace sallyport
