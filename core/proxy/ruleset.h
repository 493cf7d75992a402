// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"
#include "core/credential/credentialvault.h"
#include "core/net/connector.h"
#include "core/proxy/clienttoken.h"
#include "core/proxy/localendpoints.h"
#include "core/proxy/ownauthority.h"
#include "core/proxy/routecaches.h"
#include "core/replay/recordingfile.h"
#include "core/route/routetable.h"
#include "core/support/deadline.h"
#include "core/tls/certificatesource.h"
#include "core/upstream/healthprobes.h"
#include "core/upstream/outboundproxies.h"
#include "core/upstream/sockettransport.h"
#include "core/upstream/transport.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <map>
#include <memory>

namespace sallyport {

/// One upstream group, ready for use.
struct UpstreamGroup {
    UpstreamConfig config;
    std::shared_ptr<UpstreamTransport> transport; ///< null when it cannot be used
    std::shared_ptr<TargetGroup> targets;         ///< null of a sandbox and of a recording
    std::shared_ptr<RecordingFile> recording;     ///< of `replay:`; else null
    std::shared_ptr<HealthProbes> probes;         ///< null without `health`
    QByteArray tlsFiles; ///< digest of the files that `tls` names, to see when they change
    std::shared_ptr<CredentialSupply> credential; ///< null: the client's own pass
    std::shared_ptr<OutboundProxies> proxies;     ///< by which it is reached; null: directly
    QString problem;         ///< why it cannot be used: a file of `tls` not readable
    bool isAsBefore = false; ///< its configuration; what it is reached by may be new

    /// The same, or why there was no credential when one was last asked for, or why the recording
    /// cannot be read.
    [[nodiscard]] QString presentProblem() const {
        if (!problem.isEmpty()) return problem;
        if (recording) return recording->problem();
        return credential ? credential->problem() : QString();
    }
};

/// All rules of one moment. Exchanges keep the set that they began under until they end.
struct RuleSet {
    std::shared_ptr<const Config> config;
    RouteTable table;
    std::map<QString, UpstreamGroup> upstreams;
    RouteCaches caches;
    QByteArray token; ///< local token; empty: none is asked for
    OwnAuthority own;
    /// Shown inside tunnels that are opened; null: there is no local CA.
    std::shared_ptr<CertificateSource> certificates;
    std::vector<NamedClient> clients;
    std::shared_ptr<OutboundProxies> forwardProxies; ///< of `forward.via`; null: directly
    quint64 network = 0;                             ///< of ListenerAccess

    [[nodiscard]] const UpstreamGroup* group(const QString& name) const;
    [[nodiscard]] Readiness readiness(Monotonic now) const;
    /// Of each target that is not up: upstream, target and reason in words.
    [[nodiscard]] QStringList upstreamProblems(Monotonic now) const;
    /// What leads from `route` to `group`: through the cache of the route, unless the client has
    /// chosen another upstream, whose responses are not for that cache; with an estimate of token
    /// counts where the route asks for that.
    [[nodiscard]] std::shared_ptr<UpstreamTransport>
    transportFor(const Route& route, const UpstreamGroup& group, DeadlineQueue& deadlines) const;
    /// From now on `changed` is told of each target that has become another, with its upstream.
    void
    watchTargets(const std::function<void(const QString&, const TargetStatus&)>& changed) const;
    /// TargetGroup::pinSession() of that upstream.
    [[nodiscard]] bool pinSession(const QString& upstream, const QString& session,
                                  const QString& target) const;
    /// What to connect to for a tunnel to the host that a client named. `via` is outboundVia() of
    /// its CONNECT.
    [[nodiscard]] ConnectTarget connectTarget(const Authority& authority, QByteArray via) const;
    /// What a transport needs for requests that go on to `port` of the host that a client named.
    [[nodiscard]] SocketTransportOptions forwardOptions(quint16 port) const;

private:
    /// Which resolved addresses may be connected to on `port` where the client named the host: what
    /// `forward` allows, but for the listener itself under whatever name or notation, which would
    /// be a loop.
    [[nodiscard]] std::function<bool(const QHostAddress&)> addressRule(quint16 port) const;
};

/// What a parser may keep of a message, either direction, under these limits.
[[nodiscard]] ParseLimits parseLimitsOf(const Limits& limits);

/// What the rules need beside the configuration.
struct ListenerAccess {
    QByteArray token; ///< local token; empty: none is asked for
    OwnAuthority own;
    std::shared_ptr<CertificateSource> certificates = {}; ///< null: there is no local CA
    std::vector<NamedClient> clients = {};
    CredentialVault* credentials = nullptr; ///< outlives the rules; null: there are none
    CachePlace caches = {};                 ///< where they are kept on disk
    quint64 network = 0; ///< another number than before: nothing that is connected is used again
};

/// What transports are made with; both outlive them.
struct TransportContext {
    Connector& connector;
    DeadlineQueue& deadlines;
};

/// Makes the rules that follow from `config`. Groups that did not change since `previous` (may be
/// null) keep their transport, and with it their pooled connections; of those that did, targets of
/// the same name keep what is known of them. On another network the connections are not kept, nor
/// what is known of the system's proxies, and probes ask at once; targets and caches stay. The
/// probes of `previous` that are not kept end.
/// Credentials begin to be read, and what `tls` names is, also where the configuration has not
/// changed; what cannot be read stands in `problem`.
[[nodiscard]] std::shared_ptr<const RuleSet> makeRuleSet(std::shared_ptr<const Config> config,
                                                         ListenerAccess listener,
                                                         TransportContext context,
                                                         const RuleSet* previous);

} // namespace sallyport
