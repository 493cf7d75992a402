// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/settingsconnector.h"
#include "core/claudecode/shelllines.h"
#include "ui/connect/diffview.h"
#include "ui/connect/lastseen.h"

#include <QDialog>
#include <QLabel>
#include <QPushButton>

namespace sallyport {

/// Shows what would be written into Claude Code's settings, writes it, and reports the first
/// request of Claude Code. Reads and writes small files on the calling thread.
class ConnectDialog : public QDialog {
    Q_OBJECT
public:
    ConnectDialog(SettingsConnector connector, ClientEnvironment environment,
                  QWidget* parent = nullptr);

    /// A request of Claude Code; ignored until the settings are written.
    void setLastSeen(const LastSeen& lastSeen);

signals:
    /// The settings were written.
    void connected();

private:
    void setupUi();
    void setupButtons();
    void showPlan();
    void showError(const ConnectError& error);
    void connectNow();
    void copyVariables(Shell shell);

    SettingsConnector m_connector;
    ClientEnvironment m_environment;
    bool m_isConnected = false;
    QLabel m_title, m_text, m_result;
    DiffView m_diff;
    QPushButton m_copy, m_cancel, m_connect;
};

/// `NO_PROXY` of this process, in either spelling.
[[nodiscard]] QString ownNoProxy();
/// The lines that set the variables in a shell, `NO_PROXY` of this process merged in.
[[nodiscard]] QString variableLines(Shell shell, const ClientEnvironment& environment);
/// What undo did, for people.
[[nodiscard]] QString undoText(const UndoReport& report);

} // namespace sallyport
