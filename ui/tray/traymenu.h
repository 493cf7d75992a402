// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/shellassignments.h"
#include "core/engine/engine.h"
#include "ui/tray/recenterrors.h"

#include <QMenu>

namespace sallyport {

/// Running on 127.0.0.1:8899 · 3 active. Where the port is taken, by which process.
[[nodiscard]] QString statusText(const EngineStatus& status);
/// The tip of the icon: that, what is wrong here, and the first three targets of upstreams that are
/// not up, each with the reason.
[[nodiscard]] QString tipText(const EngineStatus& status, const QString& trouble);

/// Who draws the menu, and so which characters of a label are marks.
enum class MenuLabels {
    Widget, ///< drawn by Qt: `&` marks a mnemonic
    DBus,   ///< drawn by a panel: `_` marks one, and Qt makes a `_` of the first `&`
};
/// `text` as a label that is shown as it is, without a mnemonic.
[[nodiscard]] QString escapedLabel(QString text, MenuLabels labels);

/// The menu of the tray, and of the window, where there may be no tray: an object whose entries
/// change their text only. Everything can be reached from it: on some desktops a click on the icon
/// always opens the menu.
class TrayMenu : public QMenu {
    Q_OBJECT
public:
    explicit TrayMenu(QWidget* parent = nullptr);

    void setStatus(const EngineStatus& status);
    void setConfig(const ConfigSummary& summary);
    void setErrors(const QVector<RecentError>& errors);
    /// Who draws the menu from now on; texts of the configuration are escaped for it.
    void setLabels(MenuLabels labels);
    /// `canUndo`: a journal of ours is there.
    void setClaudeCode(bool isConnected, bool canUndo);

signals:
    void logRequested();
    void listeningRequested(bool on);
    void freePortRequested();
    void routeRequested(const QString& route, bool enabled);
    void upstreamRequested(const QString& upstream);
    void errorRequested(quint64 id);
    void terminalRequested();
    void connectRequested();
    void disconnectRequested();
    void variablesRequested(sallyport::Shell shell);
    void setUpRequested();
    void doctorRequested();
    void routesEditRequested();
    void settingsRequested();
    void quitRequested();

private:
    QMenu* addChoices(const QString& title, const char* name);
    void addClaudeCodeMenu();
    QAction* add(QMenu& menu, const QString& text, const char* name);
    [[nodiscard]] static QAction* choiceAt(QMenu& menu, int place);
    static void hideChoices(QMenu& menu, qsizetype from);
    void connectChoices();
    void updateRoutes();
    void updateUpstreams();
    void updateErrors();

    QAction* m_status;
    QAction* m_warning; ///< shown as long as the configuration allows what is not safe
    QAction* m_proxy;
    QAction* m_freePort; ///< shown while another process holds the port
    QMenu* m_routes;
    QMenu* m_upstreams;
    QMenu* m_errors;
    QMenu* m_claude;
    QAction* m_connect;
    QAction* m_disconnect;
    QString m_statusText;
    ConfigSummary m_config;
    QVector<RecentError> m_recent;
    MenuLabels m_labels = MenuLabels::Widget;
};

} // namespace sallyport

Q_DECLARE_METATYPE(sallyport::Shell)
