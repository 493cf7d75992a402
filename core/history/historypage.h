// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/filterquery.h"
#include "core/observe/exchangerecord.h"

#include <QMetaType>
#include <QString>
#include <QVector>

#include <optional>

namespace sallyport {

/// Asks for the exchanges of the history that pass a filter, newest first.
struct HistoryRequest {
    quint64 search = 0; ///< the answers carry it, so that those of an earlier one can be told
    filter::Query query;
    quint64 before = ~0ULL; ///< an id of the history; the page begins below it
    int limit = 500;        ///< exchanges of the page
};

/// A part of the answer. Searching ones come while the search goes on; each other one is the last.
struct HistoryPage {
    enum class State {
        Searching,
        More,   ///< the page is full; the next one begins at `before`
        All,    ///< there is nothing older, or no history at all
        Failed, ///< for `problem`
    };
    quint64 search = 0;
    State state = State::Searching;
    QVector<ExchangeRecord> records; ///< newest first, with ids of the history
    quint64 before = 0;
    std::optional<WallTime> reached; ///< start of the oldest exchange that was looked at
    QString problem;                 ///< a clause for people
};

} // namespace sallyport

Q_DECLARE_METATYPE(sallyport::HistoryPage)
