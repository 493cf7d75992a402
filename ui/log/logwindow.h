// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/clock.h"
#include "ui/connect/lastseen.h"
#include "ui/detail/detailview.h"
#include "ui/engineinterface.h"
#include "ui/log/emptystate.h"
#include "ui/log/exchangetablemodel.h"
#include "ui/log/healthcheckchip.h"
#include "ui/log/historybar.h"
#include "ui/log/historymenu.h"
#include "ui/log/logbar.h"
#include "ui/log/logtable.h"
#include "ui/log/noticestack.h"
#include "ui/log/olderrows.h"
#include "ui/log/rowactions.h"
#include "ui/log/sessiongrouping.h"
#include "ui/log/statusline.h"
#include "ui/log/windowlayout.h"
#include "ui/resend/resendactions.h"

#include <QMainWindow>
#include <QMenu>
#include <QSplitter>
#include <QTimer>

#include <functional>

class QSettings;

namespace sallyport {

/// The window that shows every request live. Closing it hides it; the application goes on.
class LogWindow : public QMainWindow {
    Q_OBJECT
public:
    /// All outlive the window; `menu` is opened by a button of it, so that nothing needs a tray.
    LogWindow(EngineInterface& engine, const Clock& clock, QSettings& settings, QMenu& menu);
    ~LogWindow() override;

    /// Where older requests come from; outlives the window. Without it there are none.
    void setHistory(HistoryInterface& history);
    void setClaudeCode(const ClaudeCodeState& state);
    /// Records besides those that the engine reports, in order of id.
    void addRecords(const QVector<ExchangeRecord>& records);
    /// All that it keeps, in order of id.
    [[nodiscard]] QVector<ExchangeRecord> records() const;
    /// The request whose detail is shown; 0 where there is none.
    [[nodiscard]] quint64 shownExchange() const { return m_detail.isVisible() ? m_detail.id() : 0; }
    /// Selects a request and opens its detail; nothing when it is gone.
    void showExchange(quint64 id);
    /// `hasTray` is called when the window is closed: without a tray it is minimised, not hidden.
    void setTrayProbe(std::function<bool()> hasTray) { m_hasTray = std::move(hasTray); }
    void raiseToFront();
    /// What models cost, for the detail and the sums of sessions.
    void setPrices(const PriceTable& prices);
    /// `action` outlives the window.
    void addViewAction(QAction& action) { m_viewMenu.addAction(&action); }
    void showMessage(const QString& text) { m_statusLine.showMessage(text, 15000); }
    [[nodiscard]] const std::optional<LastSeen>& lastSeen() const { return m_lastSeen; }

signals:
    void connectRequested();
    /// Claude Code's settings are to be written anew, or taken back.
    void updateClaudeCodeRequested();
    void restoreClaudeCodeRequested();
    void setUpRequested();
    /// A file with those requests and all else that a ticket needs is to be written.
    void bundleRequested(const sallyport::ExportRequest& request);
    void claudeCodeSeen(const sallyport::LastSeen& lastSeen);

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void setupUi();
    void connectSignals();
    void connectActions();
    void connectEngine();
    void connectHistory();
    void updateHistory();
    void setupViewMenu();
    void setupShortcuts();
    void addShortcut(const QKeySequence& keys, const char* name, std::function<void()> act);
    void updateStatus(const EngineStatus& status);
    void showDetailOf(quint64 id);
    void closeDetail();
    void handleEscape();
    void setPaused(bool on);
    void updateCounts();
    void updateClaudeCode();
    void updateNotices();
    void act(NoticeAction action);

    EngineInterface& m_engine;
    const Clock& m_clock;
    ExchangeTableModel m_model;
    QMenu m_viewMenu;
    QSplitter m_splitter; ///< declared before its children, so that it is destroyed after them
    LogBar m_logBar;
    HealthCheckChip m_healthChecks;
    LogTable m_table;
    EmptyState m_emptyState;
    OlderRows m_older;
    HistoryMenu m_historyMenu;
    HistoryBar m_historyBar;
    NoticeStack m_notices;
    DetailView m_detail;
    WindowLayout m_layout;
    DetailReads m_reads;
    SessionGrouping m_sessions;
    ResendActions m_resend;
    RowActions m_rowActions;
    StatusLine m_statusLine;
    QTimer m_lastSeenTimer;
    WindowState m_state;
    std::optional<LastSeen> m_lastSeen;
    std::function<bool()> m_hasTray;
};

} // namespace sallyport
