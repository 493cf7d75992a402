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

/// Keeps an icon in the tray: retries until there is one, makes the icon again when the owner of
/// the StatusNotifierWatcher changes, and shows the state by shape.
class TrayIcon : public QObject {
    Q_OBJECT
public:
    /// `menu` outlives this.
    explicit TrayIcon(TrayMenu& menu, QObject* parent = nullptr);

    void start();
    /// Whether there is a tray with the icon in it.
    [[nodiscard]] bool isShown() const { return m_icon && m_icon->isVisible(); }
    void setStatus(const EngineStatus& status);
    /// An error that is not the listener's, for example a refused configuration; empty: none.
    void setTrouble(const QString& trouble);

signals:
    void shownChanged(bool isShown);
    void logRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private slots:
    void portalSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void updateIcon();
    void makeIcon();
    void refresh();
    void queryPortal();

    TrayMenu& m_menu;
    std::unique_ptr<QSystemTrayIcon> m_icon;
    QDBusServiceWatcher m_watcher;
    QTimer m_retry;
    QTimer m_settle;
    std::size_t m_tries = 0;
    EngineStatus m_status;
    QString m_trouble;
    PanelTraits m_panel;
    bool m_wasShown = false;
};

} // namespace sallyport
