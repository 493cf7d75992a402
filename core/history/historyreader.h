// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/filterquery.h"
#include "core/history/historyfile.h"
#include "core/observe/exchangerecord.h"

#include <QHash>
#include <QSet>
#include <QStringList>
#include <QVector>

#include <functional>
#include <optional>
#include <vector>

namespace sallyport {

/// Ids between two others, which do not count.
struct HistorySpan {
    quint64 after = 0;
    quint64 before = ~0ULL;
};

/// The reading side of a history, also beside a process that writes it. Ids of records are those of
/// the history: they rise in the order in which exchanges ended. One thread.
class HistoryReader {
public:
    [[nodiscard]] static Result<HistoryReader, HistoryError> open(const QString& path);

    /// The latest exchanges that pass and have an id within `ids`, newest first.
    [[nodiscard]] Result<std::vector<ExchangeRecord>, HistoryError>
    latest(const filter::Query& query, int limit, HistorySpan ids = {}) const;
    /// Hands on those that pass and have an id above `after`, oldest first; ends when `take` gives
    /// false. Memory does not grow with their number.
    [[nodiscard]] std::optional<HistoryError>
    each(const filter::Query& query, quint64 after,
         const std::function<bool(const ExchangeRecord&)>& take) const;
    /// Fields and contents of an exchange, as long as they are kept.
    [[nodiscard]] std::optional<ExchangeDetail> detail(const ExchangeRecord& record) const;
    /// The same exchanges as live records of another numbering, by their ids there: by start,
    /// method and path. Looks from the end of the file on, no further than they can be.
    [[nodiscard]] QHash<quint64, ExchangeRecord>
    recordsLike(const QVector<ExchangeRecord>& live) const;
    /// The latest earlier turn (isEarlierTurn()) of an exchange of this history, among the 20 000
    /// before it.
    [[nodiscard]] std::optional<ExchangeRecord> earlierTurn(const ExchangeRecord& record) const;
    /// When the first exchange began whose id is not below `id`; nothing where there is none.
    [[nodiscard]] std::optional<WallTime> startFrom(quint64 id) const;
    /// The ids of the first and the last exchange; 0: there is none.
    [[nodiscard]] quint64 firstId() const;
    [[nodiscard]] quint64 lastId() const;

private:
    explicit HistoryReader(HistoryFile file)
        : m_file(std::move(file)) {}
    struct Bounds {
        HistorySpan ids;
        bool isNewestFirst = false;
        int limit = -1; ///< -1: none
    };
    [[nodiscard]] std::optional<HistoryError>
    run(const filter::Query& query, const Bounds& bounds,
        const std::function<bool(const ExchangeRecord&)>& take) const;
    [[nodiscard]] QStringList wordTables() const;
    [[nodiscard]] QVector<quint64> idsStartedAt(const QSet<qint64>& starts) const;
    [[nodiscard]] std::optional<ExchangeRecord> recordOf(quint64 id) const;

    HistoryFile m_file;
};

} // namespace sallyport
