// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace sallyport {

/// What a command is to be pasted into.
enum class CommandShell {
    Bash,       ///< curl, for any POSIX shell
    PowerShell, ///< Invoke-WebRequest: curl.exe loses quotes of arguments in Windows PowerShell
    Cmd,        ///< curl, at the prompt of cmd.exe; a batch file needs each % twice
};

/// A command that repeats the request. Secrets are the redacted text of the record; fields that the
/// client makes itself (Host, Content-Length, …) are left out. Content that is no text goes in
/// Base64, for cmd in a file that the user has to save.
[[nodiscard]] QString commandFor(const ExchangeDetail& detail, CommandShell shell);

/// `text` in single quotes for a POSIX shell.
[[nodiscard]] QByteArray bashQuoted(QByteArrayView text);
/// In single quotes for PowerShell, which takes typographic quotes for such too.
[[nodiscard]] QString powerShellQuoted(const QString& text);
/// As one argument of a program at the prompt of cmd.exe: quoted for the C runtime, then each
/// character that means something to cmd escaped by a caret.
[[nodiscard]] QString cmdQuoted(const QString& text);

} // namespace sallyport
