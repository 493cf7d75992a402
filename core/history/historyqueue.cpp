// SPDX-License-Identifier: MIT
#include "core/history/historyqueue.h"

#include <utility>

namespace sallyport {

namespace {

qint64 bytesOf(const QVector<BodyPiece>& pieces) {
    constexpr qint64 kPieceCost = 96;
    qint64 bytes = 0;
    for (const BodyPiece& piece : pieces)
        bytes += piece.bytes.size() + kPieceCost;
    return bytes;
}

qint64 bytesOf(const ExchangeDetail& exchange) {
    return bytesOf(exchange.requestBody) + bytesOf(exchange.responseBody);
}

} // namespace

void HistoryQueue::add(const ExchangeDetail& exchange) {
    if (m_waiting.size() + m_taken >= kMaxWaiting) {
        ++m_dropped.exchanges;
        return;
    }
    const qint64 bytes = bytesOf(exchange);
    if (bytes > 0 && m_bytes + m_takenBytes + bytes > kMaxBytes) {
        ++m_dropped.contents;
        ExchangeDetail bare;
        bare.record = exchange.record;
        m_waiting.push_back(std::move(bare));
        return;
    }
    m_bytes += bytes;
    m_waiting.push_back(exchange);
}

std::vector<ExchangeDetail> HistoryQueue::take() {
    m_taken = m_waiting.size();
    m_takenBytes = std::exchange(m_bytes, 0);
    return std::exchange(m_waiting, {});
}

void HistoryQueue::release() {
    m_taken = 0;
    m_takenBytes = 0;
}

HistoryQueue::Dropped HistoryQueue::takeDropped() { return std::exchange(m_dropped, {}); }

} // namespace sallyport
