// SPDX-License-Identifier: MIT
#include "core/doctor/doctorrun.h"

#include "core/credential/configuredproxies.h"
#include "core/doctor/addresschecks.h"
#include "core/doctor/baseurlpathcheck.h"
#include "core/doctor/cacheck.h"
#include "core/doctor/clockcheck.h"
#include "core/doctor/credentialchecks.h"
#include "core/doctor/filechecks.h"
#include "core/doctor/gatewayprobe.h"
#include "core/doctor/httpprobe.h"
#include "core/doctor/machinechecks.h"
#include "core/doctor/proxychecks.h"
#include "core/doctor/reachchecks.h"
#include "core/doctor/resultmask.h"
#include "core/doctor/settingschecks.h"
#include "core/doctor/upstreamcredential.h"
#include "core/net/streamreactor.h"
#include "core/support/deadline.h"
#include "core/tls/tlsconnector.h"
#include "core/upstream/viaconnector.h"

namespace sallyport {

using namespace std::chrono_literals;

/// One run: what was read, and what is under way.
class DoctorRun::Round : public QObject {
public:
    Round(DoctorRun& run, DoctorOptions options)
        : m_run(run)
        , m_options(std::move(options))
        , m_deadlines(run.m_clock)
        , m_reactor(makeStreamReactor(m_deadlines))
        , m_via(*m_reactor, m_deadlines)
        , m_connector(m_via, m_deadlines)
        , m_vault(m_deadlines) {}

    void begin();

private:
    void tell(const CheckResult& result) { emit m_run.checked(m_mask.masked(result)); }
    void tellLocal();
    void probeListener();
    void probeGateways();
    void probe(const UpstreamConfig& upstream);
    void probeProxy();
    void tellGateways();
    void tellProxied();
    void send(const HttpProbeRequest& request,
              const std::function<void(const ProxyProbeOutcome&)>& ended);
    void partEnded();

    DoctorRun& m_run;
    DoctorOptions m_options;
    std::optional<LocalReading> m_local;
    ResultMask m_mask;
    DeadlineQueue m_deadlines;
    std::unique_ptr<StreamReactor> m_reactor;
    ViaConnector m_via;
    TlsConnector m_connector;
    CredentialVault m_vault; ///< passwords of proxies
    std::vector<std::unique_ptr<GatewayProbe>> m_gateways;
    std::vector<std::unique_ptr<HttpProbe>> m_probes;
    std::vector<ProxyProbeOutcome> m_outcomes;
    std::size_t m_gatewaysLeft = 0;
    std::size_t m_outcomesLeft = 0;
    int m_partsLeft = 3; ///< listener, gateways, proxy
};

void DoctorRun::Round::begin() {
    m_local = readLocal(m_options);
    m_mask = ResultMask(*m_local);
    tellLocal();
    probeListener();
    probeGateways();
    probeProxy();
}

void DoctorRun::Round::tellLocal() {
    const LocalReading& local = *m_local;
    tell(checkClientVersion(local.programs));
    tell(checkSettingsJson(local.claude.sources()));
    tell(checkVariables(local.claude));
    tell(checkSettingsAddress(local));
    tell(checkBaseUrlPath(local));
    tell(checkLocalToken(local));
    tell(checkTwoCredentials(local));
    tell(checkApiKeyApproved(local));
    tell(checkNoProxy(local));
    tell(checkAllProxy(local));
    tell(checkLocalCa(local, QDateTime::currentDateTimeUtc()));
    tell(checkConfigFiles(local.config));
    tell(checkTlsVerify(local));
    tell(checkDiskSpace(local.disks));
}

void DoctorRun::Round::probeListener() {
    if (m_local->listener.running.isEmpty()) {
        tell(checkListener(m_local->listener));
        partEnded();
        return;
    }
    const QUrl url(QLatin1String("http://") + m_local->listener.running +
                   QLatin1String("/healthz"));
    send({url, {}, {}, 3s}, [this](const ProxyProbeOutcome& outcome) {
        ListenerReading listener = m_local->listener;
        listener.isAnswering = outcome.status == 200;
        listener.failure = outcome.status > 0 ? QString::number(outcome.status) : outcome.failure;
        tell(checkListener(listener));
        partEnded();
    });
}

void DoctorRun::Round::probeGateways() {
    if (const Config* config = m_local->config.config.get()) {
        for (const UpstreamConfig& upstream : config->upstreams) {
            if (isUsed(*config, upstream)) probe(upstream);
        }
    }
    m_gatewaysLeft = m_gateways.size();
    if (m_gateways.empty()) tellGateways();
}

void DoctorRun::Round::probe(const UpstreamConfig& upstream) {
    const QByteArray credential = upstreamCredential(upstream).value_or(QByteArray());
    const auto proxies = configuredProxies(upstream.via, &m_vault, m_run.m_clock);
    for (const UpstreamTarget& target : upstream.targets) {
        if (m_gateways.size() == kMaxTargets) return;
        auto probe = std::make_unique<GatewayProbe>(m_connector, m_deadlines);
        connect(probe.get(), &GatewayProbe::finished, this, [this] {
            if (--m_gatewaysLeft == 0) tellGateways();
        });
        probe->start(upstream, target, credential, proxies);
        m_gateways.push_back(std::move(probe));
    }
}

void DoctorRun::Round::tellGateways() {
    std::vector<GatewayReading> readings;
    for (const auto& probe : m_gateways)
        readings.push_back(probe->reading());
    for (const CheckResult& result : checkGateway(readings))
        tell(result);
    tell(checkClockSkew(readings));
    partEnded();
}

void DoctorRun::Round::probeProxy() {
    if (!hasProxyToProbe(*m_local)) {
        tellProxied();
        return;
    }
    const QList<QSslCertificate> roots = extraRootsOf(m_local->claude);
    const QStringList urls = connectivityUrls() + QStringList{webFetchUrl()};
    m_outcomesLeft = static_cast<std::size_t>(urls.size());
    for (const QString& url : urls) {
        send({QUrl(url), m_local->listener.running, roots, 10s},
             [this](const ProxyProbeOutcome& outcome) {
                 m_outcomes.push_back(outcome);
                 if (--m_outcomesLeft == 0) tellProxied();
             });
    }
}

void DoctorRun::Round::tellProxied() {
    tell(checkConnectivity(*m_local, m_outcomes));
    tell(checkWebFetch(*m_local, m_outcomes));
    partEnded();
}

void DoctorRun::Round::send(const HttpProbeRequest& request,
                            const std::function<void(const ProxyProbeOutcome&)>& ended) {
    auto probe = std::make_unique<HttpProbe>();
    connect(probe.get(), &HttpProbe::finished, this, ended);
    probe->start(request);
    m_probes.push_back(std::move(probe));
}

void DoctorRun::Round::partEnded() {
    if (--m_partsLeft == 0) emit m_run.finished();
}

DoctorRun::DoctorRun(QObject* parent)
    : QObject(parent) {}

DoctorRun::~DoctorRun() = default;

void DoctorRun::start(const DoctorOptions& options) {
    m_round = std::make_unique<Round>(*this, options);
    QMetaObject::invokeMethod(
        m_round.get(), [round = m_round.get()] { round->begin(); }, Qt::QueuedConnection);
}

void DoctorRun::cancel() { m_round.reset(); }

} // namespace sallyport
