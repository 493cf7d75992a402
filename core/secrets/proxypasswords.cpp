// SPDX-License-Identifier: MIT
#include "core/secrets/proxypasswords.h"

namespace sallyport {

namespace {

/// Of `user:password`; empty without one.
QByteArray passwordOf(const QByteArray& userInfo) {
    const qsizetype colon = userInfo.indexOf(':');
    return colon < 0 ? QByteArray() : QByteArray::fromPercentEncoding(userInfo.sliced(colon + 1));
}

} // namespace

QByteArrayList passwordsInProxyUrl(const QByteArray& url) {
    const qsizetype scheme = url.indexOf("://");
    const QByteArray rest = scheme < 0 ? url : url.sliced(scheme + 3);
    qsizetype end = 0; // of the authority, RFC 3986 3.2
    while (end < rest.size() && !QByteArrayView("/?#").contains(rest[end]))
        ++end;
    QByteArrayList out;
    for (const QByteArray& part : {rest.first(end), rest}) {
        const qsizetype at = part.lastIndexOf('@');
        const QByteArray password = at < 0 ? QByteArray() : passwordOf(part.first(at));
        if (!password.isEmpty() && !out.contains(password)) out << password;
    }
    return out;
}

const QByteArrayList& proxyVariableNames() {
    static const QByteArrayList kNames{"http_proxy",  "HTTP_PROXY", "https_proxy",
                                       "HTTPS_PROXY", "all_proxy",  "ALL_PROXY"};
    return kNames;
}

} // namespace sallyport
