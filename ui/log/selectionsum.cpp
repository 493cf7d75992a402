// SPDX-License-Identifier: MIT
#include "ui/log/selectionsum.h"

#include "ui/log/rowtext.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace sallyport {

void SelectionSum::add(const ExchangeRecord& record, WallTime now) {
    const Usage& usage = record.usage;
    ++count;
    tokensIn +=
        usage.input.value_or(0) + usage.cacheRead.value_or(0) + usage.cacheWritten.value_or(0);
    tokensOut += usage.output.value_or(0);
    bytes += record.requestBytes + record.responseBytes;
    micros += elapsedMicros(record, now);
}

QString sumText(const SelectionSum& sum) {
    if (sum.count < 2) return {};
    const auto count =
        static_cast<int>(std::min<qsizetype>(sum.count, std::numeric_limits<int>::max()));
    QStringList parts{QCoreApplication::translate("SelectionSum", "%Ln selected", nullptr, count)};
    if (sum.tokensIn > 0 || sum.tokensOut > 0)
        parts += QCoreApplication::translate("SelectionSum", "%1 tokens in, %2 out")
                     .arg(countText(sum.tokensIn), countText(sum.tokensOut));
    parts += sizeText(sum.bytes);
    parts += durationText(sum.micros);
    return parts.join(QStringLiteral(" · "));
}

} // namespace sallyport
