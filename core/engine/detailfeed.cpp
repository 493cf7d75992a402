// SPDX-License-Identifier: MIT
#include "core/engine/detailfeed.h"

#include <algorithm>

namespace sallyport {

namespace {
using namespace std::chrono_literals;
constexpr auto kInterval = 50ms;
} // namespace

DetailFeed::DetailFeed(DeadlineQueue& deadlines, const ExchangeLog& log, Deliver deliver)
    : m_log(log)
    , m_deliver(std::move(deliver))
    , m_deadline(deadlines, [this] { deliverFollowed(); }) {}

void DetailFeed::follow(quint64 id) {
    m_followed = id;
    deliverFollowed();
}

void DetailFeed::noteChanges(const std::vector<ExchangeRecord>& records) {
    const bool isNamed = std::any_of(records.begin(), records.end(), [this](const auto& record) {
        return record.id == m_followed;
    });
    if (isNamed && !m_deadline.isArmed()) m_deadline.arm(kInterval);
}

void DetailFeed::deliverFollowed() {
    if (m_followed != 0) read(m_followed);
}

} // namespace sallyport
