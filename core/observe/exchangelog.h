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
class ExchangeRing;
struct ExchangeStory;

/// Writes the story of one exchange, from its first byte to its end. Redacts as it takes.
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

    void requestHead(RequestRole role, QByteArrayView method, QByteArrayView host,
                     QByteArrayView target, const FieldList& fields);
    void routed(const QString& route, const QString& upstream);
    void sentFields(const FieldList& fields);
    void connected(const QString& target, bool isReused);
    void requestBody(QByteArrayView bytes);
    /// The request's content is whole; `model` was read as it passed.
    void requestBodyEnded();
    void requestSent();
    void responseHead(int status, QByteArrayView reason, const FieldList& fields);
    void responseBody(QByteArrayView bytes);
    void responseTrailers(const FieldList& trailers);
    void upgraded();
    /// A response of our own takes the place of the upstream's.
    void ownError(QByteArrayView code, const QString& message);
    /// Adds to the bytes of a tunnel, without keeping them.
    void tunnelled(qint64 fromClient, qint64 fromUpstream);
    /// Whether previews of messages are kept; off where nothing shows them.
    [[nodiscard]] bool keepsContents() const;
    /// What is tunnelled is a WebSocket; the calls below count and keep nothing without this one.
    void webSocketBegan(WebSocketSummary facts);
    /// Redacts the preview. All are counted, the latest are kept (see ExchangeLogLimits).
    void webSocketMessage(WebSocketSender from, WebSocketMessage message);
    void webSocketUnreadable(WebSocketSender from, QByteArrayView why);
    /// Before ended().
    void webSocketEnded(WebSocketEnd end);
    /// The final phase. `error` is added when there is none yet. Later calls are ignored.
    /// What the content itself says goes before the framing: a Messages stream that is Complete but
    /// ended in an `error` event is recorded as UpstreamError, one without `message_stop` as
    /// Truncated.
    void ended(ExchangeEnd end, const QString& error = {});

private:
    friend class ExchangeLog;
    ExchangeRecorder(ExchangeRing& ring, std::shared_ptr<ExchangeStory> story);
    [[nodiscard]] bool hasEnded() const;
    [[nodiscard]] qint64 micros() const;
    void reached(ExchangePhase phase);
    void readResponse();

    ExchangeRing& m_ring;
    std::shared_ptr<ExchangeStory> m_story; ///< shared with the ring, which may forget it first
};

/// Bounds of what a log keeps in memory.
struct ExchangeLogLimits {
    std::size_t records = 10000;             ///< ended records; the oldest go first
    qint64 bodyBytes = 64 * 1024 * 1024;     ///< contents of all kept exchanges together
    qint64 bodyPerMessage = 4 * 1024 * 1024; ///< kept of one content; more is marked as cut
    std::size_t webSocketMessages = 1000;    ///< kept of one exchange; the oldest go first
    qint64 webSocketBytes = 512 * 1024;      ///< of their previews together, likewise
    bool keepsBodies = true;
    bool keepsFields = true; ///< off where nothing shows them: redaction is work for each request
};

/// The bounded ring of exchanges of one process: running ones and the latest ended ones.
/// One thread. Writes one `exchange` line to the log at the end of each.
class ExchangeLog {
public:
    ExchangeLog(const Clock& clock, ExchangeLogLimits limits = {});
    ~ExchangeLog();

    [[nodiscard]] std::unique_ptr<ExchangeRecorder> begin(const QString& client);
    /// From now on; what is already kept beyond them goes.
    void setLimits(const ExchangeLogLimits& limits);
    /// Records that changed since the last call, each once, in order of id; for a batch to the UI.
    [[nodiscard]] std::vector<ExchangeRecord> takeChanges();
    /// Called (at most once until takeChanges()) when there are changes to take.
    void setChangedCallback(std::function<void()> changed);
    [[nodiscard]] std::optional<ExchangeDetail> detail(quint64 id) const;
    [[nodiscard]] std::size_t running() const;
    /// Ended exchanges that are still here.
    [[nodiscard]] std::size_t kept() const;
    [[nodiscard]] qint64 keptBodyBytes() const;
    /// Forgets ended exchanges.
    void clear();

private:
    std::unique_ptr<ExchangeRing> m_ring;
};

} // namespace sallyport
