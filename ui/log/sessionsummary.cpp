// SPDX-License-Identifier: MIT
#include "ui/log/sessionsummary.h"

#include "core/history/earlierturn.h"

namespace sallyport {

SessionSummary sessionSummary(const RowRing& ring, const ExchangeRecord& record,
                              const PriceTable& prices) {
    SessionSummary summary;
    if (record.session.isEmpty()) return summary;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const ExchangeRecord& other = ring.at(i);
        if (other.session != record.session) continue;
        summary.sum.add(other.usage, prices.cost(billedModel(other), other.usage));
        if (other.id < record.id && isEarlierTurn(other, record)) summary.previous = other;
    }
    return summary;
}

} // namespace sallyport
