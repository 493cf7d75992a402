// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QString>

namespace sallyport {

/// An exchange as somebody who has to mend it needs it, as plain text in English: what was asked
/// and when, how it ended, by which way it went, the fields that name it at the other end, and the
/// start of the response (2 KiB). Redacted as it is kept.
[[nodiscard]] QString errorReport(const ExchangeDetail& detail);

} // namespace sallyport
