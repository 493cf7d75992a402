// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/usage.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>
#include <vector>

class QJsonObject;

namespace sallyport {

/// US dollars per million tokens.
struct TokenPrices {
    double input = 0;
    double output = 0;
    double cacheWrite = 0; ///< kept for five minutes, as `cache_control` has it by default
    double cacheRead = 0;
    friend bool operator==(const TokenPrices&, const TokenPrices&) = default;
};

/// What models cost, read from a file that says when its prices were true:
///
///     {"date": "2026-10-24", "models": [{"model": "claude-opus-5-5", "input": 4, "output": 20,
///       "cache_write": 5, "cache_read": 0.2, "long_prompt": {"above": 100000, "input": …}}]}
///
/// A model is known by its name, also with the date of a version after it (`-20250805`,
/// `@20250805`) or `[1m]`; a `*` in an entry stands for any text. The first entry that fits counts.
/// A model that none fits has no cost.
class PriceTable {
public:
    /// The error names what is wrong and where.
    [[nodiscard]] static Result<PriceTable, QString> parse(QByteArrayView json);

    /// Puts the entries of another table before these.
    void prefer(const PriceTable& other);
    /// US dollars; none where the model is unknown or nothing was counted.
    [[nodiscard]] std::optional<double> cost(QByteArrayView model, const Usage& usage) const;
    /// The prices of a model for a prompt of so many tokens.
    [[nodiscard]] std::optional<TokenPrices> prices(QByteArrayView model,
                                                    qint64 promptTokens) const;
    /// `2026-10-24`; of the table that was read first.
    [[nodiscard]] const QString& date() const { return m_date; }

private:
    struct Entry {
        QString model;
        TokenPrices prices;
        qint64 longAbove = -1; ///< prompt tokens above which `longPrices` hold; -1: never
        TokenPrices longPrices;
    };
    [[nodiscard]] static Result<Entry, QString> entryOf(const QJsonObject& object);

    QString m_date;
    std::vector<Entry> m_entries;
};

} // namespace sallyport
