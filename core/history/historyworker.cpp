// SPDX-License-Identifier: MIT
#include "core/history/historyworker.h"

#include "core/observe/log.h"

#include <algorithm>

namespace sallyport {

namespace {
using namespace std::chrono_literals;
constexpr auto kFirstPruning = 5s;           ///< after the start, which has other things to do
constexpr auto kPruningInterval = 1h;        ///< between two prunings
constexpr auto kPruningPause = 50ms;         ///< between two steps of one
constexpr std::size_t kMaxTransaction = 256; ///< exchanges; some tens of milliseconds
} // namespace

void HistoryWorker::setLimits(const HistoryLimits& limits) {
    m_limits = limits;
    if (!m_pruning) {
        m_pruning = new QTimer(this);
        m_pruning->setSingleShot(true);
        connect(m_pruning, &QTimer::timeout, this, &HistoryWorker::prune);
    }
    if (m_store)
        m_store->setLimits(limits);
    else
        static_cast<void>(openStore());
    m_pruning->start(kFirstPruning);
}

bool HistoryWorker::openStore() {
    auto store = HistoryStore::open(m_path, m_limits);
    if (store) {
        m_store = std::move(store).value();
        m_lastTold.clear();
        return true;
    }
    if (store.error().kind == HistoryError::Kind::Damaged) return replaceDamaged(store.error());
    tell(tr("The history %1 cannot be used: %2. Nothing is kept.")
             .arg(m_path, store.error().reason));
    return false;
}

bool HistoryWorker::replaceDamaged(const HistoryError& error) {
    m_store.reset();
    const QString name = HistoryFile::setAside(m_path);
    tell(tr("The history %1 was damaged (%2); it is kept as %3, and a new one is begun.")
             .arg(m_path, error.reason, name));
    auto store = HistoryStore::open(m_path, m_limits);
    if (!store) return false;
    m_store = std::move(store).value();
    return true;
}

void HistoryWorker::tell(const QString& sentence) {
    if (sentence == m_lastTold) return;
    m_lastTold = sentence;
    log::write(log::Level::Warn, "history", {{"reason", sentence}});
    emit troubled(sentence);
}

std::optional<HistoryError> HistoryWorker::append(std::span<const ExchangeDetail> exchanges) {
    auto error = m_store->append(exchanges);
    if (error && error->kind == HistoryError::Kind::Damaged && replaceDamaged(*error))
        error = m_store->append(exchanges);
    return error;
}

void HistoryWorker::write(std::span<const ExchangeDetail> exchanges) {
    if (!m_store && !openStore()) {
        emit written(static_cast<int>(exchanges.size()), m_lastTold);
        return;
    }
    std::optional<HistoryError> error;
    while (!exchanges.empty() && !error && !m_end.stop_requested()) {
        const auto next = exchanges.first(std::min(exchanges.size(), kMaxTransaction));
        error = append(next);
        if (!error) exchanges = exchanges.subspan(next.size());
    }
    // Room is made at once, not in an hour.
    if (error && error->kind == HistoryError::Kind::Full) m_pruning->start(0);
    emit written(static_cast<int>(exchanges.size()), error ? error->reason : QString());
}

void HistoryWorker::prune() {
    if (!m_store) return;
    switch (m_store->pruneSome(SystemClock().wallNow())) {
    case HistoryStore::Pruned::Some: m_pruning->start(kPruningPause); return;
    case HistoryStore::Pruned::Nothing:
    case HistoryStore::Pruned::Failed: m_pruning->start(kPruningInterval); return;
    }
}

} // namespace sallyport
