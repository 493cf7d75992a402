// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"
#include "core/support/clock.h"

#include <QString>

namespace sallyport {

/// What several exchanges come to together.
struct SelectionSum {
    qsizetype count = 0;
    qint64 tokensIn = 0; ///< with the cache, as the vendor counts what went in
    qint64 tokensOut = 0;
    qint64 bytes = 0;  ///< of contents, both ways
    qint64 micros = 0; ///< of all, one after the other

    void add(const ExchangeRecord& record, WallTime now);
};

/// `3 selected · 48,210 in, 1,204 out · 1.2 MiB · 41 s`; empty below two.
[[nodiscard]] QString sumText(const SelectionSum& sum);

} // namespace sallyport
