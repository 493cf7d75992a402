// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/settingsconnector.h"
#include "core/claudecode/settingsedit.h"

namespace sallyport {

/// What a person is told about a settings file that cannot be edited as it is. `snippet` is what
/// they may paste instead.
[[nodiscard]] ConnectError faultError(const QString& file, const EditFault& fault,
                                      const QString& snippet);

/// The same for a file or folder that cannot be written; `reason` is a sentence.
[[nodiscard]] ConnectError unwritableError(const QString& file, const QString& reason,
                                           const QString& snippet);

} // namespace sallyport
