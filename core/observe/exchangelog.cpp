// SPDX-License-Identifier: MIT
#include "core/observe/exchangelog.h"

#include "core/observe/exchangering.h"

namespace sallyport {

ExchangeLog::ExchangeLog(const Clock& clock, ExchangeLogLimits limits)
    : m_ring(std::make_unique<ExchangeRing>(clock, limits)) {}

ExchangeLog::~ExchangeLog() = default;

std::unique_ptr<ExchangeRecorder> ExchangeLog::begin(const QString& client) {
    return std::unique_ptr<ExchangeRecorder>(new ExchangeRecorder(*m_ring, m_ring->begin(client)));
}

void ExchangeLog::setLimits(const ExchangeLogLimits& limits) { m_ring->setLimits(limits); }

void ExchangeLog::setKnownSecrets(KnownSecrets known) { m_ring->setKnownSecrets(std::move(known)); }
const KnownSecrets& ExchangeLog::knownSecrets() const { return m_ring->knownSecrets(); }

std::vector<ExchangeRecord> ExchangeLog::takeChanges() { return m_ring->takeChanges(); }

void ExchangeLog::setChangedCallback(std::function<void()> changed) {
    m_ring->setChangedCallback(std::move(changed));
}

void ExchangeLog::setEndedCallback(std::function<void(const ExchangeDetail&)> ended) {
    m_ring->setEndedCallback(std::move(ended));
}

void ExchangeLog::setContentsCallback(std::function<bool()> wantsContents) {
    m_ring->setContentsCallback(std::move(wantsContents));
}

std::optional<ExchangeDetail> ExchangeLog::detail(quint64 id) const {
    const ExchangeEntry* entry = m_ring->find(id);
    return entry ? std::optional(entry->detail) : std::nullopt;
}

const ExchangeMetrics& ExchangeLog::metrics() const { return m_ring->metrics(); }
std::size_t ExchangeLog::running() const { return m_ring->running(); }
std::size_t ExchangeLog::kept() const { return m_ring->ended(); }
qint64 ExchangeLog::keptBodyBytes() const { return m_ring->bodyBytes(); }
void ExchangeLog::clear() { m_ring->clear(); }

} // namespace sallyport
