// SPDX-License-Identifier: MIT
#include "core/history/historyreader.h"

#include "core/history/earlierturn.h"
#include "core/history/exchangecodec.h"
#include "core/history/filtermatcher.h"
#include "core/history/historyschema.h"
#include "core/history/sqlfilter.h"

#include <QMultiHash>
#include <QSet>
#include <QSqlError>
#include <QSqlQuery>

#include <algorithm>
#include <limits>

namespace sallyport {

Result<HistoryReader, HistoryError> HistoryReader::open(const QString& path) {
    auto file = HistoryFile::open(path, HistoryFile::Mode::Read);
    if (!file) return Failure{file.error()};
    return HistoryReader(std::move(file).value());
}

QStringList HistoryReader::wordTables() const {
    QStringList tables;
    QSqlQuery query(m_file.database());
    query.setForwardOnly(true);
    query.exec(QStringLiteral("SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB "
                              "'words_[0-9]*' AND sql LIKE 'CREATE VIRTUAL%'"));
    while (query.next())
        tables += query.value(0).toString();
    return tables;
}

std::optional<HistoryError>
HistoryReader::run(const filter::Query& query, const Bounds& bounds,
                   const std::function<bool(const ExchangeRecord&)>& take) const {
    const QStringList tables = filter::asksForBodies(query) ? wordTables() : QStringList();
    const SqlFilter wanted = sqlFilter(query, tables);
    QSqlQuery asked(m_file.database());
    asked.setForwardOnly(true);
    // The rows are found by their numbers alone, then joined: a scan reads nothing else.
    const QString order = QLatin1String(bounds.isNewestFirst ? "DESC" : "ASC");
    asked.prepare(schema::selectRecords() +
                  QStringLiteral("WHERE exchanges.id IN (SELECT id FROM exchanges WHERE id > ? AND "
                                 "id < ? AND %1 ORDER BY id %2 LIMIT ?) ORDER BY exchanges.id %2")
                      .arg(wanted.condition, order));
    constexpr quint64 kMost = std::numeric_limits<qint64>::max();
    asked.addBindValue(static_cast<qint64>(std::min(bounds.ids.after, kMost)));
    asked.addBindValue(static_cast<qint64>(std::min(bounds.ids.before, kMost)));
    for (const QVariant& value : wanted.values)
        asked.addBindValue(value);
    asked.addBindValue(bounds.limit);
    if (!asked.exec()) return historyErrorOf(asked.lastError());
    while (asked.next())
        if (!take(schema::recordAt(asked))) return {};
    if (asked.lastError().isValid()) return historyErrorOf(asked.lastError());
    return {};
}

Result<std::vector<ExchangeRecord>, HistoryError>
HistoryReader::latest(const filter::Query& query, int limit, HistorySpan ids) const {
    std::vector<ExchangeRecord> found;
    const auto error = run(query, {ids, true, limit}, [&found](const ExchangeRecord& record) {
        found.push_back(record);
        return true;
    });
    if (error) return Failure{*error};
    return found;
}

std::optional<HistoryError>
HistoryReader::each(const filter::Query& query, quint64 after,
                    const std::function<bool(const ExchangeRecord&)>& take) const {
    // In pages, so that the list of ids stays small and no snapshot is held for long.
    constexpr int kPage = 2000;
    for (bool goesOn = true; goesOn;) {
        int read = 0;
        const auto error = run(query, {{after}, false, kPage}, [&](const auto& record) {
            ++read;
            after = record.id;
            goesOn = take(record);
            return goesOn;
        });
        if (error) return error;
        goesOn = goesOn && read == kPage;
    }
    return {};
}

std::optional<ExchangeDetail> HistoryReader::detail(const ExchangeRecord& record) const {
    QSqlQuery query(m_file.database());
    query.setForwardOnly(true);
    query.prepare(QStringLiteral("SELECT head, request, response FROM bodies WHERE id = ?"));
    query.addBindValue(record.id);
    if (!query.exec() || !query.next()) return {};
    ExchangeDetail detail;
    detail.record = record;
    exchangecodec::decodeHead(query.value(0).toByteArray(), detail);
    detail.requestBody = exchangecodec::decodedBody(query.value(1).toByteArray());
    detail.responseBody = exchangecodec::decodedBody(query.value(2).toByteArray());
    return detail;
}

/// Ids rise in the order of the ends, so that nothing that began later stands before what ended
/// earlier, but for a wall clock that was set.
QVector<quint64> HistoryReader::idsStartedAt(const QSet<qint64>& starts) const {
    QVector<quint64> ids;
    if (starts.isEmpty()) return ids;
    constexpr qint64 kClockWasSet = 3600LL * 1000 * 1000;
    const qint64 first = *std::min_element(starts.begin(), starts.end()) - kClockWasSet;
    QSqlQuery query(m_file.database());
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral(
            "SELECT id, started_us, IFNULL(ended_us, 0) FROM exchanges ORDER BY id DESC")))
        return ids;
    while (query.next()) {
        const qint64 start = query.value(1).toLongLong();
        if (starts.contains(start)) ids += query.value(0).toULongLong();
        if (start + query.value(2).toLongLong() < first) break;
    }
    return ids;
}

std::optional<ExchangeRecord> HistoryReader::recordOf(quint64 id) const {
    QSqlQuery query(m_file.database());
    query.setForwardOnly(true);
    query.prepare(schema::selectRecords() + QStringLiteral("WHERE exchanges.id = ?"));
    query.addBindValue(id);
    if (!query.exec() || !query.next()) return {};
    return schema::recordAt(query);
}

QHash<quint64, ExchangeRecord>
HistoryReader::recordsLike(const QVector<ExchangeRecord>& live) const {
    QMultiHash<qint64, const ExchangeRecord*> wanted;
    QSet<qint64> starts;
    for (const ExchangeRecord& record : live) {
        const qint64 start = schema::microsOf(record.startedAt);
        wanted.insert(start, &record);
        starts.insert(start);
    }
    QHash<quint64, ExchangeRecord> found;
    for (const quint64 id : idsStartedAt(starts)) {
        const auto kept = recordOf(id);
        if (!kept) continue;
        const auto [first, last] = wanted.equal_range(schema::microsOf(kept->startedAt));
        // Of two that agree in all three the one that ended later counts, as the first that is met.
        for (auto each = first; each != last; ++each)
            if ((*each)->method == kept->method && (*each)->path == kept->path &&
                !found.contains((*each)->id))
                found.insert((*each)->id, *kept);
    }
    return found;
}

std::optional<ExchangeRecord> HistoryReader::earlierTurn(const ExchangeRecord& record) const {
    std::optional<ExchangeRecord> found;
    if (record.session.isEmpty()) return found;
    // In pages: the list of ids of one statement is made before its first row comes.
    constexpr int kPage = 500;
    constexpr int kPages = 40;
    quint64 before = record.id;
    for (int page = 0; page < kPages && !found; ++page) {
        int read = 0;
        const auto error = run({}, {{0, before}, true, kPage}, [&](const ExchangeRecord& other) {
            ++read;
            before = other.id;
            if (other.startedAt < record.startedAt && isEarlierTurn(other, record)) found = other;
            return !found;
        });
        if (error || read == 0) break;
    }
    return found;
}

std::optional<WallTime> HistoryReader::startFrom(quint64 id) const {
    const qint64 start = m_file.number(
        QStringLiteral("SELECT started_us FROM exchanges WHERE id >= %1 ORDER BY id LIMIT 1")
            .arg(id));
    if (start == 0) return {};
    return WallTime(std::chrono::microseconds(start));
}

quint64 HistoryReader::firstId() const {
    return static_cast<quint64>(m_file.number(QStringLiteral("SELECT MIN(id) FROM exchanges")));
}

quint64 HistoryReader::lastId() const {
    return static_cast<quint64>(m_file.number(QStringLiteral("SELECT MAX(id) FROM exchanges")));
}

} // namespace sallyport
