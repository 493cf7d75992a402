// SPDX-License-Identifier: MIT
#include "ui/connect/claudecodestate.h"

#include <QHostAddress>
#include <QUrl>

namespace sallyport {

bool ClaudeCodeState::leadsHere() const {
    const QString host = QUrl(baseUrl).host();
    return canUndo && (host == QLatin1String("localhost") || QHostAddress(host).isLoopback());
}

bool followsFreePort(const EngineStatus& before, const EngineStatus& after,
                     const ClaudeCodeState& claude) {
    return before.isPortTaken && after.state == EngineStatus::State::Running && claude.leadsHere();
}

ClaudeCodeState claudeCodeState(const ConnectStatus& status, const QString& ownUrl) {
    ClaudeCodeState state;
    state.ownUrl = ownUrl;
    state.canUndo = status.hasJournal;
    state.isConnected = status.isConnected && !ownUrl.isEmpty();
    for (const QLatin1String name :
         {QLatin1String("env.HTTPS_PROXY"), QLatin1String("env.ANTHROPIC_BASE_URL")})
        for (const KeyStatus& key : status.keys)
            if (key.key == name && !key.current.isEmpty()) state.baseUrl = key.current;
    return state;
}

} // namespace sallyport
