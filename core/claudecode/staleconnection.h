// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/settingsedit.h"

namespace sallyport {

/// A settings text from which an earlier connection has been taken back.
struct StaleConnection {
    QByteArray text;
    std::vector<EditStep> steps; ///< what remains of the journal
    /// What had been set beside that connection, to be set again under the new journal.
    std::vector<WantedKey> kept;
    bool isTakenBack = false;
};

/// What has to be done before `wanted` is set: where `steps` has a key of a connection that is not
/// among them (the other mode's, a token that is no longer asked for), all that `steps` did is
/// taken back, but for what somebody else has changed since. Otherwise text and steps are as they
/// were.
[[nodiscard]] Result<StaleConnection, EditFault>
withoutStaleConnection(const QByteArray& text, const std::vector<EditStep>& steps,
                       const std::vector<WantedKey>& wanted);

} // namespace sallyport
