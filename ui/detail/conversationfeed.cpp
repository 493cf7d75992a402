// SPDX-License-Identifier: MIT
#include "ui/detail/conversationfeed.h"

namespace sallyport {

ConversationFeed::ConversationFeed(QObject* parent)
    : QObject(parent)
    , m_reader(std::make_shared<ConversationReader>()) {}

void ConversationFeed::read(const ExchangeDetail& detail) {
    m_task.start([this, reader = m_reader, detail]() -> LatestTask::Delivery {
        return [this, read = reader->read(detail)] { emit conversationRead(read); };
    });
}

void ConversationFeed::clear() { m_task.cancel(); }

} // namespace sallyport
