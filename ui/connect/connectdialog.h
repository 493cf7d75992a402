// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/settingsconnector.h"
#include "ui/connect/diffview.h"
#include "ui/connect/lastseen.h"

#include <QDialog>
#include <QLabel>
#include <QPushButton>

namespace sallyport {

/// Shows what would be written into Claude Code's settings, writes it, and tells when Claude Code
/// has been seen. File I/O is that of small files, on this thread.
class ConnectDialog : public QDialog {
    Q_OBJECT
public:
    ConnectDialog(SettingsConnector connection, ClientEnvironment facts, QWidget* parent = nullptr);

    /// Claude Code was seen in a request; counts only after the connection was made.
    void setSeen(const LastSeen& lastseen);

signals:
    /// The settings were written.
    void connected();

private:
    void lay();
    void addButtons();
    void showPlan();
    void showError(const ConnectError& error);
    void connectNow();
    void copyVariables(Shell shell);

    SettingsConnector m_connection;
    ClientEnvironment m_facts;
    bool m_isDone = false;
    QLabel m_title, m_text, m_result;
    DiffView m_diff;
    QPushButton m_copy, m_cancel, m_connect;
};

/// The lines that set the variables in a shell, `NO_PROXY` of this process merged in.
[[nodiscard]] QString variableLines(Shell shell, const ClientEnvironment& facts);
/// What undo did, for people.
[[nodiscard]] QString undoText(const UndoReport& report);

} // namespace sallyport
