// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangeloglimits.h"
#include "core/observe/exchangemetrics.h"
#include "core/observe/exchangerecord.h"
#include "core/observe/exchangerecorder.h"
#include "core/secrets/knownsecrets.h"
#include "core/support/clock.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace sallyport {

class ExchangeRing;

/// The bounded ring of exchanges of one process: running ones and the latest ended ones.
/// One thread. Writes one `exchange` line to the log at the end of each.
class ExchangeLog {
public:
    ExchangeLog(const Clock& clock, ExchangeLogLimits limits = {});
    ~ExchangeLog();

    [[nodiscard]] std::unique_ptr<ExchangeRecorder> begin(const QString& client);
    /// From now on; what is already kept beyond them goes.
    void setLimits(const ExchangeLogLimits& limits);
    /// The secrets that records must not hold, from now on; what is already kept stays as it is.
    void setKnownSecrets(KnownSecrets known);
    [[nodiscard]] const KnownSecrets& knownSecrets() const;
    /// Records that changed since the last call, each once, in order of id; for a batch to the UI.
    [[nodiscard]] std::vector<ExchangeRecord> takeChanges();
    /// Called (at most once until takeChanges()) when there are changes to take.
    void setChangedCallback(std::function<void()> changed);
    /// Called with each exchange when it has ended, before the ring drops anything of it.
    void setEndedCallback(std::function<void(const ExchangeDetail&)> ended);
    /// Asked at the beginning of each exchange where the limits say so (`isAsked`): whether its
    /// fields and bodies are kept. Its record is kept in any case.
    void setContentsCallback(std::function<bool()> wantsContents);
    [[nodiscard]] std::optional<ExchangeDetail> detail(quint64 id) const;
    [[nodiscard]] std::size_t running() const;
    /// Of all exchanges that have ended.
    [[nodiscard]] const ExchangeMetrics& metrics() const;
    /// Ended exchanges that are still here.
    [[nodiscard]] std::size_t kept() const;
    [[nodiscard]] qint64 keptBodyBytes() const;
    /// Forgets ended exchanges.
    void clear();

private:
    std::unique_ptr<ExchangeRing> m_ring;
};

} // namespace sallyport
