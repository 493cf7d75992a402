// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/clock.h"
#include "ui/tray/notificationrules.h"

#include <map>

namespace sallyport {

/// Lets one of a kind pass in a minute.
class NotificationRateLimit {
public:
    [[nodiscard]] bool passes(NotificationKind kind, Monotonic now);

private:
    std::map<NotificationKind, Monotonic> m_last;
};

} // namespace sallyport
