// SPDX-License-Identifier: MIT
#pragma once

#include "ui/detail/conversationreader.h"
#include "ui/latesttask.h"

#include <QObject>

#include <memory>

namespace sallyport {

/// Reads the conversation of the exchange that is shown, on a thread of its own.
class ConversationFeed : public QObject {
    Q_OBJECT
public:
    explicit ConversationFeed(QObject* parent = nullptr);
    /// Ends in conversationRead(), unless clear() or a later call comes first.
    void read(const ExchangeDetail& detail);
    void clear();

signals:
    void conversationRead(const sallyport::Conversation& conversation);

private:
    std::shared_ptr<ConversationReader> m_reader; ///< used by one piece of work at a time
    LatestTask m_task;
};

} // namespace sallyport
