// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/settingsedit.h"

namespace sallyport {

/// The text with our edits taken back, and what became of each key.
struct SettingsUndo {
    QByteArray text;
    std::vector<QString> restored;
    std::vector<QString> leftAlone;
};

/// Takes the steps back, last first; a key that does not hold what we wrote is left alone. Exact to
/// the byte where the neighbourhood of a key is as we left it.
[[nodiscard]] Result<SettingsUndo, EditFault> withStepsUndone(const QByteArray& text,
                                                              const std::vector<EditStep>& steps);

} // namespace sallyport
