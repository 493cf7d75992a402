// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/settingsedit.h"
#include "core/doctor/checkid.h"

#include <QMetaType>
#include <QString>

#include <optional>
#include <vector>

namespace sallyport {

enum class CheckState {
    Ok,
    Warning, ///< works, or may work, but not as it should
    Fault,   ///< something does not work
    NotChecked,
};

/// What a result rests on. Holds no secret.
struct CheckEvidence {
    QString text;
    QString file; ///< absolute; empty when it is not in a file
    int line = 0; ///< from 1; 0 when the file as a whole is meant

    /// `text (FILE:LINE)`.
    [[nodiscard]] QString toString() const {
        if (file.isEmpty()) return text;
        const QString place = line > 0 ? QString(file + u':' + QString::number(line)) : file;
        return text.isEmpty() ? place : QString(text + QLatin1String(" (") + place + u')');
    }
    friend bool operator==(const CheckEvidence&, const CheckEvidence&) = default;
};

/// A change that mends what a check found. All of them are taken back by `sallyport env undo`, but
/// for the one that is that undo.
struct CheckFix {
    enum class Kind {
        SetSettings,    ///< keys of the user's `settings.json`
        SetClientState, ///< keys of `.claude.json`
        Undo,           ///< what `sallyport env undo` does
    };
    Kind kind = Kind::SetSettings;
    QString summary;             ///< what is done, for a button's tool tip and the command line
    std::vector<WantedKey> keys; ///< values may be secret
};

struct CheckResult {
    CheckId id = CheckId::ClientVersion;
    CheckState state = CheckState::NotChecked;
    QString sentence; ///< what was found and, where something is wrong, the way out
    std::vector<CheckEvidence> evidence{};
    std::optional<CheckFix> fix{};

    [[nodiscard]] bool isFinding() const {
        return state == CheckState::Warning || state == CheckState::Fault;
    }
};

} // namespace sallyport

Q_DECLARE_METATYPE(sallyport::CheckResult)
