// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <memory>

namespace sallyport {

class ExchangeLog;
class ExchangeRing;
struct ExchangeEntry;

/// By which a request says that it is another one sent once more (ExchangeRecord::resentFrom); it
/// is for us and goes no further.
inline constexpr QByteArrayView kResentFromField = "X-Sallyport-Resent-From";

/// Writes the record of one exchange, from its first byte to its end. Redacts as it takes.
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

    struct RequestLine {
        QByteArrayView method;
        QByteArrayView host; ///< with its port where that is not the scheme's
        QByteArrayView target;
    };
    void requestHead(RequestRole role, const RequestLine& line, const FieldList& fields);
    /// Path and query as they came, where bytes of them go on percent-encoded (empty otherwise),
    /// and as they go on. Kept where nothing of the latter is redacted: the bytes in question end a
    /// URL in a text, and a secret after one would not be found.
    void receivedTarget(QByteArrayView received, QByteArrayView sent);
    void intercepted(const QByteArray& entry);
    /// The tunnel is to a listed host, and blind all the same.
    void notIntercepted(const QString& why);
    void routed(const QString& route, const QString& upstream);
    /// The client by whose token of `access.clients` it came.
    void namedClient(const QString& name);
    /// It waited for a place in flight, and has it now.
    void admitted();
    /// The request asks the upstream for another model than the client did.
    void modelRenamed(QByteArrayView sent);
    void sentFields(const FieldList& fields);
    void connected(const QString& target, bool isReused);
    /// By which proxy the connection left this machine; empty: directly.
    void wentBy(const QString& way);
    /// A target failed with nothing of the request processed; another one is asked.
    void passedOver(const QString& target, const QString& reason);
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
    void webSocketBegan(WebSocketSummary summary);
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
    ExchangeRecorder(ExchangeRing& ring, std::shared_ptr<ExchangeEntry> entry);
    [[nodiscard]] bool hasEnded() const;
    [[nodiscard]] qint64 micros() const;
    void reached(ExchangePhase phase);
    void readRequest();
    void readResponse();
    void correctEnd();

    ExchangeRing& m_ring;
    std::shared_ptr<ExchangeEntry> m_entry; ///< shared with the ring, which may forget it first
};

} // namespace sallyport
