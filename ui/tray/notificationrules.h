// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/engine.h"
#include "ui/connect/claudecodestate.h"

#include <QString>

#include <optional>

namespace sallyport {

/// What a notification may be about.
enum class NotificationKind {
    PortTaken,
    CredentialRefused, ///< the upstream answered 401 or 403
    UpstreamDown,      ///< a breaker opened, a target is passed over
    SettingsChanged,   ///< Claude Code's settings no longer lead here, and it was not us
};

struct Notification {
    NotificationKind kind = NotificationKind::PortTaken;
    QString title;
    QString text;
    friend bool operator==(const Notification&, const Notification&) = default;
};

/// What a new state of the listener is worth saying.
[[nodiscard]] std::optional<Notification> notificationFor(const EngineStatus& before,
                                                          const EngineStatus& after);
/// The same of an exchange that has ended.
[[nodiscard]] std::optional<Notification> notificationFor(const ExchangeRecord& record);
/// The same of Claude Code's settings; `isOurs`: Sallyport has changed them itself.
[[nodiscard]] std::optional<Notification>
notificationFor(const ClaudeCodeState& before, const ClaudeCodeState& after, bool isOurs);

} // namespace sallyport
