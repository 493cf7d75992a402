// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"
#include "ui/detail/conversationreader.h"
#include "ui/detail/outputrate.h"
#include "ui/detail/silencechart.h"

#include <QLabel>
#include <QWidget>

namespace sallyport {

/// What a running exchange does just now: `waiting for the first byte`, `thinking`.
[[nodiscard]] QString activityText(const ExchangeRecord& record, const Conversation& conversation);

/// Stands above the detail while an exchange runs: what it does, tokens per second, the age of the
/// last byte, and where it was silent.
class LiveHead : public QWidget {
    Q_OBJECT
public:
    explicit LiveHead(QWidget* parent = nullptr);
    void setDetail(const ExchangeDetail& detail);
    void setConversation(const Conversation& conversation);
    /// Called several times a second while the exchange runs. `elapsed`: µs since it began.
    void tick(qint64 elapsed);
    void clear();

private:
    QLabel* m_text;
    SilenceChart* m_chart;
    ExchangeDetail m_detail;
    Conversation m_conversation;
    OutputRate m_rate;
};

} // namespace sallyport
