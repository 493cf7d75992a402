// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"
#include "ui/detail/conversationbrowser.h"

#include <QLabel>
#include <QToolButton>
#include <QWidget>

namespace sallyport {

/// The conversation of a Messages exchange, with its usage above it.
class ConversationPane : public QWidget {
    Q_OBJECT
public:
    explicit ConversationPane(QWidget* parent = nullptr);
    /// What is known without the contents.
    void setRecord(const ExchangeRecord& record);
    void setConversation(const Conversation& conversation);
    /// Says that the contents are no longer kept.
    void setGone();
    void clear();
    [[nodiscard]] ConversationBrowser& browser() { return *m_browser; }

private:
    void setupUi();
    void updateSummary();

    QLabel* m_summary;
    QLabel* m_note;
    QToolButton* m_unfold;
    QToolButton* m_fold;
    ConversationBrowser* m_browser;
    ExchangeRecord m_record;
    QString m_model;
    QString m_stopReason;
};

} // namespace sallyport
