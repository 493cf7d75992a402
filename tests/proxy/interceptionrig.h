// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/routesfile.h"
#include "core/net/streamreactor.h"
#include "core/proxy/outboundconnector.h"
#include "core/proxy/proxyserver.h"
#include "tests/tls/testcertificatesource.h"
#include "tests/tls/tunnelclient.h"

#include <memory>

namespace sallyport::test {

/// A listener with real sockets and a local authority of the test's.
class InterceptionRig {
public:
    explicit InterceptionRig(const QByteArray& routes, const Limits& limits = {}) {
        load(routes, limits);
        const auto bound = server.listen(QHostAddress(QHostAddress::LocalHost), 0);
        port = bound.value().port;
        load(routes, limits);
    }
    void load(const QByteArray& routes, const Limits& limits = {}) {
        auto file = parseRoutes(routes, QStringLiteral("routes.yaml"));
        if (!file) qFatal("%s", qPrintable(file.error().toString()));
        auto config = std::make_shared<Config>();
        config->upstreams = file->upstreams;
        config->routes = file->routes;
        config->forward = file->forward;
        config->forwardVia = file->forwardVia;
        config->intercept = file->intercept;
        config->settings.limits = limits;
        OwnAuthority own;
        own.port = port;
        rules = makeRuleSet(config, {{}, own, certificates}, {connector, deadlines}, rules.get());
        server.setRules(rules);
    }
    [[nodiscard]] QByteArray authority() const { return "127.0.0.1:" + QByteArray::number(port); }
    /// A client inside an opened tunnel to `host`.
    [[nodiscard]] std::unique_ptr<TunnelClient> inside(const QByteArray& host) const {
        auto client = std::make_unique<TunnelClient>(port);
        if (!client->connectTo(host)) return client;
        OpenSslClientOptions options;
        options.root = certificates->root();
        options.serverName = host.left(host.lastIndexOf(':'));
        client->beginTls(options);
        return client;
    }
    /// Waits for a record of that method that has ended, and takes it.
    [[nodiscard]] ExchangeRecord ended(const QByteArray& method) {
        ExchangeRecord found;
        const bool came = QTest::qWaitFor([&] {
            for (const ExchangeRecord& each : log.takeChanges())
                if (each.phase == ExchangePhase::Ended) records.push_back(each);
            const auto at =
                std::find_if(records.begin(), records.end(),
                             [&](const ExchangeRecord& each) { return each.method == method; });
            if (at == records.end()) return false;
            found = *at;
            records.erase(at);
            return true;
        });
        Q_UNUSED(came)
        return found;
    }

    std::shared_ptr<TestCertificateSource> certificates = std::make_shared<TestCertificateSource>();
    SystemClock clock;
    DeadlineQueue deadlines{clock};
    std::unique_ptr<StreamReactor> reactor = makeStreamReactor(deadlines);
    OutboundConnector connector{*reactor, deadlines};
    ExchangeLog log{clock};
    ProxyServer server{*reactor, connector, deadlines, log};
    std::shared_ptr<const RuleSet> rules;
    std::vector<ExchangeRecord> records;
    quint16 port = 0;
};

} // namespace sallyport::test
