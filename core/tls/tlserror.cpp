// SPDX-License-Identifier: MIT
#include "core/tls/tlserror.h"

#include <QCoreApplication>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/sslerr.h>

namespace sallyport {

namespace {

QString reasonText(unsigned long code) {
    const char* const text = ERR_reason_error_string(code);
    return text ? QString::fromLatin1(text) : QString::number(code, 16);
}

/// A client of ours has sent a fatal alert.
QString clientAlertText(quint8 alert) {
    const QString name = QString::fromLatin1(SSL_alert_desc_string_long(alert));
    if (isDistrust(alert))
        return QCoreApplication::translate("TlsFailure",
                                           "the client does not trust the certificate (alert “%1”)")
            .arg(name);
    return QCoreApplication::translate("TlsFailure", "the client ended it with the alert “%1”")
        .arg(name);
}

/// A server has sent a fatal alert.
QString serverAlertText(quint8 alert) {
    const QString name = QString::fromLatin1(SSL_alert_desc_string_long(alert));
    switch (alert) {
    case SSL_AD_PROTOCOL_VERSION:
        return QCoreApplication::translate(
                   "TlsFailure", "the server accepts neither TLS 1.2 nor TLS 1.3 (alert “%1”)")
            .arg(name);
    case SSL_AD_CERTIFICATE_REQUIRED:
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
    case SSL_AD_CERTIFICATE_REVOKED:
    case SSL_AD_CERTIFICATE_EXPIRED:
    case SSL_AD_CERTIFICATE_UNKNOWN:
    case SSL_AD_UNKNOWN_CA:
    case SSL_AD_ACCESS_DENIED:
        return QCoreApplication::translate(
                   "TlsFailure", "the server wants another client certificate, or any: name it as "
                                 "tls.cert and tls.key (alert “%1”)")
            .arg(name);
    case SSL_AD_UNRECOGNIZED_NAME:
        return QCoreApplication::translate(
                   "TlsFailure", "the server does not know the name it was asked for (alert “%1”)")
            .arg(name);
    case SSL_AD_NO_APPLICATION_PROTOCOL:
        return QCoreApplication::translate("TlsFailure",
                                           "the server does not offer HTTP/1.1 (alert “%1”)")
            .arg(name);
    case SSL_AD_HANDSHAKE_FAILURE:
    case SSL_AD_INSUFFICIENT_SECURITY:
        return QCoreApplication::translate(
                   "TlsFailure", "the server accepts no cipher or key that is offered (alert “%1”)")
            .arg(name);
    }
    return QCoreApplication::translate("TlsFailure", "the server ended it with the alert “%1”")
        .arg(name);
}

/// Of a connection on which the other side is the server.
QString clientFailureText(unsigned long code) {
    switch (ERR_GET_REASON(code)) {
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_PACKET_LENGTH_TOO_LONG:
    case SSL_R_BAD_RECORD_TYPE:
    case SSL_R_UNEXPECTED_MESSAGE:
        return QCoreApplication::translate(
                   "TlsFailure", "what came is not TLS (%1): does this port speak plain HTTP?")
            .arg(reasonText(code));
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_UNKNOWN_PROTOCOL:
        return QCoreApplication::translate("TlsFailure",
                                           "the peer speaks neither TLS 1.2 nor TLS 1.3 (%1)")
            .arg(reasonText(code));
    case SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC:
        return QCoreApplication::translate("TlsFailure", "a TLS record was damaged on its way");
    case SSL_R_DH_KEY_TOO_SMALL:
        return QCoreApplication::translate("TlsFailure",
                                           "the server's Diffie-Hellman key is too short (%1)")
            .arg(reasonText(code));
    case SSL_R_EE_KEY_TOO_SMALL:
        return QCoreApplication::translate("TlsFailure",
                                           "the client certificate's key is too short");
    }
    return reasonText(code);
}

/// Of a connection on which the other side is the client.
QString serverFailureText(unsigned long code) {
    switch (ERR_GET_REASON(code)) {
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_HTTPS_PROXY_REQUEST:
    case SSL_R_PACKET_LENGTH_TOO_LONG:
    case SSL_R_BAD_RECORD_TYPE:
    case SSL_R_UNEXPECTED_MESSAGE:
        return QCoreApplication::translate("TlsFailure", "what came is not TLS (%1)")
            .arg(reasonText(code));
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_UNKNOWN_PROTOCOL:
        return QCoreApplication::translate("TlsFailure",
                                           "the client speaks neither TLS 1.2 nor TLS 1.3 (%1)")
            .arg(reasonText(code));
    case SSL_R_NO_APPLICATION_PROTOCOL:
        return QCoreApplication::translate("TlsFailure",
                                           "the client does not offer HTTP/1.1 in ALPN");
    case SSL_R_NO_SHARED_CIPHER:
    case SSL_R_NO_SUITABLE_KEY_SHARE:
    case SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS:
    case SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
        return QCoreApplication::translate(
                   "TlsFailure", "the client offers no cipher or key that is accepted (%1)")
            .arg(reasonText(code));
    case SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC:
        return QCoreApplication::translate("TlsFailure", "a TLS record was damaged on its way");
    }
    return reasonText(code);
}

} // namespace

std::optional<quint8> peerAlertOf(unsigned long code) {
    const int alert = ERR_GET_REASON(code) - SSL_AD_REASON_OFFSET;
    constexpr int kMaxAlert = 255;
    if (ERR_GET_LIB(code) != ERR_LIB_SSL || alert <= 0 || alert > kMaxAlert) return std::nullopt;
    return static_cast<quint8>(alert);
}

bool isDistrust(quint8 alert) {
    return (alert >= SSL_AD_BAD_CERTIFICATE && alert <= SSL_AD_CERTIFICATE_UNKNOWN) ||
           alert == SSL_AD_UNKNOWN_CA;
}

QString tlsFailureText(unsigned long code, TlsRole role) {
    if (code == 0)
        return QCoreApplication::translate("TlsFailure", "the TLS library gives no reason");
    if (const auto alert = peerAlertOf(code))
        return role == TlsRole::Server ? clientAlertText(*alert) : serverAlertText(*alert);
    if (ERR_GET_LIB(code) != ERR_LIB_SSL) return reasonText(code);
    if (role == TlsRole::Server) return serverFailureText(code);
    return clientFailureText(code);
}

} // namespace sallyport
