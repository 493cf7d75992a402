// SPDX-License-Identifier: MIT
#include "core/history/historywriter.h"

#include "core/history/historyworker.h"
#include "core/observe/log.h"

#include <QDeadlineTimer>

namespace sallyport {

namespace {
using namespace std::chrono_literals;
/// What a process that is killed loses at most, with the time that writing takes.
constexpr auto kBatchInterval = 250ms;
constexpr auto kTellingInterval = 60s;
/// Writing the contents of one costs some 30 µs, its record 15 µs. Clients of the Messages API stay
/// far below; what makes thousands of requests in a second keeps their records alone.
constexpr Rate kContents{kContentsPerSecond, 1s, 5000};
constexpr auto kLastBatch = 3s;       ///< how long the end waits for it
constexpr auto kLastTransaction = 2s; ///< and then for the transaction that is under way
} // namespace

HistoryWriter::HistoryWriter(const QString& path, DeadlineQueue& deadlines)
    : m_path(path)
    , m_clock(deadlines.clock())
    , m_contents(kContents)
    , m_batch(deadlines, [this] { writeBatch(); })
    , m_telling(deadlines, [this] { noteDropped(); }) {}

HistoryWriter::~HistoryWriter() { stop(); }

void HistoryWriter::setLimits(const HistoryLimits& limits) {
    if (!limits.isEnabled || m_path.isEmpty()) {
        stop();
        return;
    }
    if (!m_worker) start();
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, limits] { worker->setLimits(limits); });
}

void HistoryWriter::start() {
    m_end = std::stop_source();
    m_thread = new QThread;
    m_thread->setObjectName(QStringLiteral("history"));
    m_worker = new HistoryWorker(m_path, m_end.get_token());
    m_worker->moveToThread(m_thread);
    connect(m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &HistoryWorker::written, this, &HistoryWriter::handleWritten);
    connect(m_worker, &HistoryWorker::troubled, this, &HistoryWriter::troubled);
    m_thread->start(QThread::LowPriority);
}

void HistoryWriter::stop() {
    if (!m_worker) return;
    disconnect(m_worker, nullptr, this, nullptr);
    QMetaObject::invokeMethod(m_worker,
                              [worker = m_worker, thread = m_thread, batch = m_queue.take()] {
                                  if (!batch.empty()) worker->write(batch);
                                  thread->quit();
                              });
    m_queue.release();
    m_isWriting = false;
    m_worker = nullptr;
    const bool isWhole = m_thread->wait(QDeadlineTimer(kLastBatch));
    if (!isWhole) {
        m_end.request_stop();
        log::write(log::Level::Warn, "history",
                   {{"reason", QStringLiteral("the disk does not keep up with the end")}});
    }
    // A call of the system that hangs must not hold up the end; its thread is then left alone.
    if (isWhole || m_thread->wait(QDeadlineTimer(kLastTransaction))) delete m_thread;
    m_thread = nullptr;
}

bool HistoryWriter::admitsContents() {
    const Monotonic now = m_clock.now();
    if (m_contents.waitAt(now).count() == 0) {
        m_contents.take(now);
        return true;
    }
    ++m_dropped.contents;
    if (m_reason.isEmpty())
        m_reason = QStringLiteral("more than %1 requests a second").arg(kContentsPerSecond);
    return false;
}

void HistoryWriter::keep(const ExchangeDetail& exchange) {
    if (!m_worker || exchange.record.role == RequestRole::Local) return;
    m_queue.add(exchange);
    noteDropped();
    if (!m_batch.isArmed() && !m_isWriting) m_batch.arm(kBatchInterval);
}

void HistoryWriter::writeBatch() {
    if (!m_worker || m_isWriting || m_queue.isEmpty()) return;
    m_isWriting = true;
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, batch = m_queue.take()] { worker->write(batch); });
}

void HistoryWriter::handleWritten(int lost, const QString& reason) {
    m_isWriting = false;
    m_queue.release();
    if (!m_queue.isEmpty()) m_batch.arm(kBatchInterval);
    m_dropped.exchanges += static_cast<quint64>(lost);
    if (lost > 0) m_reason = reason;
    noteDropped();
}

/// Says it at once, then once in each interval.
void HistoryWriter::noteDropped() {
    const HistoryQueue::Dropped dropped = m_queue.takeDropped();
    m_dropped.exchanges += dropped.exchanges;
    m_dropped.contents += dropped.contents;
    if (m_dropped == HistoryQueue::Dropped() || m_telling.isArmed()) return;
    m_telling.arm(kTellingInterval);
    tellDropped();
}

void HistoryWriter::tellDropped() {
    const QString reason =
        m_reason.isEmpty() ? QStringLiteral("the disk does not keep up") : m_reason;
    log::write(log::Level::Warn, "history_dropped",
               {{"exchanges", static_cast<qint64>(m_dropped.exchanges)},
                {"contents", static_cast<qint64>(m_dropped.contents)},
                {"reason", reason}});
    m_dropped = {};
    m_reason.clear();
}

} // namespace sallyport
