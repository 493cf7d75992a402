// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/clock.h"
#include "ui/connect/lastseen.h"
#include "ui/detail/detailview.h"
#include "ui/engineinterface.h"
#include "ui/log/emptystate.h"
#include "ui/log/exchangetablemodel.h"
#include "ui/log/logbar.h"
#include "ui/log/logtable.h"
#include "ui/log/noticebar.h"
#include "ui/log/statusline.h"

#include <QMainWindow>
#include <QMenu>
#include <QSplitter>
#include <QTimer>

#include <functional>

class QSettings;

namespace sallyport {

/// The window that shows every request live. Closing it hides it; the application lives on.
class LogWindow : public QMainWindow {
    Q_OBJECT
public:
    /// All three outlive the window.
    LogWindow(EngineInterface& gateway, const Clock& clock, QSettings& settings);
    ~LogWindow() override;

    void setClaudeCodeConnected(bool isConnected);
    /// Asked when the window is closed: without a tray it is the only way in and is minimised.
    void setTrayProbe(std::function<bool()> hasTray) { m_hasTray = std::move(hasTray); }
    void raiseToFront();
    [[nodiscard]] const std::optional<LastSeen>& seen() const { return m_seen; }

signals:
    void connectWanted();
    void setUpWanted();
    void claudeCodeSeen(const sallyport::LastSeen& lastseen);

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void lay();
    void bind();
    void bindGateway();
    void fillViewMenu();
    void addKeys();
    void addKey(const QKeySequence& keys, const char* name, std::function<void()> act);
    void restore();
    void takeStatus(const EngineStatus& status);
    void takeRecords(const QVector<ExchangeRecord>& records);
    void showDetailOf(quint64 id);
    void closeDetail();
    void escape();
    void setPaused(bool on);
    void updateCounts();
    void updateClaudeCode();
    void tryAgain(NoticeBar::Kind kind);
    void placeDetail();
    void showKeys();

    EngineInterface& m_engine;
    const Clock& m_clock;
    QSettings& m_settings;
    ExchangeTableModel m_model;
    QMenu m_viewMenu;
    QSplitter m_parts; ///< stands before what it holds, so that it goes after it
    LogBar m_bar;
    LogTable m_table;
    EmptyState m_empty;
    NoticeBar m_notice;
    DetailView m_detail;
    StatusLine m_status;
    QTimer m_seenTicker;
    QAction* m_beside = nullptr;
    EngineStatus m_lastStatus;
    std::optional<LastSeen> m_seen;
    bool m_isConnected = false;
    std::function<bool()> m_hasTray;
};

/// The keys of the window, one per line, for the sheet.
[[nodiscard]] QString keySheet();

} // namespace sallyport
