// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

namespace sallyport {

/// Appends the pairs of the `exchange` log line of an ended exchange; what is empty is left out.
void appendExchangePairs(QByteArray& out, const ExchangeRecord& record);

} // namespace sallyport
