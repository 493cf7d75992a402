// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/pricetable.h"
#include "core/observe/exchangerecord.h"

#include <QString>
#include <QVector>

namespace sallyport {

/// One figure or header of two exchanges.
struct ComparedValue {
    QString name;
    QString left;
    QString right;
    bool isHeader = false;
    [[nodiscard]] bool differs() const { return left != right; }
    friend bool operator==(const ComparedValue&, const ComparedValue&) = default;
};
/// What came of them, then the headers of both responses by name. `now` ends what still runs.
[[nodiscard]] QVector<ComparedValue> comparedValues(const ExchangeDetail& left,
                                                    const ExchangeDetail& right,
                                                    const PriceTable& prices, WallTime now);

/// The response as a text of lines: the conversation of a Messages exchange, JSON laid out, or the
/// text as it is; at most 256 KiB of it, with a line that says so. Blocks for some 10 ms per MiB.
[[nodiscard]] QString responseText(const ExchangeDetail& detail);

/// A line of one text beside the line of the other that stands for it.
struct ComparedLine {
    enum class Kind { Same, Changed, LeftOnly, RightOnly };
    Kind kind = Kind::Same;
    QString left;
    QString right;
    friend bool operator==(const ComparedLine&, const ComparedLine&) = default;
};
/// The longest common lines stay side by side; of texts that differ in more than 2000 lines on
/// both sides the lines in between are set against each other in their order.
[[nodiscard]] QVector<ComparedLine> comparedLines(const QString& left, const QString& right);

} // namespace sallyport
