// SPDX-License-Identifier: MIT
#include "ui/log/statenotices.h"

#include <QCoreApplication>

namespace sallyport {

namespace {

QString text(const char* source) { return QCoreApplication::translate("Notice", source); }

Notice failedNotice(const WindowState& state) {
    Notice notice{Tone::Bad, state.engine.problem, {NoticeAction::TurnOn}};
    if (state.engine.isPortTaken)
        notice.actions = {NoticeAction::UseFreePort, NoticeAction::TurnOn};
    if (state.claude.leadsHere()) {
        notice.text +=
            u' ' +
            text(QT_TRANSLATE_NOOP("Notice", "Claude Code is connected: its requests fail."));
        notice.actions.push_back(NoticeAction::RestoreClaudeCode);
    }
    return notice;
}

Notice offNotice(bool isConnected) {
    if (isConnected)
        return {Tone::Bad,
                text(QT_TRANSLATE_NOOP("Notice", "The proxy is off, and Claude Code is connected "
                                                 "to it: its requests fail.")),
                {NoticeAction::TurnOn, NoticeAction::RestoreClaudeCode}};
    return {Tone::Warn,
            text(QT_TRANSLATE_NOOP("Notice", "The proxy is off: nothing passes through.")),
            {NoticeAction::TurnOn}};
}

Notice pendingNotice(const WindowState& state) {
    return {Tone::Warn,
            text(QT_TRANSLATE_NOOP("Notice", "settings.yaml asks for %1 now; Sallyport still "
                                             "listens on %2."))
                .arg(state.config.pendingAddress, state.engine.address),
            {NoticeAction::ListenAnew}};
}

/// Claude Code's settings are Sallyport's, but not as they would be written now.
Notice staleNotice(const ClaudeCodeState& claude) {
    Notice notice{
        Tone::Warn, {}, {NoticeAction::UpdateClaudeCode, NoticeAction::RestoreClaudeCode}};
    if (claude.leadsHere() && claude.baseUrl != claude.ownUrl)
        notice.text = text(QT_TRANSLATE_NOOP("Notice", "Claude Code is connected to %1, but "
                                                       "Sallyport listens on %2."))
                          .arg(claude.baseUrl, claude.ownUrl);
    else if (claude.leadsHere())
        notice.text = text(QT_TRANSLATE_NOOP("Notice", "Claude Code's settings are not as "
                                                       "Sallyport wrote them."));
    else
        notice.text = text(QT_TRANSLATE_NOOP("Notice", "Claude Code no longer goes through "
                                                       "Sallyport: its settings were changed."));
    return notice;
}

} // namespace

QString noticeActionText(NoticeAction action) {
    switch (action) {
    case NoticeAction::TurnOn: return text(QT_TRANSLATE_NOOP("Notice", "Turn on"));
    case NoticeAction::ReadAgain: return text(QT_TRANSLATE_NOOP("Notice", "Read again"));
    case NoticeAction::UseFreePort: return text(QT_TRANSLATE_NOOP("Notice", "Use a free port"));
    case NoticeAction::ListenAnew: return text(QT_TRANSLATE_NOOP("Notice", "Listen there"));
    case NoticeAction::UpdateClaudeCode:
        return text(QT_TRANSLATE_NOOP("Notice", "Update Claude Code"));
    case NoticeAction::RestoreClaudeCode: return text(QT_TRANSLATE_NOOP("Notice", "Restore"));
    }
    return {};
}

std::vector<Notice> stateNotices(const WindowState& state) {
    using State = EngineStatus::State;
    std::vector<Notice> notices;
    if (state.engine.state == State::Failed) notices.push_back(failedNotice(state));
    if (!state.configProblem.isEmpty())
        notices.push_back(
            {Tone::Bad,
             text(QT_TRANSLATE_NOOP("Notice", "The configuration was refused, the last good one "
                                              "goes on. %1"))
                 .arg(state.configProblem),
             {NoticeAction::ReadAgain}});
    const bool isConnected = state.claude.leadsHere();
    // Without rows the table itself says that the proxy is off.
    if (state.engine.state == State::Stopped && (isConnected || state.hasRows))
        notices.push_back(offNotice(isConnected));
    if (state.engine.state != State::Running) return notices;
    if (!state.engine.upstreamProblems.isEmpty())
        notices.push_back(
            {Tone::Warn, state.engine.upstreamProblems.join(QLatin1String("; ")), {}});
    if (!state.config.pendingAddress.isEmpty()) notices.push_back(pendingNotice(state));
    if (state.claude.canUndo && !state.claude.isConnected)
        notices.push_back(staleNotice(state.claude));
    return notices;
}

} // namespace sallyport
