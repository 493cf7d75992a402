// SPDX-License-Identifier: MIT
#include "core/engine/resendrequest.h"

#include "core/http/requesttarget.h"
#include "core/http/serialiser.h"
#include "core/observe/exchangerecorder.h"
#include "core/proxy/providerprefix.h"
#include "core/route/hopbyhop.h"

#include <QHostAddress>
#include <QUrl>

namespace sallyport {

namespace {

/// A listener may have another port than when the request was recorded.
bool isLoopback(QByteArrayView authority) {
    const auto parsed = parseAuthority(authority);
    if (!parsed) return true;
    return parsed->host == "localhost" ||
           QHostAddress(QString::fromLatin1(parsed->host)).isLoopback();
}

} // namespace

QByteArray resendBytes(const ResendRequest& request, QByteArrayView listener,
                       QByteArrayView token) {
    FieldList fields = request.fields;
    removeHopByHopFields(fields);
    for (const QByteArrayView own : {QByteArrayView("Host"), QByteArrayView("Content-Length"),
                                     QByteArrayView("Expect"), kResentFromField})
        fields.removeEverySpelling(own);
    FieldList out;
    const bool isOrigin = request.target.startsWith('/') || request.target == "*";
    if (isOrigin)
        out.append("Host", isLoopback(request.host) ? listener : QByteArrayView(request.host));
    else
        out.append("Host",
                   QUrl::fromEncoded(request.target).authority(QUrl::FullyEncoded).toLatin1());
    for (const FieldView field : fields)
        out.append(field.name, field.value);
    if (!token.isEmpty())
        out.append("Proxy-Authorization", QByteArray(QByteArray("Bearer ").append(token)));
    if (!request.from.isEmpty()) out.append(kResentFromField, request.from);
    const bool hasLength = !request.content.isEmpty() || request.method == "POST" ||
                           request.method == "PUT" || request.method == "PATCH";
    if (hasLength) out.append("Content-Length", QByteArray::number(request.content.size()));
    out.append("Connection", "close");
    QByteArray bytes;
    appendRequestHead(bytes, request.method, request.target, out);
    return bytes + request.content;
}

QByteArray targetThrough(const QString& upstream, QByteArrayView target) {
    QByteArray path = target.toByteArray();
    if (const qsizetype scheme = path.indexOf("://"); scheme >= 0 && !upstream.isEmpty()) {
        const qsizetype slash = path.indexOf('/', scheme + 3);
        path = slash < 0 ? QByteArray("/") : path.mid(slash);
    }
    if (auto prefix = providerPrefixOf(path)) path = std::move(prefix->pathAndQuery);
    if (upstream.isEmpty() || !path.startsWith('/')) return path;
    return "/p/" + QUrl::toPercentEncoding(upstream) + path;
}

} // namespace sallyport
