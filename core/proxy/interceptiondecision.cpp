// SPDX-License-Identifier: MIT
#include "core/proxy/interceptiondecision.h"

#include "core/support/visibletext.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Interception", text); }

bool offers(const ClientHello& hello, const char* protocol) {
    return std::find(hello.alpn.begin(), hello.alpn.end(), protocol) != hello.alpn.end();
}

bool isSameName(QByteArrayView a, QByteArrayView b) {
    const auto withoutRootDot = [](QByteArrayView name) {
        return name.endsWith('.') ? name.chopped(1) : name;
    };
    return withoutRootDot(a) == withoutRootDot(b);
}

QString shown(const QByteArray& text) { return visibleText(QString::fromUtf8(text.left(253))); }

InterceptionDecision decisionOf(const ClientHello& hello, const QByteArray& host) {
    using Kind = InterceptionDecision::Kind;
    if (!hello.serverName.isEmpty() && !isSameName(hello.serverName, host)) {
        const char* const text =
            hello.hasEncryptedHello
                ? QT_TRANSLATE_NOOP("Interception",
                                    "the client asked for “%1” by TLS, which may be a cover for "
                                    "another name (Encrypted Client Hello)")
                : QT_TRANSLATE_NOOP("Interception", "the client asked for “%1” by TLS");
        return {Kind::Blind, tr(text).arg(shown(hello.serverName)), {}};
    }
    if (hello.alpn.empty() || offers(hello, "http/1.1")) return {};
    if (offers(hello, "h2") || offers(hello, "http/1.0"))
        return {Kind::Refuse,
                QCoreApplication::translate(
                    "Interception", "the client offers “%1” over TLS and not http/1.1, which is "
                                    "all that Sallyport speaks there; let it offer that, or take "
                                    "the host out of intercept")
                    .arg(shown(hello.alpn.front())),
                TlsAlert::NoApplicationProtocol};
    return {Kind::Blind,
            QCoreApplication::translate("Interception",
                                        "the client speaks “%1” over TLS, which is not HTTP")
                .arg(shown(hello.alpn.front())),
            {}};
}

} // namespace

InterceptionDecision interceptionDecision(ClientHelloReader::Verdict verdict,
                                          const ClientHello& hello, const QByteArray& host) {
    using Kind = InterceptionDecision::Kind;
    switch (verdict) {
    case ClientHelloReader::Verdict::Hello: return decisionOf(hello, host);
    case ClientHelloReader::Verdict::NotTls:
        return {Kind::Blind,
                QCoreApplication::translate("Interception", "what the client sent is not TLS"),
                {}};
    case ClientHelloReader::Verdict::Malformed:
    case ClientHelloReader::Verdict::Undecided: break;
    }
    return {Kind::Refuse,
            QCoreApplication::translate("Interception",
                                        "the TLS of the client begins with no readable hello"),
            TlsAlert::DecodeError};
}

QString distrustText(const QByteArray& host, const QString& evidence) {
    const QString text =
        QCoreApplication::translate(
            "Interception",
            "the client went away at Sallyport's certificate for %1: if it does not trust "
            "Sallyport's CA, set NODE_EXTRA_CA_CERTS to the file that “sallyport ca path” prints, "
            "and start it again; if it takes the server's own certificate only, take %1 out of "
            "intercept in routes.yaml")
            .arg(QString::fromLatin1(host));
    return evidence.isEmpty() ? text : QString(text + QLatin1String(" (") + evidence + u')');
}

} // namespace sallyport
