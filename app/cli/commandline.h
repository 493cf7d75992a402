// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/connecttargets.h"
#include "core/claudecode/environmentvariables.h"
#include "core/claudecode/shellassignments.h"
#include "core/doctor/checkid.h"
#include "core/support/result.h"
#include "core/transfer/importplan.h"

#include <QHostAddress>
#include <QString>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sallyport::cli {

/// Exit codes.
enum ExitCode {
    kExitDone = 0,
    kExitNo = 1,    ///< it ran, and the outcome is negative
    kExitWrong = 2, ///< used wrongly, or a bad file
    kExitPortTaken = 3,
};

enum class Command {
    Desktop, ///< no subcommand
    Serve,
    ConfigCheck,
    ConfigPresetIntranet,
    ConfigImport,
    ConfigExport,
    EnvPrint,
    EnvPlan,
    EnvApply,
    EnvStatus,
    EnvUndo,
    Run,
    CaCreate,
    CaPath,
    CaStatus,
    CaRemove,
    Doctor,
    CredentialSet,
    CredentialRemove,
    Log,
};

/// What `log` prints.
enum class LogFormat { Text, Json, Har, Csv };
struct LogOptions {
    QString filter;
    LogFormat format = LogFormat::Text;
    QString file;  ///< of Har and Csv; `-` is standard output
    int last = -1; ///< only so many; -1: all, or the last ten when it follows
    bool follows = false;
    bool clears = false;
    bool hasContents = false; ///< of Json: headers and contents as well
};

/// What `config import` takes over.
struct ImportRequest {
    QString source;        ///< a word of importOriginWord() or a file; empty: all that are found
    QStringList providers; ///< empty: all
    QString use; ///< name of the one that Claude Code's requests go to; empty: see `--use`
    KeyPlace keyPlace = KeyPlace::Keychain;
    bool isList = false;
    bool isDryRun = false;
};

/// What a command line asks for.
struct Invocation {
    Command command = Command::Desktop;
    QString configDir; ///< absolute
    QString stateDir;  ///< absolute
    std::optional<std::pair<QHostAddress, quint16>> listen;
    Shell shell = Shell::Bash;
    ConnectRequest connect;      ///< Env… and Run: the target, and what was chosen
    std::optional<EnvMode> mode; ///< as asked for
    bool isAll = false;          ///< EnvUndo only: whatever was connected
    bool createsCa = false;      ///< makes the local authority where there is none
    QString upstream;            ///< ConfigPresetIntranet only; empty: that of the routes
    bool isDryRun = false;
    bool isJson = false;
    bool isHidden = false;
    QString entry;                    ///< of the keychain: CredentialSet and CredentialRemove
    bool wantsSystemCommand = false;  ///< CaPath only
    std::optional<CheckId> fix;       ///< Doctor only
    QString bundle;                   ///< Doctor only: the file for a ticket; empty: none
    LogOptions log;                   ///< Log only
    ImportRequest importing;          ///< ConfigImport only
    std::vector<std::string> program; ///< Run only; not empty then
};

/// A command line after which nothing is run: help, version, or a mistake.
struct EarlyExit {
    int exitCode = kExitWrong;
    std::string text; ///< for standard output when exitCode is 0, else for standard error
};

/// Reads a command line, `arguments` without the program's name.
[[nodiscard]] Result<Invocation, EarlyExit> parseCommandLine(std::vector<std::string> arguments);

} // namespace sallyport::cli
