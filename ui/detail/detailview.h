// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"
#include "core/support/clock.h"
#include "ui/detail/eventspane.h"
#include "ui/detail/messagepane.h"
#include "ui/detail/overviewpane.h"

#include <QTabWidget>
#include <QTimer>
#include <QToolButton>

namespace sallyport {

/// Everything about one exchange, in tabs; what streams is shown as it comes.
class DetailView : public QWidget {
    Q_OBJECT
public:
    explicit DetailView(const Clock& clock, QWidget* parent = nullptr);

    /// The row's record, at once; contents follow by setDetail().
    void setRecord(const ExchangeRecord& record);
    void setDetail(const ExchangeDetail& detail);
    void clear();
    [[nodiscard]] quint64 id() const { return m_detail.record.id; }

signals:
    void closeWanted();
    /// Something was put on the clipboard; a word for people.
    void copied(const QString& what);

private:
    void setUpTabs();
    void setUpCopyMenu();
    void refresh();
    void copy(const QString& text, const QString& what);
    void copyRequestBody();
    void copyResponseBody();
    [[nodiscard]] QString eventsTitle() const;
    [[nodiscard]] MessageContents request() const;
    [[nodiscard]] MessageContents response() const;

    const Clock& m_clock;
    QTabWidget* m_tabs;
    OverviewPane* m_overview;
    MessagePane* m_request;
    MessagePane* m_response;
    EventsPane* m_events;
    QToolButton* m_copy;
    QTimer m_ticker;
    ExchangeDetail m_detail;
    bool m_hasContents = false;
};

} // namespace sallyport
