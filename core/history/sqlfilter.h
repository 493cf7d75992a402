// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/filterquery.h"

#include <QStringList>
#include <QVariantList>

namespace sallyport {

/// A filter as a condition on `exchanges`, for SQLite.
struct SqlFilter {
    QString condition; ///< with a `?` for each value
    QVariantList values;
    friend bool operator==(const SqlFilter&, const SqlFilter&) = default;
};

/// The condition that holds for the same exchanges as filter::matches(), and for those whose
/// contents have the words of a BodyTerm. `wordTables`: the tables of the full-text index.
/// Letters outside ASCII are compared with their case.
[[nodiscard]] SqlFilter sqlFilter(const filter::Query& query, const QStringList& wordTables);

} // namespace sallyport
