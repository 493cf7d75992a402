// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"
#include "core/support/clock.h"
#include "ui/detail/cachedoctor.h"
#include "ui/detail/conversationfeed.h"
#include "ui/detail/conversationpane.h"
#include "ui/detail/eventspane.h"
#include "ui/detail/findbar.h"
#include "ui/detail/livehead.h"
#include "ui/detail/messagepane.h"
#include "ui/detail/overviewpane.h"
#include "ui/detail/rawpane.h"
#include "ui/log/sessionsummary.h"

#include <QTabWidget>
#include <QTimer>
#include <QToolButton>

namespace sallyport {

/// Everything about one exchange, in tabs; streams are shown live.
class DetailView : public QWidget {
    Q_OBJECT
public:
    explicit DetailView(const Clock& clock, QWidget* parent = nullptr);

    /// Shows the record; headers and bodies come with setDetail().
    void setRecord(const ExchangeRecord& record);
    void setDetail(const ExchangeDetail& detail);
    /// Headers and bodies of that exchange are no longer kept; `reason` is a sentence.
    void setGone(quint64 id, const QString& reason);
    void clear();
    void setPrices(const PriceTable& prices);
    /// What the exchange that is shown is a part of.
    void setSession(const SessionSummary& session);
    /// The contents of the request before it, that were asked for by previousRequested().
    void setPrevious(const ExchangeDetail& previous);
    /// Opens the line that finds in the tab that is shown; in one without text, in the request.
    void find();
    /// What has come of the exchange that is shown.
    [[nodiscard]] const ExchangeDetail& detail() const { return m_detail; }
    [[nodiscard]] quint64 id() const { return m_detail.record.id; }

signals:
    void closeRequested();
    /// Another exchange is shown, or the one that is shown has ended.
    void recordShown(quint64 id);
    /// Wants the contents of that exchange, to compare prompts.
    void previousRequested(quint64 id);
    /// Something was put on the clipboard; `what` names it for the status line.
    void copied(const QString& what);

private:
    void setupTabs();
    void setupCopyMenu();
    void refresh();
    void clearPanes();
    void updateFind();
    void updateCost();
    void tick();
    void chooseTab();
    void copy(const QString& text, const QString& what);
    void copyRequestBody();
    void copyResponseBody();
    [[nodiscard]] QString eventsTitle() const;
    [[nodiscard]] MessageContents request() const;
    [[nodiscard]] MessageContents response() const;

    const Clock& m_clock;
    LiveHead* m_live;
    QTabWidget* m_tabs;
    OverviewPane* m_overview;
    MessagePane* m_request;
    MessagePane* m_response;
    ConversationPane* m_conversation;
    EventsPane* m_events;
    RawPane* m_raw;
    FindBar* m_find;
    ConversationFeed m_feed;
    CacheDoctor m_cacheDoctor;
    PriceTable m_prices;
    SessionSummary m_session;
    QString m_cacheReason; ///< why the prompt cache was lost; empty: not asked yet
    QToolButton* m_copy;
    QTimer m_ticker;
    ExchangeDetail m_detail;
    bool m_hasContents = false;
    QWidget* m_wantedTab = nullptr; ///< the last one that was chosen by hand
    bool m_isChoosing = false;
};

} // namespace sallyport
