// SPDX-License-Identifier: MIT
#include "ui/connect/lastseen.h"

#include "ui/log/rowtext.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

QString claudeCodeVersion(QByteArrayView userAgent) {
    constexpr QByteArrayView kProduct = "claude-cli/";
    if (!userAgent.startsWith(kProduct)) return {};
    const QByteArrayView rest = userAgent.sliced(kProduct.size());
    const auto end = std::find_if(rest.begin(), rest.end(),
                                  [](char c) { return c == ' ' || c == '(' || c == ';'; });
    return QString::fromLatin1(rest.first(end - rest.begin()));
}

std::optional<LastSeen> latestSeen(std::optional<LastSeen> known,
                                   const QVector<ExchangeRecord>& records) {
    for (const ExchangeRecord& record : records) {
        if (known && record.startedAt <= known->at) continue;
        const QString version = claudeCodeVersion(record.userAgent);
        if (!version.isEmpty()) known = LastSeen{record.startedAt, version};
    }
    return known;
}

QString claudeCodeText(const ClaudeCodeState& claude, const std::optional<LastSeen>& seen,
                       WallTime now) {
    QString state = QCoreApplication::translate("Connect", "Claude Code not connected");
    if (claude.isConnected)
        state = QCoreApplication::translate("Connect", "Claude Code connected");
    else if (claude.leadsHere())
        state = QCoreApplication::translate("Connect", "Claude Code cannot reach Sallyport");
    if (!seen) return state;
    return QCoreApplication::translate("Connect", "%1 · seen %2 (%3)")
        .arg(state, agoText(seen->at, now), seen->version);
}

} // namespace sallyport
