// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/historyfile.h"
#include "core/history/historylimits.h"
#include "core/observe/exchangerecord.h"

#include <QHash>
#include <QSqlQuery>
#include <QVariantList>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace sallyport {

/// The writing side of a history: ended exchanges in, old ones out. One thread.
class HistoryStore {
public:
    [[nodiscard]] static Result<std::unique_ptr<HistoryStore>, HistoryError>
    open(const QString& path, const HistoryLimits& limits);

    /// From now on; what is kept beyond them goes with the next pruning.
    void setLimits(const HistoryLimits& limits);
    /// Writes them in one transaction: all, or none and the error.
    [[nodiscard]] std::optional<HistoryError> append(std::span<const ExchangeDetail> exchanges);

    enum class Pruned { Nothing, Some, Failed };
    /// One small step (some milliseconds) of taking out what is older than the limits, or beyond
    /// the size; Some: there may be more.
    [[nodiscard]] Pruned pruneSome(WallTime now);
    /// Forgets everything and gives the room back.
    [[nodiscard]] std::optional<HistoryError> clear();
    /// Bytes of the file that are in use.
    [[nodiscard]] qint64 usedBytes() const;

private:
    explicit HistoryStore(HistoryFile file);
    /// What is remembered of the file may be gone when another process has cleared it.
    void forgetForeignChanges();
    [[nodiscard]] std::optional<HistoryError> appendOne(const ExchangeDetail& exchange);
    [[nodiscard]] std::optional<HistoryError> appendContents(qint64 id,
                                                             const ExchangeDetail& exchange);
    /// The row of a table of texts that repeat; made, or marked as used today.
    [[nodiscard]] Result<qint64, HistoryError> idOf(QSqlQuery& insert, const char* table,
                                                    const QVariantList& texts);
    [[nodiscard]] Result<qint64, HistoryError> kindIdOf(const ExchangeRecord& record);
    void forgetKnown();
    [[nodiscard]] Result<qint64, HistoryError> makeWords(qint64 period);
    [[nodiscard]] int pruneBodies(qint64 before);
    [[nodiscard]] int pruneWords(qint64 before);
    [[nodiscard]] int pruneExchanges(qint64 before);
    [[nodiscard]] int pruneTexts(qint64 before);
    [[nodiscard]] int pruneSize();
    /// Rows that a statement changed; -1 when it failed.
    [[nodiscard]] int changed(const QString& statement);
    [[nodiscard]] std::vector<qint64> wordPeriods() const;

    struct LastKind {
        ExchangeRecord record;
        qint64 id = 0;
    };

    HistoryFile m_file;
    HistoryLimits m_limits;
    QSqlQuery m_insertKind;
    QSqlQuery m_insertError;
    QSqlQuery m_insertExchange;
    QSqlQuery m_insertBody;
    QSqlQuery m_insertWords;           ///< into the table of m_wordPeriod
    QHash<QByteArray, qint64> m_known; ///< keys of rows that were used today
    std::optional<LastKind> m_lastKind;
    qint64 m_today = 0;
    qint64 m_wordPeriod = -1; ///< of the table that is there
    qint64 m_version = 0;     ///< changes when another connection has written
};

} // namespace sallyport
