// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/quitquestion.h"
#include "app/desktop/startoptions.h"
#include "core/claudecode/settingsconnector.h"
#include "core/support/clock.h"
#include "ui/connect/connectdialog.h"
#include "ui/engineinterface.h"
#include "ui/log/logwindow.h"
#include "ui/setup/setupdialog.h"
#include "ui/tray/trayicon.h"

#include <QObject>
#include <QPointer>
#include <QSettings>
#include <QTimer>

namespace sallyport {

/// What is on the screen: tray, window and dialogs over one gateway, and how they come and go.
class Desktop : public QObject {
    Q_OBJECT
public:
    /// `gateway` outlives this.
    Desktop(EngineInterface& gateway, const StartOptions& options);
    ~Desktop() override;

    /// Shows the tray, and the window unless that is to stay hidden.
    void start();
    void showWindow();
    /// Quits, but asks first when Claude Code is connected.
    void askAndQuit();
    /// Stops accepting, gives running exchanges a moment, ends the application with 0.
    void quit();

private:
    void bindMenu();
    void bindGateway();
    void takeStatus(const EngineStatus& status);
    void takeConfig(const ConfigSummary& summary);
    void traySeen(bool isShown);
    void openConnect();
    void disconnectClaude();
    [[nodiscard]] bool restoreClaude();
    void copyVariables(Shell shell);
    void openSetup();
    void refreshConnection();
    void tell(const QString& title, const QString& text);
    [[nodiscard]] ClientEnvironment facts() const;
    [[nodiscard]] SettingsConnector connection() const;

    EngineInterface& m_engine;
    StartOptions m_options;
    SystemClock m_clock;
    QSettings m_settings;
    LogWindow m_window;
    TrayMenu m_menu;
    TrayIcon m_tray;
    QPointer<ConnectDialog> m_connect;
    QPointer<SetupDialog> m_setup;
    QPointer<QuitQuestion> m_quitQuestion;
    QTimer m_lastMoment;
    QString m_address; ///< where it listens, or did last
    QString m_token;
    bool m_hasConfig = false;
    bool m_isQuitting = false;
};

} // namespace sallyport
