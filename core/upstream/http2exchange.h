// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/http2pool.h"
#include "core/upstream/observercalls.h"
#include "core/upstream/requestbodycopy.h"
#include "core/upstream/targetfailover.h"
#include "core/upstream/uploadframing.h"

#include <memory>
#include <optional>

namespace sallyport {

/// One exchange as a stream of an HTTP/2 connection.
class Http2Exchange final : public UpstreamExchange, private Http2User, private DeferredTask {
public:
    Http2Exchange(std::shared_ptr<Http2Pool> pool, UpstreamRequest request,
                  UpstreamObserver& observer);
    ~Http2Exchange() override;

    /// The observer is not called from inside.
    void open();
    void sendBody(QByteArrayView bytes) override;
    void finishBody(const FieldList& trailers) override;
    [[nodiscard]] bool isCongested() const override;
    void setReading(bool on) override;
    void contentFailed(const QString& reason) override { m_turns.amend(reason); }

private:
    enum class Phase { Connecting, Head, Body, Over };

    void connectionReady() override;
    void connectionFull() override;
    void connectionFailed(const ExchangeError& error) override;
    void responseInterim(const ResponseHead& head) override;
    void responseHead(ResponseHead head) override;
    void responseBody(QByteArrayView bytes) override;
    void responseTurnEnded() override;
    void responseEnd(const FieldList& trailers) override;
    void streamLost(const ExchangeError& error, Loss loss) override;
    Http2Content takeContent(std::span<std::uint8_t> room) override;
    void requestWritten() override;
    void sendingMoved() override;
    void runDeferred() override;

    void join();
    void goToNextTarget(const ExchangeError& failure);
    void keep(QByteArrayView bytes);
    void touch();
    void expired();
    [[nodiscard]] UpstreamPeer peerOfConnection() const;
    [[nodiscard]] bool tellProgress();
    void leaveConnection();
    void failSoon(ExchangeError error);
    void fail(const ExchangeError& error);

    std::shared_ptr<Http2Pool> m_pool;
    UpstreamRequest m_request;
    UpstreamObserver& m_observer;
    UploadFraming m_upload;
    TargetFailover m_turns;
    std::shared_ptr<Http2Connection> m_connection;
    ObserverCalls m_calls;
    QByteArray m_content; ///< not yet taken, from m_contentAt on
    qsizetype m_contentAt = 0;
    FieldList m_trailers;
    RequestBodyCopy m_copy;             ///< of the content since the connection was joined
    std::unique_ptr<Deadline> m_forget; ///< ends a large copy
    Deadline m_deadline;
    std::optional<ExchangeError> m_failure; ///< reported in the next turn
    qsizetype m_unused = 0; ///< bytes of the response that came while reading is off
    Phase m_phase = Phase::Connecting;
    bool m_wasReplaced = false; ///< it was begun once more at this target
    bool m_isWritten = false;
    bool m_didTellConnected = false;
    bool m_didTellSent = false;
    bool m_wasCongested = false;
    bool m_reading = true;
};

} // namespace sallyport
