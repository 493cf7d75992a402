// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/clienttarget.h"
#include "core/claudecode/connectreport.h"

#include <QString>

namespace sallyport {

/// What a target is called on screens.
[[nodiscard]] QString targetTitle(ClientTarget target);
/// What connecting it does, and when that takes effect.
[[nodiscard]] QString targetText(ClientTarget target);
/// `connected`, `not connected`, `changed since`, `blocked`: the status of a whole target.
[[nodiscard]] QString targetStateText(const ConnectStatus& status);
/// What is to be done after apply for it to take effect.
[[nodiscard]] QString afterConnectText(ClientTarget target);

} // namespace sallyport
