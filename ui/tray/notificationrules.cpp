// SPDX-License-Identifier: MIT
#include "ui/tray/notificationrules.h"

#include <QCoreApplication>

namespace sallyport {

namespace {

QString text(const char* source) { return QCoreApplication::translate("Notification", source); }

} // namespace

std::optional<Notification> notificationFor(const EngineStatus& before, const EngineStatus& after) {
    const bool isNewlyTaken = after.isPortTaken && !before.isPortTaken;
    if (isNewlyTaken)
        return Notification{NotificationKind::PortTaken,
                            text(QT_TRANSLATE_NOOP("Notification", "Sallyport cannot listen")),
                            after.problem};
    for (const QString& problem : after.upstreamProblems)
        if (!before.upstreamProblems.contains(problem) &&
            after.upstreamProblems.size() > before.upstreamProblems.size())
            return Notification{
                NotificationKind::UpstreamDown,
                text(QT_TRANSLATE_NOOP("Notification", "An upstream is passed over")), problem};
    return {};
}

std::optional<Notification> notificationFor(const ExchangeRecord& record) {
    const bool isRefused = record.status == 401 || record.status == 403;
    if (record.end != ExchangeEnd::Complete || !isRefused || record.upstream.isEmpty()) return {};
    return Notification{
        NotificationKind::CredentialRefused,
        text(QT_TRANSLATE_NOOP("Notification", "The credential was refused")),
        text(QT_TRANSLATE_NOOP("Notification", "%1 answered %2. Check the key of this upstream."))
            .arg(record.upstream)
            .arg(record.status)};
}

std::optional<Notification> notificationFor(const ClaudeCodeState& before,
                                            const ClaudeCodeState& after, bool isOurs) {
    if (isOurs || !before.isConnected || after.isConnected || after.ownUrl.isEmpty()) return {};
    if (after.ownUrl != before.ownUrl) return {};
    return Notification{
        NotificationKind::SettingsChanged,
        text(QT_TRANSLATE_NOOP("Notification", "Claude Code's settings were changed")),
        text(QT_TRANSLATE_NOOP("Notification", "Another program has changed them; requests may no "
                                               "longer pass through Sallyport."))};
}

} // namespace sallyport
