// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/historyexport.h"
#include "core/history/historypage.h"
#include "core/history/historyreader.h"

#include <QElapsedTimer>
#include <QObject>

#include <optional>

namespace sallyport {

/// Answers requests to a history on the thread that it was moved to, beside the process that
/// writes it. A search goes through the file in spans of ids, some tens of milliseconds each, and
/// takes other requests in between: a new search replaces the one under way.
class HistoryBrowser : public QObject {
    Q_OBJECT
public:
    explicit HistoryBrowser(QString path)
        : m_path(std::move(path)) {}

    /// Ends in found() with a state other than Searching, unless another one replaces it.
    void find(const HistoryRequest& request);
    void cancel();
    /// Ends in detailRead() or detailMissing(). `isLive`: the record has an id of the live log, and
    /// is looked for by its start.
    void readDetail(const ExchangeRecord& record, bool isLive);
    /// Ends in earlierTurnRead(): for an exchange of the history, by what it could read the prompt
    /// cache.
    void readEarlierTurn(const ExchangeRecord& record);
    /// Ends in exported().
    void exportTo(const ExportRequest& request);
    /// Forgets everything; ends in cleared().
    void clear();

signals:
    void found(const sallyport::HistoryPage& page);
    void detailRead(const sallyport::ExchangeDetail& detail);
    void detailMissing(quint64 id);
    /// `earlier` has the id 0 where there is none.
    void earlierTurnRead(quint64 id, const sallyport::ExchangeRecord& earlier);
    void exported(const sallyport::ExportOutcome& outcome);
    /// `problem`: why not, a clause; empty when it is done.
    void cleared(const QString& problem);

private:
    [[nodiscard]] bool openReader();
    void step(quint64 search);
    void emitPage(HistoryPage::State state, const QString& problem = {});
    void adaptWidth(qint64 millis);

    QString m_path;
    std::optional<HistoryReader> m_reader;
    HistoryRequest m_request;
    quint64 m_first = 0; ///< the lowest id of the file
    quint64 m_width = 0; ///< ids of the next span
    bool m_isSearching = false;
    QVector<ExchangeRecord> m_found; ///< since the last emission
    QElapsedTimer m_sinceEmission;
};

} // namespace sallyport
