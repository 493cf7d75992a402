// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/doctorthread.h"
#include "app/desktop/historythread.h"
#include "app/desktop/quitting.h"
#include "app/desktop/settingsscreens.h"
#include "app/desktop/startoptions.h"
#include "app/desktop/ticketbundle.h"
#include "core/claudecode/connecttargets.h"
#include "core/support/clock.h"
#include "ui/connect/connectdialog.h"
#include "ui/doctor/doctorwindow.h"
#include "ui/engineinterface.h"
#include "ui/formcontents.h"
#include "ui/log/logwindow.h"
#include "ui/pricefile.h"
#include "ui/readablepalette.h"
#include "ui/setup/setupdialog.h"
#include "ui/statistics/statisticsaction.h"
#include "ui/tray/notifier.h"
#include "ui/tray/trayicon.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QPointer>
#include <QSettings>
#include <QTimer>

#include <optional>

namespace sallyport {

/// What is to be seen again after all screens were made anew.
struct OpenScreens {
    bool hasLog = false;
    QStringList dialogs;             ///< names, those of SettingsScreens among them
    QVector<ExchangeRecord> records; ///< of the log window
    quint64 exchange = 0;            ///< whose detail is shown
    /// What is entered in each window, by its object name; of the log window the lines of text.
    QMap<QString, FormContents> forms = {};
};

/// Owns the tray icon, the window and the dialogs over one engine, and opens and closes them.
class Desktop : public QObject {
    Q_OBJECT
public:
    /// `engine` outlives this.
    Desktop(EngineInterface& engine, const StartOptions& options);
    ~Desktop() override;

    /// Shows the tray, and the window unless that is to stay hidden.
    void start();
    void showWindow();
    /// Quits, but asks first when Claude Code is connected.
    void askAndQuit();
    /// Quitting::endSession().
    void endSession();

    [[nodiscard]] OpenScreens openScreens() const;
    /// Opens them; after the engine has said where it listens.
    void restore(const OpenScreens& open);

signals:
    void languageChosen(sallyport::LanguageChoice choice);

private:
    void connectMenu(TrayMenu& menu);
    void connectWindow();
    void updatePrices();
    void connectEngine();
    void updateStatus(const EngineStatus& status);
    void updateConfig(const ConfigSummary& summary);
    void handleTrayShown(bool isShown);
    void openConnectDialog();
    void disconnectClaudeCode();
    void copyVariables(Shell shell);
    void openTerminal();
    void updateClaudeCodeSettings();
    void watchSettings();
    void addRecords(const QVector<ExchangeRecord>& records);
    void updateErrors();
    void openSetupDialog();
    void openDoctorWindow();
    void showWithoutTray();
    void updateClaudeCode();
    void showMessage(const QString& title, const QString& text);
    [[nodiscard]] ConnectTargets connections() const;
    [[nodiscard]] Result<ClientEnvironment, QString> environment() const;

    EngineInterface& m_engine;
    StartOptions m_options;
    DoctorOptions m_doctorOptions =
        DoctorOptions::forProcess(m_options.configDir, m_options.stateDir);
    SystemClock m_clock;
    QSettings m_settings;
    ReadablePalette m_palette;
    Preferences m_preferences;
    Notifier m_notifier;
    TrayMenu m_menu;       ///< of the tray
    TrayMenu m_windowMenu; ///< of the window: labels are escaped for what draws them
    HistoryThread m_history;
    PriceFile m_prices; ///< `prices.json` beside the configuration
    StatisticsAction m_statistics;
    LogWindow m_window;
    TicketBundle m_bundle;
    TrayIcon m_tray;
    QPointer<ConnectDialog> m_connectDialog;
    QPointer<SetupDialog> m_setupDialog;
    Quitting m_quitting;
    std::unique_ptr<DoctorThread> m_doctor; ///< made when its window is first opened
    QPointer<DoctorWindow> m_doctorWindow;
    SettingsScreens m_settingsScreens;
    QTimer m_noTrayTimer; ///< a panel that restarts is back before it fires
    QString m_address;    ///< where it listens; empty while it does not
    RecentErrors m_errors;
    EngineStatus m_status;
    ClaudeCodeState m_claude;
    bool m_hadTray = false;
    bool m_isOwnChange = false;           ///< of Claude Code's settings, since they were looked at
    QFileSystemWatcher m_settingsWatcher; ///< of the folder of Claude Code's settings
    bool m_hasConfig = false;
};

} // namespace sallyport
