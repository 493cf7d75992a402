// SPDX-License-Identifier: MIT
#pragma once

#include "ui/tray/gateicon.h"
#include "ui/tray/traymenu.h"

#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QObject>
#include <QSystemTrayIcon>
#include <QTimer>

#include <memory>

namespace sallyport {

/// Keeps an icon in the tray: waits for a tray that comes late, makes the icon anew when the
/// panel's watcher changes hands, and shows the state by shape.
class TrayIcon : public QObject {
    Q_OBJECT
public:
    /// `menu` outlives this and is never exchanged.
    explicit TrayIcon(TrayMenu& menu, QObject* parent = nullptr);

    void start();
    /// There is a tray and the icon is in it.
    [[nodiscard]] bool isShown() const { return m_icon && m_icon->isVisible(); }
    void setStatus(const EngineStatus& status);
    /// A fault that is not the listener's, for example a refused configuration; empty: none.
    void setTrouble(const QString& trouble);

signals:
    void shownChanged(bool isShown);
    void logWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private slots:
    void portalSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void tryToShow();
    void makeIcon();
    void refresh();
    void askPortal();

    TrayMenu& m_menu;
    std::unique_ptr<QSystemTrayIcon> m_icon;
    QDBusServiceWatcher m_watcher;
    QTimer m_retry;
    std::size_t m_tries = 0;
    EngineStatus m_status;
    QString m_trouble;
    PanelTraits m_panel;
    bool m_wasShown = false;
};

} // namespace sallyport
