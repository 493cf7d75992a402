// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/historylimits.h"
#include "core/history/historyqueue.h"
#include "core/support/deadline.h"
#include "core/support/tokenbucket.h"

#include <QObject>
#include <QThread>

#include <stop_token>

namespace sallyport {

class HistoryWorker;

/// Keeps ended exchanges in the history, written by a thread of its own: four times a second, one
/// batch at a time. A disk that is slow or full never holds up its caller: what finds no room in
/// the queue is left out, counted, and said once a minute. Lives on the thread of its deadlines.
class HistoryWriter : public QObject {
    Q_OBJECT
public:
    /// `path`: the file, made with its folder when limits are set that ask for one; empty: nothing
    /// is ever kept.
    HistoryWriter(const QString& path, DeadlineQueue& deadlines);
    /// Writes what waits, for at most three seconds; what is left then is given up and said.
    ~HistoryWriter() override;

    /// Keeps from now on what the limits ask for; disabled ones write what waits and end the
    /// thread.
    void setLimits(const HistoryLimits& limits);
    /// Whether fields and bodies of one more exchange that begins now are kept: those of
    /// kContentsPerSecond, and of 5000 at once. Others are counted, and said like what found no
    /// room.
    [[nodiscard]] bool admitsContents();
    /// An exchange that has ended. Requests to our own endpoints are left out.
    void keep(const ExchangeDetail& exchange);

signals:
    /// A sentence for people: the file was set aside, or cannot be used.
    void troubled(const QString& sentence);

private:
    void start();
    void stop();
    void writeBatch();
    void handleWritten(int lost, const QString& reason);
    void noteDropped();
    void tellDropped();

    QString m_path;
    const Clock& m_clock;
    HistoryQueue m_queue;
    TokenBucket m_contents;
    Deadline m_batch;
    Deadline m_telling;       ///< armed: what was dropped has been said a moment ago
    bool m_isWriting = false; ///< a batch is under way
    HistoryQueue::Dropped m_dropped;
    QString m_reason;                  ///< of the last batch that was lost
    std::stop_source m_end;            ///< of m_thread: it gives up what it has not written
    QThread* m_thread = nullptr;       ///< deleted when it has ended, left alone when it hangs
    HistoryWorker* m_worker = nullptr; ///< lives on m_thread and is deleted there; null: disabled
};

} // namespace sallyport
