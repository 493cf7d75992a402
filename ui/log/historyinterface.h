// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/historyexport.h"
#include "core/history/historypage.h"

#include <QObject>

namespace sallyport {

/// The history as the screens see it: requests are calls, answers are signals. Lives on the thread
/// of the screens; the implementation reads on one of its own, so that a disk that is slow or hangs
/// never holds up a screen.
class HistoryInterface : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Ends in found() with a state other than Searching; a new search replaces the one under way.
    virtual void find(const sallyport::HistoryRequest& request) = 0;
    virtual void cancel() = 0;
    /// Ends in detailRead() or detailMissing(). `isLive`: the record has an id of the live log.
    virtual void readDetail(const sallyport::ExchangeRecord& record, bool isLive) = 0;
    /// Ends in earlierTurnRead(), for an exchange of the history.
    virtual void readEarlierTurn(const sallyport::ExchangeRecord& record) = 0;
    /// Ends in exported(), also without a history.
    virtual void exportTo(const sallyport::ExportRequest& request) = 0;
    /// Forgets everything; ends in cleared().
    virtual void clear() = 0;

signals:
    void found(const sallyport::HistoryPage& page);
    void detailRead(const sallyport::ExchangeDetail& detail);
    void detailMissing(quint64 id);
    /// `earlier`: what had filled the prompt cache for that exchange; with the id 0: nothing had.
    void earlierTurnRead(quint64 id, const sallyport::ExchangeRecord& earlier);
    void exported(const sallyport::ExportOutcome& outcome);
    /// `problem`: why not, a clause; empty when it is done.
    void cleared(const QString& problem);
};

} // namespace sallyport
