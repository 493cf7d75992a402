// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/connectchoice.h"
#include "core/claudecode/settingsedit.h"
#include "core/claudecode/textedit.h"

#include <QStringList>

#include <optional>

namespace sallyport {

/// What was done to one file, enough to take it back. Holds values of keys, secrets among
/// them: kept 0600 and never shown.
struct Journal {
    QString file; ///< resolved path of the file
    bool isFileMadeByUs = false;
    QStringList madeFolders; ///< outermost first
    std::vector<EditStep> steps;
    std::optional<TextEdit> text{};        ///< instead of steps, in a file that is no JSON
    std::optional<ConnectChoice> choice{}; ///< of the connection; nothing: only single keys
    QString proxyBefore{}; ///< that the process had which connected; may hold a password
    friend bool operator==(const Journal&, const Journal&) = default;
};

/// The journal as text, and back. The error is a clause that says what is wrong with it.
[[nodiscard]] QByteArray journalText(const Journal& journal);
[[nodiscard]] Result<Journal, QString> parseJournal(const QByteArray& text);

/// Where the journal of a settings file is kept: `<stateDir>/journal/<hash>.json`.
[[nodiscard]] QString journalFile(const QString& stateDir, const QString& settingsFile);

/// Nothing when there is none. The error is a sentence with the way out.
[[nodiscard]] Result<std::optional<Journal>, QString> readJournal(const QString& path);
/// Written whole and forced to the disk before it returns; folders made 0700, the file 0600.
[[nodiscard]] Result<Done, QString> writeJournal(const QString& path, const Journal& journal);

} // namespace sallyport
