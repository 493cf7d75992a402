// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/gatewaychecks.h"
#include "core/net/connector.h"
#include "core/support/deadline.h"
#include "core/upstream/outboundproxies.h"
#include "core/upstream/upstreamconfig.h"
#include "core/upstream/upstreamtest.h"

#include <QHostInfo>
#include <QObject>
#include <QTimer>

#include <memory>

namespace sallyport {

/// Goes the way to one target of an upstream step by step: name (which a proxy resolves where there
/// is one), TCP with the tunnel of the proxy, TLS (both as the data path makes them), then HTTP and
/// the list of models (UpstreamTest). Each step has a deadline: 5 s for
/// the name, the upstream's `timeouts.connect` for a connection, 10 s for each request. Lives on
/// the thread that made it; destroying it ends what is under way.
class GatewayProbe : public QObject, private ConnectObserver {
    Q_OBJECT
public:
    /// Both outlive it. `connector` does TLS and ways out.
    GatewayProbe(Connector& connector, DeadlineQueue& deadlines, QObject* parent = nullptr);
    ~GatewayProbe() override;
    /// Ends in finished(), never from inside the call. `credential` may be empty. `proxies`: by
    /// which the target is reached; null: directly.
    void start(const UpstreamConfig& upstream, const UpstreamTarget& target,
               const QByteArray& credential, std::shared_ptr<OutboundProxies> proxies);
    [[nodiscard]] const GatewayReading& reading() const { return m_reading; }

signals:
    void finished();

private:
    void lookUp();
    void lookedUp(const QHostInfo& answer);
    void connectPlain();
    void connectBy(GatewayStep& step, std::shared_ptr<const TlsClientOptions> tls);
    void connectTls();
    void connected(StreamPtr stream) override;
    void connectFailed(const StreamError& error) override;
    void askForModels();
    void answered(const UpstreamTestResult& result);

    Connector& m_connector;
    DeadlineQueue& m_deadlines;
    std::shared_ptr<OutboundProxies> m_proxies;
    UpstreamConfig m_upstream;
    UpstreamTarget m_target;
    QByteArray m_credential;
    GatewayReading m_reading;
    GatewayStep* m_connecting = nullptr; ///< the step that the attempt is for
    QTimer m_lookUpTimer;
    int m_lookUp = -1;
    std::unique_ptr<ConnectAttempt> m_attempt;
    std::shared_ptr<const WayOut> m_way; ///< of that; null: directly
    UpstreamTest m_test;
};

} // namespace sallyport
