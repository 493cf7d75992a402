// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/variables.h"
#include "core/engine/engine.h"

#include <QMenu>

namespace sallyport {

/// Running on 127.0.0.1:8899 · 3 active.
[[nodiscard]] QString statusText(const EngineStatus& status);

/// The tray's menu: an object that stays the same while what its entries say changes. Everything
/// can be reached from it, for on some desktops a click is always the menu.
class TrayMenu : public QMenu {
    Q_OBJECT
public:
    explicit TrayMenu(QWidget* parent = nullptr);

    void setStatus(const EngineStatus& status);
    void setConfig(const ConfigSummary& summary);
    /// `canUndo`: a journal of ours is there.
    void setClaudeCode(bool isConnected, bool canUndo);

signals:
    void logWanted();
    void listeningWanted(bool on);
    void routeWanted(const QString& route, bool enabled);
    void connectWanted();
    void disconnectWanted();
    void variablesWanted(sallyport::Shell shell);
    void setUpWanted();
    void quitWanted();

private:
    void addClaudeCode();
    QAction* add(QMenu& menu, const QString& text, const char* name);
    [[nodiscard]] QAction* routeAction(int place);

    QAction* m_status;
    QAction* m_proxy;
    QMenu* m_routes;
    QMenu* m_claude;
    QAction* m_connect;
    QAction* m_disconnect;
};

} // namespace sallyport

Q_DECLARE_METATYPE(sallyport::Shell)
