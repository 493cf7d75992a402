// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include "ui/connect/claudecodestate.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace sallyport {

/// Claude Code was seen in a request.
struct LastSeen {
    WallTime at{};
    QString version;
};

/// The version in a user agent of Claude Code (`claude-cli/2.1.329 (external, cli)`); empty for
/// any other client.
[[nodiscard]] QString claudeCodeVersion(QByteArrayView userAgent);
/// The later of what was known and what these records show.
[[nodiscard]] std::optional<LastSeen> latestSeen(std::optional<LastSeen> known,
                                                 const QVector<ExchangeRecord>& records);
/// `Claude Code connected · seen 3 s ago (2.1.329)`.
[[nodiscard]] QString claudeCodeText(const ClaudeCodeState& state,
                                     const std::optional<LastSeen>& seen, WallTime now);

} // namespace sallyport
