// SPDX-License-Identifier: MIT
#include "app/desktop/corethread.h"

#include <QUrl>

namespace sallyport {

CoreThread::CoreThread(const GatewayOptions& options, QObject* parent)
    : GatewayPort(parent)
    , m_gateway(new Gateway(options)) {
    m_thread.setObjectName(QStringLiteral("core"));
    m_gateway->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_gateway, &QObject::deleteLater);
    connect(&m_trial, &ConnectionTest::finished, this, &CoreThread::tellTrial);
    bind();
    m_thread.start();
}

CoreThread::~CoreThread() {
    m_thread.quit();
    m_thread.wait();
}

void CoreThread::bind() {
    // Emitted on the core's thread, where the token may be read; the queue keeps the order.
    const auto tellToken = [this] {
        emit tokenChanged(QString::fromUtf8(m_gateway->localToken()));
    };
    connect(m_gateway, &Gateway::configChanged, m_gateway, tellToken);
    connect(m_gateway, &Gateway::statusChanged, m_gateway, tellToken);
    connect(m_gateway, &Gateway::statusChanged, this, &GatewayPort::statusChanged);
    connect(m_gateway, &Gateway::configChanged, this, &GatewayPort::configChanged);
    connect(m_gateway, &Gateway::configRejected, this, &GatewayPort::configRejected);
    connect(m_gateway, &Gateway::exchangesChanged, this, &GatewayPort::exchangesChanged);
    connect(m_gateway, &Gateway::detailChanged, this, &GatewayPort::detailChanged);
    connect(m_gateway, &Gateway::drained, this, &GatewayPort::drained);
}

void CoreThread::open() { QMetaObject::invokeMethod(m_gateway, &Gateway::open); }

void CoreThread::reload() { QMetaObject::invokeMethod(m_gateway, &Gateway::reload); }

void CoreThread::setListening(bool on) {
    QMetaObject::invokeMethod(m_gateway, [gateway = m_gateway, on] { gateway->setListening(on); });
}

void CoreThread::setRouteEnabled(const QString& route, bool enabled) {
    QMetaObject::invokeMethod(m_gateway, [gateway = m_gateway, route, enabled] {
        gateway->setRouteEnabled(route, enabled);
    });
}

void CoreThread::drain() { QMetaObject::invokeMethod(m_gateway, &Gateway::drain); }

void CoreThread::watchExchange(quint64 id) {
    QMetaObject::invokeMethod(m_gateway, [gateway = m_gateway, id] { gateway->watchExchange(id); });
}

void CoreThread::clearLog() { QMetaObject::invokeMethod(m_gateway, &Gateway::clearLog); }

void CoreThread::tryGateway(const GatewayTrial& trial) {
    ConnectionTestRequest request;
    request.url = QUrl(trial.url);
    request.credential = trial.credential;
    request.credentialAs = trial.isApiKey ? CredentialForm::XApiKey : CredentialForm::Bearer;
    request.caFile = trial.caFile;
    m_trial.start(request);
}

void CoreThread::cancelTrial() { m_trial.cancel(); }

void CoreThread::tellTrial(const ConnectionTestResult& result) {
    emit trialFinished(
        {result.verdict == ConnectionTestVerdict::Works, result.detail, result.models});
}

} // namespace sallyport
