// SPDX-License-Identifier: MIT
#include "app/desktop/corethread.h"

#include "core/config/historyedit.h"
#include "core/credential/configuredproxies.h"
#include "core/credential/keychain.h"

namespace sallyport {

CoreThread::CoreThread(const EngineOptions& options, QObject* parent)
    : EngineInterface(parent)
    , m_configDir(options.configDir)
    , m_engine(new Engine(options)) {
    m_thread.setObjectName(QStringLiteral("core"));
    m_engine->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_engine, &QObject::deleteLater);
    connect(&m_test, &UpstreamTest::finished, this, &EngineInterface::upstreamTestFinished);
    connectEngine();
    m_thread.start();
}

CoreThread::~CoreThread() {
    m_thread.quit();
    m_thread.wait();
}

void CoreThread::connectEngine() {
    // Emitted on the core's thread, where the token may be read; the queue keeps the order.
    const auto tellToken = [this] { emit tokenChanged(QString::fromUtf8(m_engine->localToken())); };
    connect(m_engine, &Engine::configChanged, m_engine, tellToken);
    connect(m_engine, &Engine::statusChanged, m_engine, tellToken);
    connect(m_engine, &Engine::statusChanged, this, &EngineInterface::statusChanged);
    connect(m_engine, &Engine::configChanged, this, &EngineInterface::configChanged);
    connect(m_engine, &Engine::configRejected, this, &EngineInterface::configRejected);
    connect(m_engine, &Engine::exchangesChanged, this, &EngineInterface::exchangesChanged);
    connect(m_engine, &Engine::detailChanged, this, &EngineInterface::detailChanged);
    connect(m_engine, &Engine::detailGone, this, &EngineInterface::detailGone);
    connect(m_engine, &Engine::resendEnded, this, &EngineInterface::resendEnded);
    connect(m_engine, &Engine::drained, this, &EngineInterface::drained);
}

void CoreThread::open() { QMetaObject::invokeMethod(m_engine, &Engine::open); }

void CoreThread::reload() { QMetaObject::invokeMethod(m_engine, &Engine::reload); }

void CoreThread::setListening(bool on) {
    QMetaObject::invokeMethod(m_engine, [engine = m_engine, on] { engine->setListening(on); });
}

void CoreThread::setRouteEnabled(const QString& route, bool enabled) {
    QMetaObject::invokeMethod(
        m_engine, [engine = m_engine, route, enabled] { engine->setRouteEnabled(route, enabled); });
}

void CoreThread::setUpstream(const QString& upstream) {
    QMetaObject::invokeMethod(m_engine,
                              [engine = m_engine, upstream] { engine->setUpstream(upstream); });
}

void CoreThread::setHistoryEnabled(bool isEnabled) {
    QMetaObject::invokeMethod(m_engine, [engine = m_engine, dir = m_configDir, isEnabled] {
        const auto done = switchHistory(dir, isEnabled);
        if (done)
            engine->reload();
        else
            emit engine->configRejected(done.error());
    });
}

void CoreThread::pinSession(const QString& upstream, const QString& session,
                            const QString& target) {
    QMetaObject::invokeMethod(m_engine, [engine = m_engine, upstream, session, target] {
        engine->pinSession(upstream, session, target);
    });
}

void CoreThread::listenOnFreePort() {
    QMetaObject::invokeMethod(m_engine, &Engine::listenOnFreePort);
}

void CoreThread::drain() { QMetaObject::invokeMethod(m_engine, &Engine::drain); }

void CoreThread::watchExchange(quint64 id) {
    QMetaObject::invokeMethod(m_engine, [engine = m_engine, id] { engine->watchExchange(id); });
}

void CoreThread::readExchange(quint64 id) {
    QMetaObject::invokeMethod(m_engine, [engine = m_engine, id] { engine->readExchange(id); });
}

void CoreThread::resend(const ResendRequest& request) {
    QMetaObject::invokeMethod(m_engine, [engine = m_engine, request] { engine->resend(request); });
}

void CoreThread::cancelResend(quint64 number) {
    QMetaObject::invokeMethod(m_engine,
                              [engine = m_engine, number] { engine->cancelResend(number); });
}

void CoreThread::clearLog() { QMetaObject::invokeMethod(m_engine, &Engine::clearLog); }

void CoreThread::testUpstream(const UpstreamTestRequest& request) {
    if (!request.credential.isEmpty()) {
        startTest(request);
        return;
    }
    m_reading.start(request.source, [this, request](const Result<QByteArray, QString>& read) {
        testWith(request, read);
    });
}

void CoreThread::testWith(UpstreamTestRequest request, const Result<QByteArray, QString>& read) {
    if (!read) {
        UpstreamTestResult result;
        result.verdict = UpstreamTestVerdict::BadUrl;
        result.detail = tr("The credential cannot be read: %1").arg(read.error());
        emit upstreamTestFinished(result);
        return;
    }
    request.credential = QString::fromUtf8(*read);
    startTest(request);
}

void CoreThread::startTest(const UpstreamTestRequest& request) {
    m_test.start(request, configuredProxies(request.via, &m_vault, m_clock));
}

void CoreThread::cancelUpstreamTest() {
    m_reading.cancel();
    m_test.cancel();
}

void CoreThread::storeCredential(const QString& name, const QString& secret) {
    const auto checked = checkedSecret(secret.toUtf8());
    if (!checked) {
        emit credentialStored(name, tr("what was entered %1").arg(checked.error()));
        return;
    }
    keychain::write(name, *checked, *this, [this, name](const Result<Done, QString>& outcome) {
        emit credentialStored(name, outcome ? QString() : outcome.error());
    });
}

} // namespace sallyport
