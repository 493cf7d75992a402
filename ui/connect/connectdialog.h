// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/connecttargets.h"
#include "core/claudecode/shellassignments.h"
#include "ui/connect/connectoptions.h"
#include "ui/connect/diffview.h"
#include "ui/connect/lastseen.h"
#include "ui/tones.h"

#include <QDialog>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>

namespace sallyport {

/// Shows for each target what would be written, writes it or takes it back, and reports the first
/// request of Claude Code. All of it is `ConnectTargets`; reads and writes small files on the
/// calling thread.
class ConnectDialog : public QDialog {
    Q_OBJECT
public:
    ConnectDialog(ConnectTargets connections, QString stateDir, QWidget* parent = nullptr);

    /// A request of Claude Code; ignored until something is connected.
    void setLastSeen(const LastSeen& lastSeen);

signals:
    /// Something was connected or taken back.
    void connected();

private:
    void setupUi();
    void setupButtons();
    void connectSignals();
    void updateTargets();
    void updateTarget();
    void updatePlan();
    void showSession(const ClientEnvironment& environment);
    void showPlan(const ConnectPlan& plan, const ConnectStatus& status);
    void showError(const ConnectError& error);
    void showResult(const QString& text, Tone tone);
    void connectNow();
    void disconnectNow();
    void makeAuthority();
    void copyVariables(Shell shell);
    [[nodiscard]] ClientTarget target() const;

    ConnectTargets m_connections;
    QString m_stateDir;
    bool m_isWaiting = false; ///< for the first request after connecting
    QListWidget m_targets;
    ConnectOptions m_options;
    QLabel m_title, m_text, m_result, m_note;
    DiffView m_diff;
    QPushButton m_copy, m_disconnect, m_cancel, m_connect;
};

/// The lines that set the variables in a shell, `NO_PROXY` of this process merged in.
[[nodiscard]] QString variableLines(Shell shell, const ClientEnvironment& environment);
/// What undo did, for people.
[[nodiscard]] QString undoText(const UndoReport& report);

} // namespace sallyport
