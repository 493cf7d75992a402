// SPDX-License-Identifier: MIT
#pragma once

#include "core/tls/opensslhandle.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

namespace sallyport::test {

inline QByteArray numberBytes(qsizetype value, int size) {
    QByteArray out;
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        out.append(static_cast<char>((value >> shift) & 0xff));
    return out;
}
/// A vector of TLS: its length in `size` bytes, and the content.
inline QByteArray vectorBytes(const QByteArray& content, int size) {
    return numberBytes(content.size(), size).append(content);
}
inline QByteArray extensionBytes(int type, const QByteArray& content) {
    return numberBytes(type, 2).append(vectorBytes(content, 2));
}
inline QByteArray serverNameBytes(const QByteArray& name, int type = 0) {
    return vectorBytes(numberBytes(type, 1).append(vectorBytes(name, 2)), 2);
}
inline QByteArray sniBytes(const QByteArray& name) {
    return extensionBytes(0, serverNameBytes(name));
}
inline QByteArray alpnBytes(const QByteArrayList& names) {
    QByteArray list;
    for (const QByteArray& name : names)
        list.append(vectorBytes(name, 1));
    return extensionBytes(16, vectorBytes(list, 2));
}
/// The message, with these extensions.
inline QByteArray helloMessage(const QByteArray& extensions) {
    QByteArray body = numberBytes(0x0303, 2);
    body.append(QByteArray(32, 'r')).append(vectorBytes({}, 1));
    body.append(vectorBytes(numberBytes(0x1301, 2), 2)).append(vectorBytes(QByteArray(1, '\0'), 1));
    body.append(vectorBytes(extensions, 2));
    return numberBytes(1, 1).append(vectorBytes(body, 3));
}
inline QByteArray recordBytes(const QByteArray& content, int type = 22) {
    return numberBytes(type, 1).append(numberBytes(0x0301, 2)).append(vectorBytes(content, 2));
}
inline QByteArray helloBytes(const QByteArray& extensions) {
    return recordBytes(helloMessage(extensions));
}

/// What OpenSSL's client sends first.
inline QByteArray openSslHello(const QByteArray& name, const QByteArray& alpn = {}) {
    const SslContextPtr context(SSL_CTX_new(TLS_client_method()));
    const SslPtr ssl(SSL_new(context.get()));
    if (!name.isEmpty())
        SSL_ctrl(ssl.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                 const_cast<char*>(name.constData()));
    if (!alpn.isEmpty())
        SSL_set_alpn_protos(ssl.get(), reinterpret_cast<const unsigned char*>(alpn.constData()),
                            static_cast<unsigned int>(alpn.size()));
    BIO* const in = BIO_new(BIO_s_mem());
    BIO* const out = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl.get(), in, out);
    SSL_connect(ssl.get());
    QByteArray bytes(static_cast<qsizetype>(BIO_ctrl_pending(out)), '\0');
    BIO_read(out, bytes.data(), static_cast<int>(bytes.size()));
    return bytes;
}

} // namespace sallyport::test
