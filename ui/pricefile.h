// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/pricetable.h"

#include <QByteArray>
#include <QString>

namespace sallyport {

/// What models cost: the table that is shipped, and before it the entries of `prices.json` beside
/// the configuration, which is read again when it has changed.
class PriceFile {
public:
    /// `folder`: of the configuration; there need be no `prices.json`. `shipped`: the file of the
    /// table that is shipped.
    explicit PriceFile(const QString& folder,
                       const QString& shipped = QStringLiteral(":/data/prices.json"));
    [[nodiscard]] const PriceTable& table() const { return m_table; }
    /// What is wrong with the user's file, which then does not count; empty: nothing.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    /// Reads the user's file when it is not as it was; whether it was read.
    bool refresh();

private:
    PriceTable m_shipped;
    PriceTable m_table;
    QString m_path;
    QString m_problem;
    QByteArray m_text; ///< of the user's file, as it was read
};

/// `$0.0421`, `$12.30`.
[[nodiscard]] QString dollarText(double dollars);

} // namespace sallyport
