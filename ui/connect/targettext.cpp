// SPDX-License-Identifier: MIT
#include "ui/connect/targettext.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace sallyport {

namespace {

QString text(const char* source) { return QCoreApplication::translate("TargetText", source); }

/// The texts of a target; `after` is null where nothing is written.
struct TargetTexts {
    ClientTarget target;
    const char* title;
    const char* text;
    const char* after;
};

const char* const kAfterSettings =
    QT_TRANSLATE_NOOP("TargetText", "✓ Connected. Sessions of Claude Code that are running take "
                                    "the new values within 4 seconds. Waiting for its first "
                                    "request…");

const TargetTexts kTargets[] = {
    {ClientTarget::Session, QT_TRANSLATE_NOOP("TargetText", "One terminal"),
     QT_TRANSLATE_NOOP("TargetText", "Copy the lines into a terminal and start claude there. "
                                     "Nothing is written; it ends with the terminal."),
     nullptr},
    {ClientTarget::Claude, QT_TRANSLATE_NOOP("TargetText", "Claude Code for me"),
     QT_TRANSLATE_NOOP("TargetText", "Every Claude Code of yours, in any terminal. Running "
                                     "sessions follow within 4 seconds."),
     kAfterSettings},
    {ClientTarget::Project, QT_TRANSLATE_NOOP("TargetText", "One project…"),
     QT_TRANSLATE_NOOP("TargetText", "Claude Code in one folder only, by its "
                                     ".claude/settings.local.json, which is not shared by git."),
     kAfterSettings},
    {ClientTarget::VsCode, QT_TRANSLATE_NOOP("TargetText", "VS Code"),
     QT_TRANSLATE_NOOP("TargetText", "The extension of Claude Code, by the setting "
                                     "claudeCode.environmentVariables of VS Code and its kin."),
     QT_TRANSLATE_NOOP("TargetText", "✓ Connected. Reload the window of VS Code. Waiting for the "
                                     "first request of Claude Code…")},
    {ClientTarget::Shell, QT_TRANSLATE_NOOP("TargetText", "My shells"),
     QT_TRANSLATE_NOOP("TargetText", "All that is started from new shells (bash, zsh, fish, "
                                     "PowerShell), other clients of the Messages API too."),
     QT_TRANSLATE_NOOP("TargetText", "✓ Connected. Shells that are started from now on have the "
                                     "variables; open a new one. Waiting for the first request "
                                     "of Claude Code…")},
    {ClientTarget::Graphical, QT_TRANSLATE_NOOP("TargetText", "Graphical programs"),
     QT_TRANSLATE_NOOP("TargetText", "All that the desktop starts, from the next login on, by "
                                     "environment.d of systemd."),
     QT_TRANSLATE_NOOP("TargetText", "✓ Connected from the next login on: log out and in again.")},
};
static_assert(std::size(kTargets) == kClientTargets.size());

const TargetTexts& textsOf(ClientTarget target) {
    return *std::find_if(std::begin(kTargets), std::end(kTargets),
                         [target](const TargetTexts& one) { return one.target == target; });
}

} // namespace

QString targetTitle(ClientTarget target) { return text(textsOf(target).title); }

QString targetText(ClientTarget target) { return text(textsOf(target).text); }

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
    const char* after = textsOf(target).after;
    return after ? text(after) : QString();
}

} // namespace sallyport
