// SPDX-License-Identifier: MIT
#include "ui/tray/notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

namespace sallyport {

namespace {

const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
/// Ids whose clicks are listened to.
constexpr qsizetype kRemembered = 16;
constexpr int kServersOwnTimeout = -1;

} // namespace

Notifier::Notifier(const Clock& clock, Preferences preferences, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
    , m_preferences(preferences) {
    QDBusConnection::sessionBus().connect(kService, kPath, kService,
                                          QStringLiteral("ActionInvoked"), this,
                                          SLOT(handleAction(uint, QString)));
}

void Notifier::show(const std::optional<Notification>& notification) {
    if (!notification || !m_preferences.hasNotifications()) return;
    if (!m_limit.passes(notification->kind, m_clock.now())) return;
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    QDBusMessage call =
        QDBusMessage::createMethodCall(kService, kPath, kService, QStringLiteral("Notify"));
    const QString application = QStringLiteral("io.github.sallyport.Sallyport");
    call.setArguments({QStringLiteral("Sallyport"), uint{0}, application, notification->title,
                       notification->text.toHtmlEscaped(),
                       QStringList{QStringLiteral("default"), tr("Open request log")},
                       QVariantMap{{QStringLiteral("desktop-entry"), application}},
                       kServersOwnTimeout});
    auto* sent = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(sent, &QDBusPendingCallWatcher::finished, this, [this, sent] {
        const QDBusPendingReply<uint> reply = *sent;
        if (reply.isValid()) m_shown.prepend(reply.value());
        if (m_shown.size() > kRemembered) m_shown.removeLast();
        sent->deleteLater();
    });
}

void Notifier::handleAction(uint id, const QString&) {
    if (m_shown.contains(id)) emit openRequested();
}

} // namespace sallyport
