// SPDX-License-Identifier: MIT
#include "ui/connect/claudecodestate.h"

#include <QHostAddress>
#include <QUrl>

namespace sallyport {

bool ClaudeCodeState::leadsHere() const {
    const QString host = QUrl(baseUrl).host();
    return canUndo && (host == QLatin1String("localhost") || QHostAddress(host).isLoopback());
}

ClaudeCodeState claudeCodeState(const ConnectStatus& status, const QString& ownUrl) {
    ClaudeCodeState state;
    state.ownUrl = ownUrl;
    state.canUndo = status.hasJournal;
    state.isConnected = status.isConnected && !ownUrl.isEmpty();
    for (const KeyStatus& key : status.keys)
        if (key.key == QLatin1String("env.ANTHROPIC_BASE_URL")) state.baseUrl = key.current;
    return state;
}

} // namespace sallyport
