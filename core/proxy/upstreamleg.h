// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/modelecho.h"
#include "core/anthropic/modelrename.h"
#include "core/credential/credentialsupply.h"
#include "core/net/deferredtask.h"
#include "core/proxy/downstream.h"
#include "core/proxy/inflightplaces.h"
#include "core/proxy/proxycontext.h"
#include "core/proxy/refusalgate.h"
#include "core/upstream/transport.h"

#include <memory>
#include <optional>

namespace sallyport {

/// Where a request goes that has an upstream; all that is borrowed outlives the leg.
struct LegTarget {
    std::shared_ptr<UpstreamTransport> transport;
    const UpstreamGroup* group = nullptr; ///< null: a host that the client named
    QByteArray target;                    ///< origin-form
    QByteArray clientAddress;
    QByteArray host;    ///< as the client named it
    bool isTls = false; ///< from the client
};

/// Hears of a leg that ends before its upstream has said anything. The last call of the leg, which
/// may be destroyed in it.
class LegOwner {
public:
    virtual ~LegOwner() = default;
    virtual void legFailed(const ExchangeError& error) = 0;
};

/// The way of one request to its upstream: places in flight, a credential, the model's name, then
/// the request itself. Content that comes before the upstream is asked is held; while the leg waits
/// for a place or a credential the client is not read.
///
/// A response of 401 or 429 to one credential lets the request go again with another one, where
/// there is one and the whole content is at hand. While the only one is read anew the response is
/// held: where that gives the same secret, it is the client's.
class UpstreamLeg final : private PlaceWaiter, private DeferredTask {
public:
    /// Content that is kept for another credential.
    static constexpr qsizetype kMaxCopy = qsizetype{1024} * 1024;

    struct Parts {
        ProxyContext& context;
        Downstream& downstream;
        UpstreamObserver& observer;
        LegOwner& owner;
        ExchangeRecorder& recorder;
        const RuleSet& rules;
        const RequestHead& head;
        Framing framing;
        const Route* route = nullptr;        ///< null: none
        const NamedClient* client = nullptr; ///< null: none
    };

    UpstreamLeg(const Parts& parts, LegTarget target);
    ~UpstreamLeg() override;

    // Each may return why the request cannot go on; then the leg does nothing more.
    [[nodiscard]] std::optional<ExchangeError> start();
    [[nodiscard]] std::optional<ExchangeError> body(QByteArrayView bytes);
    [[nodiscard]] std::optional<ExchangeError> end(const FieldList& trailers);

    /// The upstream takes more again.
    void writable();
    /// Null until it is asked.
    [[nodiscard]] UpstreamExchange* upstream() { return m_upstream.get(); }
    /// Content has to come before the upstream is asked.
    [[nodiscard]] bool needsContent() const;
    /// What puts the model that was asked for into this response, where the route wants that and
    /// it was renamed. `framing` becomes one without a length then.
    [[nodiscard]] std::optional<ModelEcho> echoFor(const ResponseHead& head,
                                                   Framing& framing) const;

private:
    void placeGranted() override;
    void placeRefused() override;
    void runDeferred() override;

    [[nodiscard]] std::optional<ExchangeError> advance();
    [[nodiscard]] std::optional<ExchangeError> takePlaces();
    [[nodiscard]] std::optional<ExchangeError> takeKey();
    void advanceLater();
    [[nodiscard]] RefusalGate::Verdict judge(const ResponseHead& head);
    void keyChanged();
    void sendAgain();
    [[nodiscard]] UpstreamRequest rewrittenRequest() const;
    void open();
    void send(QByteArrayView bytes);
    void finish();
    void hold(bool isHeld);
    [[nodiscard]] bool isRenaming() const;
    [[nodiscard]] std::optional<ExchangeError> renameError() const;

    ProxyContext& m_context;
    Downstream& m_downstream;
    UpstreamObserver& m_observer;
    LegOwner& m_owner;
    ExchangeRecorder& m_recorder;
    const RuleSet& m_rules;
    const RequestHead& m_head;
    const Framing m_framing;
    const Route* m_route;
    const NamedClient* m_client;
    LegTarget m_target;

    std::vector<std::shared_ptr<InFlightPlaces>> m_wanted; ///< places that are still to be had
    std::vector<std::unique_ptr<InFlightPlaces::Place>> m_places;
    std::optional<CredentialKey> m_key;
    std::optional<ModelRename> m_rename;
    std::optional<RefusalGate> m_gate; ///< where another credential may be tried
    std::unique_ptr<UpstreamExchange> m_upstream;
    QByteArray m_held; ///< content for an upstream that is not asked yet
    QByteArray m_copy; ///< of all content, for another credential
    FieldList m_trailers;
    quint64 m_received = 0;
    CredentialRetry m_tries;
    int m_refusedWith = 0;    ///< the status of the latest refusal
    bool m_awaitsKey = false; ///< the response to the latest one is held
    bool m_keepsCopy = false;
    bool m_isEnded = false; ///< the content is whole
    bool m_isHeld = false;  ///< the client is not read
    bool m_hasWaited = false;
};

} // namespace sallyport
