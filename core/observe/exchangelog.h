// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"
#include "core/support/clock.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace sallyport {

class ExchangeLog;

/// Writes the story of one exchange, from its first octet to its end. Redacts as it takes.
/// Destroying it without ended() ends the record as ClientGone, so that every path reports.
/// Lives on the thread of its log, which outlives it.
class ExchangeRecorder {
public:
    ~ExchangeRecorder();
    ExchangeRecorder(const ExchangeRecorder&) = delete;
    ExchangeRecorder& operator=(const ExchangeRecorder&) = delete;

    [[nodiscard]] quint64 id() const;
    /// Read-only view of what is recorded so far.
    [[nodiscard]] const ExchangeRecord& record() const;

    void requestHead(ExchangeRole role, QByteArrayView method, QByteArrayView host,
                     QByteArrayView target, const FieldList& fields);
    void routed(const QString& route, const QString& upstream);
    void sentFields(const FieldList& fields);
    void connected(const QString& target, bool isReused);
    void requestBody(QByteArrayView octets);
    /// The request's content is whole; `model` and `stream` are read from what was kept.
    void requestBodyEnded();
    void requestSent();
    void responseHead(int status, QByteArrayView reason, const FieldList& fields);
    void responseBody(QByteArrayView octets);
    void responseTrailers(const FieldList& trailers);
    void upgraded();
    /// An answer of our own takes the place of the upstream's.
    void ownError(QByteArrayView code, const QString& message);
    /// Counts octets of a tunnel without keeping them.
    void tunnelled(qint64 fromClient, qint64 fromUpstream);
    /// The final phase. `error` is added when there is none yet. Later calls are ignored.
    void ended(ExchangeEnd end, const QString& error = {});

private:
    friend class ExchangeLog;
    struct Story;
    ExchangeRecorder(ExchangeLog& log, std::unique_ptr<Story> story);
    ExchangeLog* m_log;
    std::unique_ptr<Story> m_story;
};

/// Bounds of what a log keeps in memory.
struct ExchangeLogLimits {
    std::size_t records = 10000;             ///< ended records; the oldest go first
    qint64 bodyOctets = 64 * 1024 * 1024;    ///< contents of all kept exchanges together
    qint64 bodyPerMessage = 4 * 1024 * 1024; ///< kept of one content; more is marked as cut
    bool keepsBodies = true;
};

/// The bounded ring of exchanges of one process: running ones and the latest ended ones.
/// One thread. Writes one `exchange` line to the log at the end of each.
class ExchangeLog {
public:
    ExchangeLog(const Clock& clock, ExchangeLogLimits limits = {});
    ~ExchangeLog();

    [[nodiscard]] std::unique_ptr<ExchangeRecorder> begin(const QString& client);
    /// Records that changed since the last call, each once, in order of id; for a batch to the UI.
    [[nodiscard]] std::vector<ExchangeRecord> takeChanges();
    /// Called (at most once until takeChanges()) when there are changes to take.
    void setChangedCallback(std::function<void()> changed);
    [[nodiscard]] std::optional<ExchangeDetail> detail(quint64 id) const;
    [[nodiscard]] std::size_t running() const;
    [[nodiscard]] std::size_t kept() const;
    [[nodiscard]] qint64 keptBodyOctets() const;
    /// Forgets ended exchanges.
    void clear();

private:
    friend class ExchangeRecorder;
    struct Ring;
    std::unique_ptr<Ring> m_ring;
};

} // namespace sallyport
