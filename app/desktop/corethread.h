// SPDX-License-Identifier: MIT
#pragma once

#include "core/credential/credentialreading.h"
#include "core/credential/credentialvault.h"
#include "core/net/streamreactor.h"
#include "core/proxy/outboundconnector.h"
#include "core/upstream/upstreamtest.h"
#include "ui/engineinterface.h"

#include <QThread>

namespace sallyport {

/// Runs the engine on a thread of its own and implements the interface of the screens. Values
/// cross in queued calls; the test of an upstream runs on the screens' thread: two small
/// requests.
class CoreThread : public EngineInterface {
    Q_OBJECT
public:
    explicit CoreThread(const EngineOptions& options, QObject* parent = nullptr);
    /// Ends the thread; what still runs there is cut.
    ~CoreThread() override;

    /// Reads the configuration and starts to listen.
    void open();

    void reload() override;
    void setListening(bool on) override;
    void setRouteEnabled(const QString& route, bool enabled) override;
    void setHistoryEnabled(bool isEnabled) override;
    void pinSession(const QString& upstream, const QString& session,
                    const QString& target) override;
    void setUpstream(const QString& upstream) override;
    void listenOnFreePort() override;
    void drain() override;
    void watchExchange(quint64 id) override;
    void readExchange(quint64 id) override;
    void resend(const ResendRequest& request) override;
    void cancelResend(quint64 number) override;
    void clearLog() override;
    void testUpstream(const UpstreamTestRequest& request) override;
    void cancelUpstreamTest() override;
    void storeCredential(const QString& name, const QString& secret) override;

private:
    void connectEngine();
    void testWith(UpstreamTestRequest request, const Result<QByteArray, QString>& read);
    void startTest(const UpstreamTestRequest& request);

    QString m_configDir;
    QThread m_thread;
    Engine* m_engine; ///< lives on m_thread and is deleted there when it ends
    // What the test is made by, on this thread.
    SystemClock m_clock;
    DeadlineQueue m_deadlines{m_clock};
    std::unique_ptr<StreamReactor> m_reactor = makeStreamReactor(m_deadlines);
    OutboundConnector m_connector{*m_reactor, m_deadlines};
    CredentialVault m_vault{m_deadlines};
    UpstreamTest m_test{m_connector, m_deadlines};
    CredentialReading m_reading;
};

} // namespace sallyport
