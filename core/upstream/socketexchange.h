// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/boundconnections.h"
#include "core/upstream/connectionpool.h"
#include "core/upstream/requestbodycopy.h"
#include "core/upstream/sockettransport.h"
#include "core/upstream/targetfailover.h"
#include "core/upstream/uploadframing.h"
#include "core/upstream/wayout.h"

#include <memory>
#include <optional>
#include <vector>

namespace sallyport {

/// What the exchanges of one transport share; outlives the transport while one of them runs.
struct SocketTransportCore {
    SocketTransportCore(Connector& connector, DeadlineQueue& deadlines,
                        SocketTransportOptions options);

    /// A new one for one connection, which `request` is the first to need; null: directly.
    [[nodiscard]] std::shared_ptr<WayOut> wayTo(std::size_t target, const FieldList& request) const;

    /// False after the network has changed since it was made.
    [[nodiscard]] bool isOfThisNetwork(const UpstreamConnection& connection) const;

    Connector& connector;
    DeadlineQueue& deadlines;
    SocketTransportOptions options;
    ConnectionPool pool;
    std::vector<QString> names;                               ///< of the targets
    std::vector<std::shared_ptr<const TlsClientOptions>> tls; ///< null for plain ones
};

/// One exchange over a pooled or a new connection.
class SocketExchange final : public UpstreamExchange,
                             private ConnectionUser,
                             private ConnectObserver,
                             private DeferredTask {
public:
    /// A large copy of content is kept for this long: a connection that was closed before it got
    /// the request has said so by then.
    static constexpr std::chrono::milliseconds kReplayTime{2000};

    SocketExchange(std::shared_ptr<SocketTransportCore> core, UpstreamRequest request,
                   UpstreamObserver& observer);
    ~SocketExchange() override;

    /// Takes or makes a connection; the observer is not called from inside.
    void open();
    void sendBody(QByteArrayView bytes) override;
    void finishBody(const FieldList& trailers) override;
    [[nodiscard]] bool isCongested() const override;
    void setReading(bool on) override;
    void contentFailed(const QString& reason) override { m_turns.amend(reason); }

private:
    void runDeferred() override;
    void connectToTarget();
    void goToNextTarget(const ExchangeError& failure);
    void connected(StreamPtr stream) override;
    void connectFailed(const StreamError& error) override;

    [[nodiscard]] bool asksForUpgrade(const FieldList& response) const override {
        return !m_request.upgrade.isEmpty() && m_upload.isFinished() &&
               response.hasToken("Upgrade", m_request.upgrade);
    }
    [[nodiscard]] bool asksForProof() const override;
    void responseInterim(const ResponseHead& head) override;
    void responseHead(ResponseHead head, Framing framing) override;
    void responseBody(QByteArrayView bytes) override;
    void responseTurnEnded() override;
    void responseEnd(const FieldList& trailers, bool mayBeReused) override;
    void responseSwitched(ResponseHead head, StreamPtr stream, QByteArray early) override;
    void connectionWritable() override;
    void connectionLost(const ExchangeError& error, Loss loss) override;

    [[nodiscard]] std::shared_ptr<UpstreamConnection> takeIdle();
    void keepConnection(std::shared_ptr<UpstreamConnection> connection);
    void attach(std::shared_ptr<UpstreamConnection> connection);
    void attachPooled(std::shared_ptr<UpstreamConnection> connection);
    [[nodiscard]] bool mayReplay() const { return m_isReused && !m_wasReplaced; }
    [[nodiscard]] bool isSentAgain(Loss loss) const;
    [[nodiscard]] bool goesElsewhere(Loss loss) const;
    void beginCopy();
    void keep(QByteArrayView framed);
    void appendHead(QByteArray& out);
    void sendHead(QByteArrayView framed);
    void sendPiece(QByteArrayView bytes);
    void sendEnd(const FieldList& trailers);
    void noteCongestion();
    [[nodiscard]] bool isWhollySent() const;
    [[nodiscard]] bool tellProgress();
    void failSoon(ExchangeError error);
    void fail(const ExchangeError& error);

    std::shared_ptr<SocketTransportCore> m_core;
    UpstreamRequest m_request;
    UpstreamObserver& m_observer;
    UploadFraming m_upload;
    TargetFailover m_turns;
    std::shared_ptr<UpstreamConnection> m_connection;
    std::unique_ptr<ConnectAttempt> m_attempt;
    std::shared_ptr<WayOut> m_way;          ///< of that attempt; null: directly
    QByteArray m_held;                      ///< framed content that waits for the connection
    RequestBodyCopy m_copy;                 ///< of the content that the connection was given
    std::unique_ptr<Deadline> m_forget;     ///< ends a large copy
    std::optional<ExchangeError> m_failure; ///< reported in the next turn
    bool* m_gone = nullptr;                 ///< set by the destructor for a call under way
    bool m_isReused = false;
    bool m_wasReplaced = false; ///< a reused connection turned out stale; once at each target
    bool m_didSendHead = false;
    bool m_didTellConnected = false;
    bool m_didTellSent = false;
    bool m_wasCongested = false;
    bool m_reading = true;
    bool m_isOver = false;
};

} // namespace sallyport
