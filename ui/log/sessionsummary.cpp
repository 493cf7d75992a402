// SPDX-License-Identifier: MIT
#include "ui/log/sessionsummary.h"

#include "core/anthropic/messagespath.h"

namespace sallyport {

SessionSummary sessionSummary(const RowRing& ring, const ExchangeRecord& record,
                              const PriceTable& prices) {
    SessionSummary summary;
    if (record.session.isEmpty()) return summary;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const ExchangeRecord& other = ring.at(i);
        if (other.session != record.session) continue;
        summary.sum.add(other.usage, prices.cost(billedModel(other), other.usage));
        const bool isPrevious = other.id < record.id && other.agent == record.agent &&
                                other.usage.input && createsMessage(other.path) &&
                                billedModel(other) == billedModel(record);
        if (isPrevious) summary.previous = other;
    }
    return summary;
}

} // namespace sallyport
