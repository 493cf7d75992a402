// SPDX-License-Identifier: MIT
#include "core/net/qtdialler.h"

#include "core/net/qtstream.h"
#include "core/net/streamerror.h"

#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QSslError>
#include <QSslSocket>

#include <algorithm>
#include <utility>

namespace sallyport {

namespace {

enum class RootStore { OfOptions, OfSystem };

QSslConfiguration configurationFor(const TlsClientOptions& options, RootStore store) {
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(options.verify ? QSslSocket::VerifyPeer
                                                   : QSslSocket::VerifyNone);
    if (!options.alpn.isEmpty()) configuration.setAllowedNextProtocols({options.alpn});
    if (store == RootStore::OfOptions)
        configuration.setCaCertificates(
            QList<QSslCertificate>(options.extraRoots.begin(), options.extraRoots.end()));
    return configuration;
}

/// Whether another store of roots could change the verdict.
bool isForWantOfRoot(const QList<QSslError>& errors) {
    return std::all_of(errors.begin(), errors.end(), [](const QSslError& error) {
        return error.error() == QSslError::UnableToGetLocalIssuerCertificate ||
               error.error() == QSslError::UnableToVerifyFirstCertificate ||
               error.error() == QSslError::SelfSignedCertificateInChain ||
               error.error() == QSslError::SelfSignedCertificate ||
               error.error() == QSslError::UnableToGetIssuerCertificate ||
               error.error() == QSslError::CertificateUntrusted;
    });
}

StreamError trustError(const QList<QSslError>& errors) {
    const QSslError& first = errors.front();
    const QSslCertificate certificate = first.certificate();
    QString detail = first.errorString();
    if (!certificate.isNull())
        detail += QStringLiteral(" (certificate of %1, issued by %2)")
                      .arg(certificate.subjectDisplayName(), certificate.issuerDisplayName());
    return {StreamFault::TlsUntrusted, detail};
}

} // namespace

class QtDial final : public Dial {
public:
    QtDial(QtDialler& dialler, Endpoint to, std::shared_ptr<const TlsClientOptions> tls,
           Observer& observer)
        : m_dialler(dialler)
        , m_to(std::move(to))
        , m_tls(std::move(tls))
        , m_observer(observer) {
        if (m_tls && m_tls->verify && !m_tls->extraRoots.empty() &&
            !m_dialler.isInSystemStore(*m_tls))
            m_store = RootStore::OfOptions;
        start();
    }
    void proceed() override;

private:
    void start();
    void connected();
    void ready();
    void failed(QAbstractSocket::SocketError error);

    QtDialler& m_dialler;
    Endpoint m_to;
    std::shared_ptr<const TlsClientOptions> m_tls;
    Observer& m_observer;
    Deferred<QTcpSocket> m_socket;
    RootStore m_store = RootStore::OfSystem;
    bool m_didTryOptions = false; ///< … and the peer was not among them
    bool m_isHandshaking = false;
};

void QtDial::start() {
    m_isHandshaking = false;
    m_socket.reset(m_tls ? new QSslSocket : new QTcpSocket);
    m_socket->setProxy(QNetworkProxy::NoProxy);
    QTcpSocket* const socket = m_socket.get();
    QObject::connect(socket, &QTcpSocket::connected, socket, [this] { connected(); });
    QObject::connect(socket, &QTcpSocket::errorOccurred, socket,
                     [this](QAbstractSocket::SocketError error) { failed(error); });
    // Queued, since connecting may fail at once. The call knows only the socket: it may come after
    // the dial was let go.
    QMetaObject::invokeMethod(
        socket, [socket, to = m_to] { socket->connectToHost(to.address, to.port); },
        Qt::QueuedConnection);
}

void QtDial::connected() {
    if (m_didTryOptions)
        proceed();
    else
        m_observer.dialConnected(*this);
}

void QtDial::proceed() {
    if (!m_tls) {
        ready();
        return;
    }
    auto* const socket = static_cast<QSslSocket*>(m_socket.get());
    m_isHandshaking = true;
    QObject::connect(socket, &QSslSocket::encrypted, socket, [this] { ready(); });
    socket->setSslConfiguration(configurationFor(*m_tls, m_store));
    socket->setPeerVerifyName(QString::fromLatin1(m_tls->serverName));
    socket->startClientEncryption();
}

void QtDial::ready() {
    if (m_didTryOptions) m_dialler.rememberSystemStore(m_tls);
    m_socket->disconnect();
    m_observer.dialReady(QtStream::adopt(std::move(m_socket), m_dialler.m_deadlines));
}

void QtDial::failed(QAbstractSocket::SocketError error) {
    if (!m_isHandshaking) {
        m_observer.dialFailed(*this, streamErrorFromSocket(*m_socket, error));
        return;
    }
    const auto& socket = static_cast<const QSslSocket&>(*m_socket);
    const QList<QSslError> errors = socket.sslHandshakeErrors();
    if (errors.isEmpty()) {
        m_observer.dialFailed(
            *this, {StreamFault::TlsFailed,
                    QStringLiteral("TLS handshake failed: %1").arg(socket.errorString())});
        return;
    }
    if (m_store == RootStore::OfOptions && isForWantOfRoot(errors)) {
        m_store = RootStore::OfSystem;
        m_didTryOptions = true;
        start();
        return;
    }
    m_observer.dialFailed(*this, trustError(errors));
}

std::unique_ptr<Dial> QtDialler::dial(const Endpoint& to,
                                      const std::shared_ptr<const TlsClientOptions>& tls,
                                      Dial::Observer& observer) {
    return std::make_unique<QtDial>(*this, to, tls, observer);
}

bool QtDialler::isInSystemStore(const TlsClientOptions& options) const {
    return std::any_of(m_inSystemStore.begin(), m_inSystemStore.end(),
                       [&](const auto& known) { return known.lock().get() == &options; });
}

void QtDialler::rememberSystemStore(const std::shared_ptr<const TlsClientOptions>& options) {
    std::erase_if(m_inSystemStore, [](const auto& known) { return known.expired(); });
    if (!isInSystemStore(*options)) m_inSystemStore.push_back(options);
}

} // namespace sallyport
