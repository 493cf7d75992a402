// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QJsonObject>

namespace sallyport {

/// What `sallyport log --json --contents` adds to a record, as `replay:` reads it: `request` with
/// `headers` and `body`, `response` with `reason`, `headers` and `pieces`. A header is `[name,
/// value]`; bytes are `{"text": …}` where they are UTF-8, else `{"base64": …}`; of a piece `at_us`
/// is its moment after the start of the exchange. `cut` stands where not all was kept.
[[nodiscard]] QJsonObject exchangeContents(const ExchangeDetail& exchange);

} // namespace sallyport
