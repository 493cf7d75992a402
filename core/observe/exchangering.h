// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangeentry.h"
#include "core/observe/exchangeloglimits.h"
#include "core/observe/exchangemetrics.h"
#include "core/secrets/knownsecrets.h"
#include "core/support/clock.h"

#include <deque>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace sallyport {

/// The lists and budgets of an ExchangeLog: running entries, ended ones in order of their end, the
/// changed ones, and what contents cost.
class ExchangeRing {
public:
    ExchangeRing(const Clock& clock, ExchangeLogLimits limits);

    void setLimits(const ExchangeLogLimits& limits);
    [[nodiscard]] const Clock& clock() const { return m_clock; }
    [[nodiscard]] bool keepsFields(const ExchangeEntry& entry) const {
        return m_limits.keepsFields && !entry.hasNoContents;
    }
    [[nodiscard]] bool keepsBodies(const ExchangeEntry& entry) const {
        return m_limits.keepsBodies && !entry.hasNoContents;
    }
    [[nodiscard]] std::shared_ptr<ExchangeEntry> begin(const QString& client);
    /// Moves a running entry to the ended ones; drops the oldest beyond the limit.
    void end(const std::shared_ptr<ExchangeEntry>& entry);
    void setKnownSecrets(KnownSecrets known) {
        m_known = std::move(known);
        m_lastTarget = {};
    }
    [[nodiscard]] const KnownSecrets& knownSecrets() const { return m_known; }
    /// redactedMessage() of the name of a target; the last one is remembered.
    [[nodiscard]] const QString& redactedTargetName(const QString& name);
    /// Before the first keep() of that side.
    void setCoding(ExchangeEntry& entry, BodySide side, const FieldList& fields);
    /// Keeps as much of the content as the limits allow, without known secrets, and marks it as cut
    /// where that is less. Keeps none of it when a coding hides a secret in it.
    void keep(ExchangeEntry& entry, BodySide side, QByteArrayView bytes);
    /// Forgets what was kept of the content, and keeps no more of it.
    void withhold(ExchangeEntry& entry, BodySide side);
    /// The content is whole: what its redactor holds back is kept.
    void finishBody(ExchangeEntry& entry, BodySide side);
    /// Keeps a message of a WebSocket, and drops the oldest of that exchange beyond the limits.
    void keepMessage(ExchangeEntry& entry, WebSocketEntry message);
    void markChanged(ExchangeEntry& entry);

    [[nodiscard]] std::vector<ExchangeRecord> takeChanges();
    void setChangedCallback(std::function<void()> changed) { m_changed = std::move(changed); }
    void setEndedCallback(std::function<void(const ExchangeDetail&)> ended) {
        m_endedCallback = std::move(ended);
    }
    void setContentsCallback(std::function<bool()> wantsContents) {
        m_wantsContents = std::move(wantsContents);
    }
    [[nodiscard]] const ExchangeEntry* find(quint64 id) const;
    [[nodiscard]] std::size_t running() const { return m_running.size(); }
    [[nodiscard]] std::size_t ended() const { return m_ended.size(); }
    [[nodiscard]] qint64 bodyBytes() const { return m_bodyBytes; }
    void clear();
    [[nodiscard]] const ExchangeMetrics& metrics() const { return m_metrics; }
    /// A buffer for the log line of the exchange that ends, used again each time.
    [[nodiscard]] QByteArray& lineBuffer();

private:
    void unlinkChanged(ExchangeEntry& entry);
    void append(ExchangeEntry& entry, BodySide side, QByteArrayView bytes);
    void dropBodies(ExchangeEntry& entry);
    void dropOldestMessage(ExchangeEntry& entry);
    void dropOldest();
    void dropBeyondLimit();
    [[nodiscard]] qint64 roomFor(qint64 bytes);

    const Clock& m_clock;
    ExchangeMetrics m_metrics;
    ExchangeLogLimits m_limits;
    KnownSecrets m_known;
    std::pair<QString, QString> m_lastTarget; ///< as it is, redacted
    quint64 m_lastId = 0;
    std::vector<std::shared_ptr<ExchangeEntry>> m_running;
    std::deque<std::shared_ptr<ExchangeEntry>> m_ended;
    std::deque<ExchangeEntry*> m_endedWithBodies; ///< a part of m_ended, in the same order
    ExchangeEntry* m_firstChanged = nullptr;
    ExchangeEntry* m_lastChanged = nullptr;
    qint64 m_bodyBytes = 0;
    qint64 m_bodyCost = 0;
    std::function<void()> m_changed;
    std::function<void(const ExchangeDetail&)> m_endedCallback;
    std::function<bool()> m_wantsContents;
    bool m_hasTold = false;
    QByteArray m_line;
};

} // namespace sallyport
