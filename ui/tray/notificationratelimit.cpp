// SPDX-License-Identifier: MIT
#include "ui/tray/notificationratelimit.h"

#include <chrono>

namespace sallyport {

namespace {

constexpr std::chrono::seconds kInterval{60};

} // namespace

bool NotificationRateLimit::passes(NotificationKind kind, Monotonic now) {
    const auto last = m_last.find(kind);
    if (last != m_last.end() && now - last->second < kInterval) return false;
    m_last[kind] = now;
    return true;
}

} // namespace sallyport
