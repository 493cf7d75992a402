// SPDX-License-Identifier: MIT
#include "core/observe/failedexchange.h"

namespace sallyport {

bool isFailed(const ExchangeRecord& record) {
    switch (record.end) {
    case ExchangeEnd::Refused:
    case ExchangeEnd::UpstreamError:
    case ExchangeEnd::Truncated:
    case ExchangeEnd::Stalled: return true;
    case ExchangeEnd::ClientGone: return false;
    case ExchangeEnd::Running:
    case ExchangeEnd::Complete: break;
    }
    return record.status >= 400;
}

} // namespace sallyport
