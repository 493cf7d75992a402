// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/responseparser.h"
#include "core/net/connector.h"
#include "core/support/deadline.h"
#include "core/upstream/securitytokens.h"
#include "core/upstream/wayout.h"

#include <memory>
#include <optional>

namespace sallyport {

/// One connection being made by the proxies of its target; see ViaConnector.
class ProxyAttempt final : public ConnectAttempt,
                           private ConnectObserver,
                           private StreamObserver,
                           private DeferredTask {
public:
    /// `target` has a way out; all that is borrowed outlives it.
    ProxyAttempt(Connector& plain, DeadlineQueue& deadlines, ConnectTarget target,
                 ConnectObserver& observer);
    /// The observer is not called from inside.
    void start() { advance(); }

private:
    void runDeferred() override;
    void connected(StreamPtr stream) override;
    void connectFailed(const StreamError& error) override;
    void streamReceived(QByteArrayView bytes) override;
    void streamPeerFinished() override;
    void streamWritable() override {}
    void streamFailed(const StreamError& error) override;

    void advance();
    void dial();
    void redial();
    void perform(ProxyHandshake::Step step);
    void follow(const ProxyHandshake::Send& send);
    void follow(const ProxyHandshake::AskToken& ask);
    void follow(const ProxyHandshake::Ready& ready);
    void follow(const ProxyHandshake::Failed& failed);
    void hopFailed(const StreamError& error);
    void finish();
    [[nodiscard]] bool step(const ParseOutcome& outcome, QByteArrayView rest);
    [[nodiscard]] bool headCame();
    void answered(bool isPersistent, QByteArrayView rest);
    void failSoon(const StreamError& error);
    void fail(const StreamError& error);
    void timedOut();
    [[nodiscard]] const ProxyHop& hop() const { return m_found->hops[m_at]; }
    [[nodiscard]] QString hopName() const;
    [[nodiscard]] const ProxyIdentity& identity() const {
        return hop().identity.user.isEmpty() ? *m_identity : hop().identity;
    }
    [[nodiscard]] bool isDenied() const;
    void connectionEnded(const StreamError& error);
    [[nodiscard]] bool hasOther() const { return m_at + 1 < m_found->hops.size(); }
    [[nodiscard]] Monotonic now() const { return m_clock.now(); }
    [[nodiscard]] WayOut& way() { return *m_target.wayOut; }

    Connector& m_plain;
    const Clock& m_clock;
    ConnectTarget m_target;
    ConnectObserver& m_observer;
    Monotonic m_due;
    Deadline m_deadline;
    std::optional<ProxyHops> m_found;
    std::optional<ProxyIdentity> m_identity;
    std::size_t m_at = 0;                   ///< the hop that is tried
    std::chrono::milliseconds m_hopTime{0}; ///< that it has
    std::shared_ptr<ProxyLogin> m_login;
    std::optional<ProxyHandshake> m_handshake;
    std::unique_ptr<ConnectAttempt> m_dialling;
    std::unique_ptr<SecurityTokens> m_tokens; ///< of a login by NTLM or Negotiate
    StreamPtr m_stream;
    ResponseParser m_parser;
    std::optional<ResponseHead> m_head; ///< of the final response, while its content comes
    QByteArray m_unsent;                ///< for the connection that is being made
    QByteArray m_unanswered; ///< what a connection that was answered on before has been given
    qsizetype m_content = 0; ///< of the response, read and dropped
    std::optional<StreamError> m_failure;
    bool m_hasAnswered = false;  ///< the proxy, on this connection
    bool m_isContinued = false;  ///< what is sent next means nothing on another connection
    bool m_isReadyOnNew = false; ///< the connection that is being made needs no handshake
};

} // namespace sallyport
