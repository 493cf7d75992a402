// SPDX-License-Identifier: MIT
#include "core/history/earlierturn.h"

#include "core/anthropic/messagespath.h"
#include "core/history/statistics.h"

namespace sallyport {

bool isEarlierTurn(const ExchangeRecord& other, const ExchangeRecord& record) {
    return !record.session.isEmpty() && other.session == record.session &&
           other.agent == record.agent && other.usage.input && createsMessage(other.path) &&
           billedModel(other) == billedModel(record);
}

} // namespace sallyport
