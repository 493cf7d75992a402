// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QByteArray>

namespace sallyport {

/// Appends the pairs of the `exchange` log line of an ended exchange; what is empty is left out.
void appendExchangePairs(QByteArray& out, const ExchangeRecord& record);

/// Writes the `exchange` log line of an ended exchange, at the level that its end asks for.
/// `buffer` is empty scratch space that the caller keeps for the next one.
void logExchange(const ExchangeRecord& record, QByteArray& buffer);

} // namespace sallyport
