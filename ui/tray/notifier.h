// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/clock.h"
#include "ui/settings/preferences.h"
#include "ui/tray/notificationratelimit.h"

#include <QObject>

namespace sallyport {

/// Shows notifications by the desktop's own service (org.freedesktop.Notifications), with and
/// without a tray; at most one of a kind a minute, none while they are turned off.
class Notifier : public QObject {
    Q_OBJECT
public:
    /// `clock` outlives this.
    Notifier(const Clock& clock, Preferences preferences, QObject* parent = nullptr);
    void show(const std::optional<Notification>& notification);

signals:
    /// A notification, or its button, was clicked.
    void openRequested();

private slots:
    void handleAction(uint id, const QString& action);

private:
    const Clock& m_clock;
    Preferences m_preferences;
    NotificationRateLimit m_limit;
    QList<uint> m_shown; ///< ids of the last ones
};

} // namespace sallyport
