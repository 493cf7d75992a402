// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/checkresult.h"
#include "core/doctor/localreading.h"

namespace sallyport {

/// `listener`: Sallyport runs and answers; else who holds its port.
[[nodiscard]] CheckResult checkListener(const ListenerReading& listener);
/// `settings-address`: the base URL or the proxy that Claude Code uses is where Sallyport listens
/// now. Fixes: connect, or take back what points at a listener that is gone.
[[nodiscard]] CheckResult checkSettingsAddress(const LocalReading& local);

/// Whether Claude Code's base URL, or else its proxy, leads to the running Sallyport.
[[nodiscard]] bool isConnected(const LocalReading& local);
/// The fix that writes all keys of a connection; nothing where they cannot be made.
[[nodiscard]] std::optional<CheckFix> connectFix(const ConnectionReading& connection);
/// The fix that sets one variable of the user's settings; nothing where Claude Code would not read
/// it.
[[nodiscard]] std::optional<CheckFix> variableFix(const ConnectionReading& connection,
                                                  const QByteArray& name, const QByteArray& value);
/// What a fix cannot change: the file of a value that wins over the user's settings.
[[nodiscard]] QString strongerText(const SettingValue& value);

} // namespace sallyport
