// SPDX-License-Identifier: MIT
#include "core/proxy/ruleset.h"

#include "core/proxy/sandboxtransport.h"
#include "core/support/regularfile.h"
#include "core/upstream/cafile.h"
#include "core/upstream/sockettransport.h"

#include <QNetworkInterface>

namespace sallyport {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMaxCredentialBytes = qsizetype{64} * 1024;

void readCredential(UpstreamGroup& group) {
    const CredentialSource& source = group.config.credential;
    switch (source.kind) {
    case CredentialSource::Kind::None: return;
    case CredentialSource::Kind::Environment:
        group.credential = qgetenv(source.name.toUtf8().constData());
        if (group.credential.isEmpty())
            group.problem = u"the environment variable %1 is not set"_s.arg(source.name);
        return;
    case CredentialSource::Kind::File: {
        const auto bytes = readRegularFile(source.name, kMaxCredentialBytes);
        if (!bytes) {
            group.problem = u"%1: %2"_s.arg(source.name, bytes.error());
            return;
        }
        group.credential = bytes->trimmed();
        if (group.credential.isEmpty()) group.problem = u"%1 is empty"_s.arg(source.name);
        return;
    }
    case CredentialSource::Kind::Keychain:
        group.problem = u"the keychain is not supported yet"_s;
        return;
    }
}

/// A secret goes into a field: a line end in it would make another field.
void checkCredential(UpstreamGroup& group) {
    for (const char c : group.credential) {
        if (static_cast<unsigned char>(c) > 0x20 && c != 0x7f) continue;
        group.credential.clear();
        group.problem = u"the credential holds a blank or a control character"_s;
        return;
    }
}

ResponseLimits responseLimitsOf(const Limits& limits) {
    return {parseLimitsOf(limits), limits.interimResponses};
}

std::shared_ptr<UpstreamTransport> makeTransport(UpstreamGroup& group, const Limits& limits,
                                                 Connector& connector, DeadlineQueue& deadlines) {
    if (group.config.isSandbox) return makeSandboxTransport(deadlines);
    SocketTransportOptions options;
    options.targets = group.config.targets;
    options.timeouts = group.config.timeouts;
    options.limits = responseLimitsOf(limits);
    options.verifyTls = group.config.verifyTls;
    if (!group.config.caFile.isEmpty()) {
        auto roots = readCaFile(group.config.caFile);
        if (!roots) {
            group.problem = roots.error();
            return nullptr;
        }
        options.extraRoots = std::move(roots).value();
    }
    return makeSocketTransport(connector, deadlines, std::move(options));
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

Readiness RuleSet::readiness() const {
    Readiness out;
    out.hasRoutes = true;
    for (const Route& route : table.routes()) {
        const auto* to = std::get_if<ToUpstream>(&route.action);
        if (!route.isEnabled || !to) continue;
        const UpstreamGroup* found = group(to->upstream);
        if (found && !found->problem.isEmpty())
            out.notReady << u"%1: %2"_s.arg(route.name, found->problem);
    }
    return out;
}

ResponseLimits RuleSet::responseLimits() const { return responseLimitsOf(config->settings.limits); }

std::function<bool(const QHostAddress&)> RuleSet::addressRule(quint16 port) const {
    return [rules = config, ownPort = own.port, port](const QHostAddress& to) {
        if (!rules->forward.allowsAddress(to)) return false;
        if (port != ownPort) return true;
        return !to.isLoopback() && !QNetworkInterface::allAddresses().contains(to);
    };
}

std::shared_ptr<const RuleSet> makeRuleSet(std::shared_ptr<const Config> config,
                                           ListenerAccess listener, Connector& connector,
                                           DeadlineQueue& deadlines, const RuleSet* previous) {
    auto rules = std::make_shared<RuleSet>();
    rules->table = RouteTable(config->routes);
    rules->token = std::move(listener.token);
    rules->own = std::move(listener.own);
    QByteArrayList secrets{rules->token};
    for (const UpstreamConfig& upstream : config->upstreams) {
        UpstreamGroup group;
        group.config = upstream;
        readCredential(group);
        checkCredential(group);
        const UpstreamGroup* before = previous ? previous->group(upstream.name) : nullptr;
        const bool isSame = before && before->config == upstream &&
                            previous->config->settings.limits == config->settings.limits;
        if (isSame && before->transport)
            group.transport = before->transport;
        else
            group.transport = makeTransport(group, config->settings.limits, connector, deadlines);
        secrets << group.credential;
        rules->upstreams.emplace(upstream.name, std::move(group));
    }
    rules->secrets = (previous ? previous->secrets : KnownSecrets()).renewed(secrets);
    rules->config = std::move(config);
    return rules;
}

} // namespace sallyport
