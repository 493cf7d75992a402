// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/engine.h"
#include "ui/connect/claudecodestate.h"
#include "ui/tones.h"

#include <QString>

#include <vector>

namespace sallyport {

/// What a notice offers to do.
enum class NoticeAction {
    TurnOn,            ///< listen
    ReadAgain,         ///< the configuration
    UseFreePort,       ///< listen on another port for now
    ListenAnew,        ///< on what `listen:` says now
    UpdateClaudeCode,  ///< write where Sallyport listens into its settings
    RestoreClaudeCode, ///< take back what was written there
};
[[nodiscard]] QString noticeActionText(NoticeAction action);

/// A state that needs attention: what is wrong, and the ways out of it.
struct Notice {
    Tone tone = Tone::Bad;
    QString text;
    std::vector<NoticeAction> actions;
    friend bool operator==(const Notice&, const Notice&) = default;
};

/// All that a window knows of what it shows.
struct WindowState {
    EngineStatus engine;
    ConfigSummary config;
    QString configProblem; ///< why the files were refused; empty when they were not
    ClaudeCodeState claude;
    bool hasRows = false;
};
/// The notices of a state, the worst first; none when all is well.
[[nodiscard]] std::vector<Notice> stateNotices(const WindowState& state);

} // namespace sallyport
