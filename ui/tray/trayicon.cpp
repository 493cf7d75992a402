// SPDX-License-Identifier: MIT
#include "ui/tray/trayicon.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QEvent>

#include <array>

namespace sallyport {

namespace {

using namespace std::chrono_literals;
/// Delays between checks for a tray; the last one repeats.
constexpr std::array kRetries{2s, 5s, 10s, 20s, 30s};
/// How long a panel may take to answer.
constexpr auto kAnswer = 500ms;
/// After this an icon that was just registered is sent once more.
constexpr auto kSettle = 3s;
const QString kStatusNotifier = QStringLiteral("org.kde.StatusNotifierWatcher");
const QString kPortal = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPortalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kPortalSettings = QStringLiteral("org.freedesktop.portal.Settings");
const QString kAppearance = QStringLiteral("org.freedesktop.appearance");
const QString kScheme = QStringLiteral("color-scheme");

/// Qt hands the menu to the panel over D-Bus where this service is, and draws it itself elsewhere.
bool hasStatusNotifier() {
    const QDBusConnection bus = QDBusConnection::sessionBus();
    return bus.isConnected() && bus.interface()->isServiceRegistered(kStatusNotifier);
}

QVariant unwrapped(QVariant value) {
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

/// Whether a panel shows the icons that the watcher knows; the watcher itself comes first.
bool hasStatusNotifierHost() {
    if (!hasStatusNotifier()) return false;
    QDBusMessage ask = QDBusMessage::createMethodCall(
        kStatusNotifier, QStringLiteral("/StatusNotifierWatcher"),
        QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    ask.setArguments({kStatusNotifier, QStringLiteral("IsStatusNotifierHostRegistered")});
    const QDBusMessage reply =
        QDBusConnection::sessionBus().call(ask, QDBus::Block, int(kAnswer.count()));
    return unwrapped(reply.arguments().value(0)).toBool();
}

/// On Wayland Qt keeps the first answer of isSystemTrayAvailable(), so it is not asked before a
/// panel is there that would make it true.
bool hasTray() {
    if (QGuiApplication::platformName().startsWith(QLatin1String("wayland")) &&
        !hasStatusNotifierHost())
        return false;
    return QSystemTrayIcon::isSystemTrayAvailable();
}

} // namespace

TrayIcon::TrayIcon(TrayMenu& menu, QObject* parent)
    : QObject(parent)
    , m_menu(menu)
    , m_watcher(kStatusNotifier, QDBusConnection::sessionBus(),
                QDBusServiceWatcher::WatchForOwnerChange) {
    m_panel.desktop = qgetenv("XDG_CURRENT_DESKTOP");
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettle);
    connect(&m_settle, &QTimer::timeout, this, &TrayIcon::refresh);
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &TrayIcon::updateIcon);
    connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, [this] {
        // The panel was restarted, and with it the registration of the icon.
        m_icon.reset();
        m_tries = 0;
        updateIcon();
    });
    qApp->installEventFilter(this);
}

void TrayIcon::start() {
    queryPortal();
    updateIcon();
}

void TrayIcon::updateIcon() {
    if (isShown() ? QSystemTrayIcon::isSystemTrayAvailable() : hasTray()) {
        if (!m_icon) makeIcon();
    } else {
        m_icon.reset();
    }
    // Continues while the icon is shown: when the panel ends, the window has to be shown.
    m_tries = isShown() ? kRetries.size() : m_tries + 1;
    m_retry.start(kRetries[std::min(m_tries, kRetries.size()) - 1]);
    if (isShown() == m_wasShown) return;
    m_wasShown = isShown();
    emit shownChanged(m_wasShown);
}

void TrayIcon::makeIcon() {
    m_icon = std::make_unique<QSystemTrayIcon>();
    m_icon->setObjectName(QStringLiteral("trayIcon"));
    refresh();
    m_menu.setLabels(hasStatusNotifier() ? MenuLabels::DBus : MenuLabels::Widget);
    m_icon->setContextMenu(&m_menu);
    connect(m_icon.get(), &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason == QSystemTrayIcon::Trigger) emit logRequested();
            });
    m_icon->show();
    // GNOME's extension can miss what changes while it takes up a new icon.
    m_settle.start();
}

void TrayIcon::setStatus(const EngineStatus& status) {
    m_status = status;
    refresh();
}

void TrayIcon::setTrouble(const QString& trouble) {
    m_trouble = trouble;
    refresh();
}

void TrayIcon::refresh() {
    if (!m_icon) return;
    m_icon->setIcon(panelIcon(gateShape(m_status, !m_trouble.isEmpty()), panelTone(m_panel)));
    m_icon->setToolTip(tipText(m_status, m_trouble));
}

bool TrayIcon::eventFilter(QObject* watched, QEvent* event) {
    if (watched == qApp && event->type() == QEvent::ApplicationPaletteChange) refresh();
    return QObject::eventFilter(watched, event);
}

void TrayIcon::queryPortal() {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    bus.connect(kPortal, kPortalPath, kPortalSettings, QStringLiteral("SettingChanged"), this,
                SLOT(portalSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage ask = QDBusMessage::createMethodCall(kPortal, kPortalPath, kPortalSettings,
                                                      QStringLiteral("Read"));
    ask.setArguments({kAppearance, kScheme});
    auto* response = new QDBusPendingCallWatcher(bus.asyncCall(ask), this);
    connect(response, &QDBusPendingCallWatcher::finished, this, [this, response] {
        const QDBusPendingReply<QDBusVariant> reply = *response;
        if (reply.isValid()) portalSettingChanged(kAppearance, kScheme, reply.value());
        response->deleteLater();
    });
}

void TrayIcon::portalSettingChanged(const QString& group, const QString& key,
                                    const QDBusVariant& value) {
    if (group != kAppearance || key != kScheme) return;
    m_panel.portalScheme = unwrapped(value.variant()).toInt();
    refresh();
}

} // namespace sallyport
