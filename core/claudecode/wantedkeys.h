// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/environmentvariables.h"
#include "core/claudecode/settingsedit.h"

namespace sallyport {

/// The keys of a connection as a settings file is to hold them. NO_PROXY is merged with that of the
/// file when it has one (`view` of `text`), else with `processNoProxy`.
[[nodiscard]] std::vector<WantedKey> wantedKeysFor(const ClientEnvironment& environment,
                                                   const SettingsView& view, QByteArrayView text,
                                                   const QString& processNoProxy);

/// The same as a whole document, for pasting by hand. Holds the token.
[[nodiscard]] QString settingsSnippet(const ClientEnvironment& environment,
                                      const QString& processNoProxy);

} // namespace sallyport
