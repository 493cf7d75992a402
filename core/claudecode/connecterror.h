// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/jsonspans.h"

#include <QString>

namespace sallyport {

struct EditFault;

/// Why a settings file was not touched.
struct ConnectError {
    QString message; ///< what, where, what to do
    QString snippet; ///< JSON to paste by hand, with the token: show, never log; may be empty
    int line = 0;    ///< of the JSON fault; 0 when none
    bool isChangedMeanwhile = false; ///< by another program, whose content stays; try again
};

/// Why a text is not JSON; a clause.
[[nodiscard]] QString jsonFaultText(jsonspans::FaultKind kind);

/// What a person is told about a settings file that cannot be edited as it is. `snippet` is what
/// they may paste instead.
[[nodiscard]] ConnectError faultError(const QString& file, const EditFault& fault,
                                      const QString& snippet);

/// The same for a file or folder that cannot be written; `reason` is a sentence.
[[nodiscard]] ConnectError unwritableError(const QString& file, const QString& reason,
                                           const QString& snippet);

} // namespace sallyport
