// SPDX-License-Identifier: MIT
#include "ui/log/detailreads.h"

#include <algorithm>
#include <utility>

namespace sallyport {

DetailReads::DetailReads(EngineInterface& engine, const ExchangeTableModel& model)
    : m_engine(engine)
    , m_model(model) {
    connect(&m_engine, &EngineInterface::detailChanged, this, [this](const ExchangeDetail& detail) {
        if (detail.record.id == m_asked.id) finish(detail);
    });
    connect(&m_engine, &EngineInterface::detailGone, this, [this](quint64 id) {
        if (id != 0 && id == m_asked.id) askHistory();
    });
}

void DetailReads::setHistory(HistoryInterface& history) {
    m_history = &history;
    connect(&history, &HistoryInterface::detailRead, this, [this](ExchangeDetail detail) {
        if (m_asked.id == 0 || detail.record.id != (m_asked.id & ~kHistoryBit)) return;
        detail.record.id = m_asked.id;
        finish(detail);
    });
    connect(&history, &HistoryInterface::detailMissing, this, [this](quint64 id) {
        if (m_asked.id != 0 && id == (m_asked.id & ~kHistoryBit)) finish({});
    });
}

void DetailReads::ask(quint64 id) {
    if (id == 0) return;
    if (const ExchangeRecord* record = m_model.find(id))
        askFor(*record);
    else
        emit missing(id);
}

void DetailReads::askFor(const ExchangeRecord& record) {
    const bool waits =
        record.id == m_asked.id ||
        std::any_of(m_waiting.begin(), m_waiting.end(),
                    [&record](const ExchangeRecord& each) { return each.id == record.id; });
    if (waits) return;
    m_waiting.push_back(record);
    if (m_waiting.size() > kMostWaiting) {
        const quint64 dropped = m_waiting.front().id;
        m_waiting.pop_front();
        emit missing(dropped);
    }
    if (m_asked.id == 0) askNext();
}

void DetailReads::askNext() {
    if (m_waiting.empty()) return;
    m_asked = m_waiting.front();
    m_waiting.pop_front();
    if (isHistoryId(m_asked.id))
        askHistory();
    else
        m_engine.readExchange(m_asked.id);
}

void DetailReads::askHistory() {
    if (!m_history) return finish({});
    ExchangeRecord asked = m_asked;
    asked.id &= ~kHistoryBit;
    m_history->readDetail(asked, !isHistoryId(m_asked.id));
}

void DetailReads::finish(const std::optional<ExchangeDetail>& detail) {
    const quint64 id = std::exchange(m_asked, ExchangeRecord()).id;
    if (detail)
        emit read(*detail);
    else
        emit missing(id);
    if (m_asked.id == 0) askNext();
}

} // namespace sallyport
