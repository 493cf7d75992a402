// SPDX-License-Identifier: MIT
#include "ui/connect/targettext.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

namespace {

QString text(const char* source) { return QCoreApplication::translate("TargetText", source); }

} // namespace

QString targetTitle(ClientTarget target) {
    switch (target) {
    case ClientTarget::Session: return text(QT_TRANSLATE_NOOP("TargetText", "One terminal"));
    case ClientTarget::Claude: return text(QT_TRANSLATE_NOOP("TargetText", "Claude Code for me"));
    case ClientTarget::Project: return text(QT_TRANSLATE_NOOP("TargetText", "One project…"));
    case ClientTarget::VsCode: return text(QT_TRANSLATE_NOOP("TargetText", "VS Code"));
    case ClientTarget::Shell: return text(QT_TRANSLATE_NOOP("TargetText", "My shells"));
    case ClientTarget::Graphical:
        return text(QT_TRANSLATE_NOOP("TargetText", "Graphical programs"));
    }
    Q_UNREACHABLE();
}

QString targetText(ClientTarget target) {
    switch (target) {
    case ClientTarget::Session:
        return text(QT_TRANSLATE_NOOP("TargetText",
                                      "Copy the lines into a terminal and start claude there. "
                                      "Nothing is written; it ends with the terminal."));
    case ClientTarget::Claude:
        return text(QT_TRANSLATE_NOOP("TargetText",
                                      "Every Claude Code of yours, in any terminal. Running "
                                      "sessions follow within 4 seconds."));
    case ClientTarget::Project:
        return text(QT_TRANSLATE_NOOP("TargetText",
                                      "Claude Code in one folder only, by its "
                                      ".claude/settings.local.json, which is not shared by git."));
    case ClientTarget::VsCode:
        return text(QT_TRANSLATE_NOOP("TargetText",
                                      "The extension of Claude Code, by the setting "
                                      "claudeCode.environmentVariables of VS Code and its kin."));
    case ClientTarget::Shell:
        return text(QT_TRANSLATE_NOOP("TargetText",
                                      "All that is started from new shells (bash, zsh, fish, "
                                      "PowerShell), other clients of the Messages API too."));
    case ClientTarget::Graphical:
        return text(QT_TRANSLATE_NOOP("TargetText",
                                      "All that the desktop starts, from the next login on, by "
                                      "environment.d of systemd."));
    }
    Q_UNREACHABLE();
}

QString targetStateText(const ConnectStatus& status) {
    if (status.isConnected) return text(QT_TRANSLATE_NOOP("TargetText", "✓ connected"));
    const bool isBlocked =
        std::any_of(status.keys.begin(), status.keys.end(),
                    [](const KeyStatus& key) { return key.state == KeyState::Blocked; });
    if (isBlocked) return text(QT_TRANSLATE_NOOP("TargetText", "! blocked by another file"));
    if (status.hasJournal) return text(QT_TRANSLATE_NOOP("TargetText", "! changed since"));
    return text(QT_TRANSLATE_NOOP("TargetText", "not connected"));
}

QString afterConnectText(ClientTarget target) {
    switch (target) {
    case ClientTarget::Session: break;
    case ClientTarget::Claude:
    case ClientTarget::Project:
        return text(QT_TRANSLATE_NOOP("TargetText",
                                      "✓ Connected. Sessions of Claude Code that are running take "
                                      "the new values within 4 seconds. Waiting for its first "
                                      "request…"));
    case ClientTarget::VsCode:
        return text(QT_TRANSLATE_NOOP("TargetText",
                                      "✓ Connected. Reload the window of VS Code. Waiting for the "
                                      "first request of Claude Code…"));
    case ClientTarget::Shell:
        return text(QT_TRANSLATE_NOOP("TargetText",
                                      "✓ Connected. Shells that are started from now on have the "
                                      "variables; open a new one. Waiting for the first request "
                                      "of Claude Code…"));
    case ClientTarget::Graphical:
        return text(QT_TRANSLATE_NOOP("TargetText",
                                      "✓ Connected from the next login on: log out and in again."));
    }
    return {};
}

} // namespace sallyport
