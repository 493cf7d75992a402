// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/gatewaychecks.h"
#include "core/net/connector.h"
#include "core/support/clock.h"
#include "core/upstream/upstreamconfig.h"
#include "core/upstream/upstreamtest.h"

#include <QHostInfo>
#include <QObject>
#include <QTimer>

#include <memory>

namespace sallyport {

/// Goes the way to one target of an upstream step by step: name, TCP, TLS (both as the data path
/// makes them), then HTTP and the list of models (UpstreamTest). Each step has a deadline: 5 s for
/// the name, the upstream's `timeouts.connect` for a connection, 10 s for each request. Lives on
/// the thread that made it; destroying it ends what is under way.
class GatewayProbe : public QObject, private ConnectObserver {
    Q_OBJECT
public:
    /// Both outlive it.
    GatewayProbe(Connector& connector, const Clock& clock, QObject* parent = nullptr);
    ~GatewayProbe() override;
    /// Ends in finished(), never from inside the call. `credential` may be empty.
    void start(const UpstreamConfig& upstream, const UpstreamTarget& target,
               const QByteArray& credential);
    [[nodiscard]] const GatewayReading& reading() const { return m_reading; }

signals:
    void finished();

private:
    void lookUp();
    void lookedUp(const QHostInfo& answer);
    void connectPlain();
    void connectTls();
    void connected(StreamPtr stream) override;
    void connectFailed(const StreamError& error) override;
    void askForModels();
    void answered(const UpstreamTestResult& result);

    Connector& m_connector;
    const Clock& m_clock;
    UpstreamConfig m_upstream;
    UpstreamTarget m_target;
    QByteArray m_credential;
    GatewayReading m_reading;
    GatewayStep* m_connecting = nullptr; ///< the step that the attempt is for
    QTimer m_lookUpTimer;
    int m_lookUp = -1;
    std::unique_ptr<ConnectAttempt> m_attempt;
    UpstreamTest m_test;
};

} // namespace sallyport
