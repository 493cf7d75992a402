// SPDX-License-Identifier: MIT
#include "ui/log/detailreads.h"

#include <algorithm>
#include <utility>

namespace sallyport {

DetailReads::DetailReads(EngineInterface& engine, const ExchangeTableModel& model)
    : m_engine(engine)
    , m_model(model) {
    connect(&m_engine, &EngineInterface::detailChanged, this, [this](const ExchangeDetail& detail) {
        if (detail.record.id == m_asked) finish(detail);
    });
    connect(&m_engine, &EngineInterface::detailGone, this, [this](quint64 id) {
        if (id == m_asked) askHistory();
    });
}

void DetailReads::setHistory(HistoryInterface& history) {
    m_history = &history;
    connect(&history, &HistoryInterface::detailRead, this, [this](ExchangeDetail detail) {
        if (m_asked == 0 || detail.record.id != (m_asked & ~kHistoryBit)) return;
        detail.record.id = m_asked;
        finish(detail);
    });
    connect(&history, &HistoryInterface::detailMissing, this, [this](quint64 id) {
        if (m_asked != 0 && id == (m_asked & ~kHistoryBit)) finish({});
    });
}

void DetailReads::ask(quint64 id) {
    if (id == 0 || id == m_asked || std::count(m_waiting.begin(), m_waiting.end(), id) > 0) return;
    m_waiting.push_back(id);
    if (m_waiting.size() > kMostWaiting) {
        const quint64 dropped = m_waiting.front();
        m_waiting.pop_front();
        emit missing(dropped);
    }
    if (m_asked == 0) askNext();
}

void DetailReads::askNext() {
    if (m_waiting.empty()) return;
    m_asked = m_waiting.front();
    m_waiting.pop_front();
    if (isHistoryId(m_asked))
        askHistory();
    else
        m_engine.readExchange(m_asked);
}

void DetailReads::askHistory() {
    const ExchangeRecord* record = m_model.find(m_asked);
    if (!record || !m_history) return finish({});
    ExchangeRecord asked = *record;
    asked.id &= ~kHistoryBit;
    m_history->readDetail(asked, !isHistoryId(m_asked));
}

void DetailReads::finish(const std::optional<ExchangeDetail>& detail) {
    const quint64 id = std::exchange(m_asked, 0);
    if (detail)
        emit read(*detail);
    else
        emit missing(id);
    if (m_asked == 0) askNext();
}

} // namespace sallyport
