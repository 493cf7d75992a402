// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/exchangewriter.h"
#include "core/history/filterquery.h"

#include <QMetaType>
#include <QString>
#include <QVector>

#include <optional>

namespace sallyport {

/// Which exchanges are to be written where.
struct ExportRequest {
    QString path; ///< of the new file; one that is there is replaced
    ExportFormat format = ExportFormat::Har;
    /// All of the history that pass, oldest first, instead of `kept`.
    std::optional<filter::Query> query;
    QVector<ExchangeRecord> kept; ///< with ids of the history
    QVector<ExchangeRecord> live; ///< with ids of the live log; written after the others
    QJsonObject about = {};       ///< goes into a HAR, see har::begin()
};

struct ExportOutcome {
    QString path;
    int written = 0;
    int bare = 0;    ///< of these without fields and contents, which are not kept
    QString problem; ///< a sentence; empty when the file is whole
};

/// Writes them with what the history in `historyPath` has of them, 0600, whole or not at all.
/// Blocks for as long as that takes; memory does not grow with the history.
[[nodiscard]] ExportOutcome exportExchanges(const QString& historyPath,
                                            const ExportRequest& request);

} // namespace sallyport

Q_DECLARE_METATYPE(sallyport::ExportOutcome)
Q_DECLARE_METATYPE(sallyport::ExportRequest)
