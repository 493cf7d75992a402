// SPDX-License-Identifier: MIT
#include "core/proxy/ruleset.h"

#include "core/config/configwarnings.h"
#include "core/credential/configuredproxies.h"
#include "core/proxy/estimatingtransport.h"
#include "core/proxy/replaytransport.h"
#include "core/proxy/sandboxtransport.h"
#include "core/support/defaultport.h"
#include "core/support/regularfile.h"
#include "core/tls/clientcertificate.h"
#include "core/upstream/cafile.h"
#include "core/upstream/http2transport.h"
#include "core/upstream/targetnames.h"
#include "core/upstream/wayout.h"

#include <QCryptographicHash>
#include <QNetworkInterface>

namespace sallyport {

namespace {

using namespace Qt::StringLiterals;

void findCredentials(UpstreamGroup& group, CredentialVault* vault) {
    if (group.config.credentials.empty()) return;
    if (vault)
        group.credential = vault->supplyFor(group.config.credentials);
    else
        group.problem = u"credentials are not read here"_s;
}

ResponseLimits responseLimitsOf(const Limits& limits) {
    return {parseLimitsOf(limits), limits.interimResponses};
}

/// Changes with the content of the files that `tls` names: a certificate is renewed in its place.
QByteArray digestOfTlsFiles(const UpstreamConfig& config) {
    constexpr qsizetype kMaxBytes = qsizetype{16} * 1024 * 1024;
    QCryptographicHash digest(QCryptographicHash::Sha256);
    for (const QString& path : {config.caFile, config.certFile, config.keyFile}) {
        const auto bytes = path.isEmpty() ? QByteArray() : readRegularFile(path, kMaxBytes);
        digest.addData(bytes ? QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256)
                             : bytes.error().toUtf8());
    }
    return digest.result();
}

/// What is wrong with the files that `tls` names; empty when nothing is.
QString readTlsFiles(const UpstreamConfig& config, SocketTransportOptions& options) {
    options.verifyTls = config.verifyTls;
    if (!config.caFile.isEmpty()) {
        auto roots = readCaFile(config.caFile);
        if (!roots) return roots.error();
        options.extraRoots = std::move(roots).value();
    }
    if (config.certFile.isEmpty()) return {};
    auto own = readClientCertificate(config.certFile, config.keyFile);
    if (!own) return own.error();
    options.certificateChain = own->chain;
    options.privateKey = own->key;
    return {};
}

void makeTransport(UpstreamGroup& group, const Limits& limits, Connector& connector,
                   DeadlineQueue& deadlines) {
    if (group.config.isSandbox) {
        group.transport = makeSandboxTransport(deadlines);
        return;
    }
    if (!group.config.replayFile.isEmpty()) {
        group.recording =
            std::make_shared<RecordingFile>(group.config.replayFile, deadlines.clock());
        group.transport =
            makeReplayTransport(group.recording, {group.config.replaySpeed}, deadlines);
        return;
    }
    SocketTransportOptions options;
    options.targets = group.config.targets;
    options.group = group.targets;
    options.timeouts = group.config.timeouts;
    options.proxies = group.proxies;
    options.usesHttp2 = group.config.usesHttp2;
    options.limits = responseLimitsOf(limits);
    if (group.problem = readTlsFiles(group.config, options); !group.problem.isEmpty()) return;
    if (const auto& health = group.config.balance.health)
        group.probes = std::make_shared<HealthProbes>(connector, deadlines, options, *health);
    group.transport = makeUpstreamTransport(connector, deadlines, std::move(options));
}

std::shared_ptr<TargetGroup> makeTargets(const UpstreamConfig& config,
                                         const UpstreamGroup* before) {
    if (config.isLocal()) return nullptr;
    return std::make_shared<TargetGroup>(targetSpecs(config.targets), config.balance,
                                         before ? before->targets.get() : nullptr);
}

/// What a connection failed by names the target itself.
QString namedReason(const TargetStatus& target) {
    const QString name = target.name + u": ";
    return target.reason.startsWith(name) ? target.reason : name + target.reason;
}

void takeOver(UpstreamGroup& group, const UpstreamGroup& before) {
    group.transport = before.transport;
    group.targets = before.targets;
    group.proxies = before.proxies;
    group.probes = before.probes;
    group.recording = before.recording;
}

struct MakingContext {
    TransportContext transport;
    CredentialVault* credentials;
};

/// A group that is as before has the targets of before, with all that is known of them.
void makeAnew(UpstreamGroup& group, const UpstreamGroup* before, const Limits& limits,
              MakingContext context) {
    auto& [connector, deadlines] = context.transport;
    group.targets = group.isAsBefore ? before->targets : makeTargets(group.config, before);
    group.proxies = configuredProxies(group.config.via, context.credentials, deadlines.clock());
    makeTransport(group, limits, connector, deadlines);
}

/// Those of before where `via` is the same: they know the logins.
std::shared_ptr<OutboundProxies> forwardProxiesOf(const Config& config, CredentialVault* vault,
                                                  TransportContext context,
                                                  const RuleSet* previous) {
    if (previous && previous->config->forwardVia == config.forwardVia)
        return previous->forwardProxies;
    return configuredProxies(config.forwardVia, vault, context.deadlines.clock(), NamedBy::Client);
}

/// Two sets of probes of the same targets would contradict each other.
void stopOldProbes(const RuleSet* previous, const RuleSet& rules) {
    if (!previous) return;
    for (const auto& [name, before] : previous->upstreams) {
        const UpstreamGroup* now = rules.group(name);
        if (before.probes && (!now || now->probes != before.probes)) before.probes->stop();
    }
}

/// The caches of the routes; those that did not change keep what they have stored.
void addCaches(RuleSet& rules, const RuleSet* previous, CachingContext context,
               const CachePlace& place) {
    for (const Route& route : rules.table.routes()) {
        const auto* to = std::get_if<ToUpstream>(&route.action);
        const UpstreamGroup* group = to ? rules.group(to->upstream) : nullptr;
        if (!group) continue;
        rules.caches.add(
            {route, group->transport, !group->config.credentials.empty(), place, group->isAsBefore},
            context, previous ? &previous->caches : nullptr);
    }
    rules.caches.removeOthers(place);
}

} // namespace

ParseLimits parseLimitsOf(const Limits& limits) {
    ParseLimits out;
    out.head = limits.head;
    out.fields = static_cast<std::size_t>(limits.fields);
    return out;
}

const UpstreamGroup* RuleSet::group(const QString& name) const {
    const auto found = upstreams.find(name);
    return found == upstreams.end() ? nullptr : &found->second;
}

Readiness RuleSet::readiness(Monotonic now) const {
    Readiness out;
    out.hasRoutes = true;
    out.warnings = configWarnings(*config);
    for (const Route& route : table.routes()) {
        const auto* to = std::get_if<ToUpstream>(&route.action);
        if (!route.isEnabled || !to) continue;
        const UpstreamGroup* found = group(to->upstream);
        if (const QString problem = found ? found->presentProblem() : QString(); !problem.isEmpty())
            out.notReady << u"%1: %2"_s.arg(route.name, problem);
        else if (const auto none =
                     found && found->targets ? found->targets->unavailable(now) : std::nullopt)
            out.notReady << u"%1: no target of %2 is up (%3)"_s.arg(route.name, found->config.name,
                                                                    none->reason);
    }
    return out;
}

void RuleSet::watchTargets(
    const std::function<void(const QString&, const TargetStatus&)>& changed) const {
    for (const auto& [name, group] : upstreams)
        if (group.targets)
            group.targets->setChangedCallback(
                [changed, upstream = name](const TargetStatus& is) { changed(upstream, is); });
}

bool RuleSet::pinSession(const QString& upstream, const QString& session,
                         const QString& target) const {
    const UpstreamGroup* found = group(upstream);
    return found && found->targets && found->targets->pinSession(session.toUtf8(), target.toUtf8());
}

QStringList RuleSet::upstreamProblems(Monotonic now) const {
    QStringList out;
    for (const auto& [name, group] : upstreams) {
        if (!group.targets) continue;
        for (const TargetStatus& each : group.targets->statuses(now))
            if (each.condition != TargetCondition::Up) out << name + u": " + namedReason(each);
    }
    return out;
}

std::shared_ptr<UpstreamTransport> RuleSet::transportFor(const Route& route,
                                                         const UpstreamGroup& group,
                                                         DeadlineQueue& deadlines) const {
    const auto* to = std::get_if<ToUpstream>(&route.action);
    auto out = to && to->upstream == group.config.name ? caches.transportOf(route) : nullptr;
    if (!out) out = group.transport;
    if (route.tokenCounting != TokenCounting::EstimateWhereMissing) return out;
    return makeEstimatingTransport(std::move(out), deadlines);
}

SocketTransportOptions RuleSet::forwardOptions(quint16 port) const {
    SocketTransportOptions options;
    options.mayConnect = addressRule(port);
    options.limits = responseLimitsOf(config->settings.limits);
    options.proxies = forwardProxies;
    return options;
}

ConnectTarget RuleSet::connectTarget(const Authority& authority, QByteArray via) const {
    ConnectTarget target;
    target.host = authority.host;
    target.port = authority.portOr(kHttpsPort);
    target.namedBy = NamedBy::Client;
    target.mayConnect = addressRule(target.port);
    // A tunnel to 80 is one for http: `ws:`, and clients that have no absolute-form.
    target.wayOut = wayOutBy(forwardProxies, {target.port != kHttpPort, target.host, target.port},
                             ProxyForm::Tunnel, std::move(via));
    return target;
}

std::function<bool(const QHostAddress&)> RuleSet::addressRule(quint16 port) const {
    return [rules = config, ownPort = own.port, port](const QHostAddress& to) {
        if (!rules->forward.allowsAddress(to)) return false;
        if (port != ownPort) return true;
        return !to.isLoopback() && !QNetworkInterface::allAddresses().contains(to);
    };
}

std::shared_ptr<const RuleSet> makeRuleSet(std::shared_ptr<const Config> config,
                                           ListenerAccess listener, TransportContext context,
                                           const RuleSet* previous) {
    auto rules = std::make_shared<RuleSet>();
    rules->table = RouteTable(config->routes);
    rules->token = std::move(listener.token);
    rules->own = std::move(listener.own);
    rules->certificates = std::move(listener.certificates);
    rules->clients = std::move(listener.clients);
    rules->network = listener.network;
    const bool isSameNetwork = previous && previous->network == listener.network;
    for (const UpstreamConfig& upstream : config->upstreams) {
        UpstreamGroup group;
        group.config = upstream;
        findCredentials(group, listener.credentials);
        const UpstreamGroup* before = previous ? previous->group(upstream.name) : nullptr;
        group.tlsFiles = digestOfTlsFiles(upstream);
        group.isAsBefore = before && before->config == upstream &&
                           before->tlsFiles == group.tlsFiles &&
                           previous->config->settings.limits == config->settings.limits;
        if (group.isAsBefore && before->transport && (isSameNetwork || upstream.isLocal()))
            takeOver(group, *before);
        else
            makeAnew(group, before, config->settings.limits, {context, listener.credentials});
        rules->upstreams.emplace(upstream.name, std::move(group));
    }
    rules->forwardProxies = forwardProxiesOf(*config, listener.credentials, context,
                                             isSameNetwork ? previous : nullptr);
    stopOldProbes(previous, *rules);
    addCaches(*rules, previous, {context.connector.deferredTasks(), context.deadlines},
              listener.caches);
    rules->config = std::move(config);
    return rules;
}

} // namespace sallyport
