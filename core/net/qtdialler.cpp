// SPDX-License-Identifier: MIT
#include "core/net/qtdialler.h"

#include "core/net/qtstream.h"
#include "core/net/streamerror.h"

#include <QNetworkProxy>
#include <QSslError>
#include <QSslSocket>

namespace sallyport {

namespace {

StreamError trustError(const QList<QSslError>& errors) {
    const QSslError& first = errors.front();
    const QSslCertificate certificate = first.certificate();
    QString detail = first.errorString();
    if (!certificate.isNull())
        detail += QStringLiteral(" (certificate of %1, issued by %2)")
                      .arg(certificate.subjectDisplayName(), certificate.issuerDisplayName());
    return {StreamFault::TlsUntrusted, detail};
}

class QtDial final : public Dial {
public:
    QtDial(DeadlineQueue& deadlines, std::optional<QSslConfiguration> tls, Observer& observer)
        : m_deadlines(deadlines)
        , m_configuration(std::move(tls))
        , m_observer(observer)
        , m_socket(m_configuration ? new QSslSocket : new QTcpSocket) {
        m_socket->setProxy(QNetworkProxy::NoProxy);
        QTcpSocket* const socket = m_socket.get();
        QObject::connect(socket, &QTcpSocket::connected, socket,
                         [this] { m_observer.dialConnected(*this); });
        QObject::connect(socket, &QTcpSocket::errorOccurred, socket,
                         [this](QAbstractSocket::SocketError error) { failed(error); });
    }

    /// Queued, since connecting may fail at once. The call knows only the socket: it may come
    /// after the dial was let go.
    void start(const Endpoint& to) {
        QTcpSocket* const socket = m_socket.get();
        QMetaObject::invokeMethod(
            socket, [socket, to] { socket->connectToHost(to.address, to.port); },
            Qt::QueuedConnection);
    }

    void setPeerName(const QByteArray& name) { m_peerName = QString::fromLatin1(name); }

    void proceed() override {
        if (!m_configuration) {
            ready();
            return;
        }
        auto* const tls = static_cast<QSslSocket*>(m_socket.get());
        m_isHandshaking = true;
        QObject::connect(tls, &QSslSocket::encrypted, tls, [this] { ready(); });
        tls->setSslConfiguration(*m_configuration);
        tls->setPeerVerifyName(m_peerName);
        tls->startClientEncryption();
    }

private:
    void ready() {
        m_socket->disconnect();
        m_observer.dialReady(QtStream::adopt(std::move(m_socket), m_deadlines));
    }

    void failed(QAbstractSocket::SocketError error) {
        m_observer.dialFailed(*this, describe(error));
    }

    [[nodiscard]] StreamError describe(QAbstractSocket::SocketError error) const {
        if (!m_isHandshaking) return streamErrorFromSocket(*m_socket, error);
        const auto& tls = static_cast<const QSslSocket&>(*m_socket);
        const QList<QSslError> errors = tls.sslHandshakeErrors();
        if (!errors.isEmpty()) return trustError(errors);
        return {StreamFault::TlsFailed,
                QStringLiteral("TLS handshake failed: %1").arg(tls.errorString())};
    }

    DeadlineQueue& m_deadlines;
    std::optional<QSslConfiguration> m_configuration;
    Observer& m_observer;
    Deferred<QTcpSocket> m_socket;
    QString m_peerName;
    bool m_isHandshaking = false;
};

} // namespace

std::unique_ptr<Dial> QtDialler::dial(const Endpoint& to,
                                      const std::shared_ptr<const TlsClientOptions>& tls,
                                      Dial::Observer& observer) {
    std::optional<QSslConfiguration> configuration;
    if (tls) configuration = configurationFor(*tls);
    auto dial = std::make_unique<QtDial>(m_deadlines, std::move(configuration), observer);
    if (tls) dial->setPeerName(tls->serverName);
    dial->start(to);
    return dial;
}

QSslConfiguration QtDialler::configurationFor(const TlsClientOptions& options) {
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(options.verify ? QSslSocket::VerifyPeer
                                                   : QSslSocket::VerifyNone);
    if (!options.alpn.isEmpty()) configuration.setAllowedNextProtocols({options.alpn});
    if (!options.verify || options.extraRoots.empty()) return configuration;
    if (!m_systemRoots) m_systemRoots = QSslConfiguration::systemCaCertificates();
    QList<QSslCertificate> roots = *m_systemRoots;
    roots.append(QList<QSslCertificate>(options.extraRoots.begin(), options.extraRoots.end()));
    configuration.setCaCertificates(roots);
    return configuration;
}

} // namespace sallyport
