// SPDX-License-Identifier: MIT
#include "core/proxy/localendpoints.h"

#include "core/proxy/buildcommit.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace sallyport {

namespace {

constexpr QByteArrayView kMetricsPath = "/metrics";
constexpr QByteArrayView kVersionPath = "/_sallyport/version";

QByteArrayView pathOf(QByteArrayView pathAndQuery) {
    const qsizetype query = pathAndQuery.indexOf('?');
    return query < 0 ? pathAndQuery : pathAndQuery.first(query);
}

LocalResponse plainText(int status, QByteArray text) {
    return {status,
            {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}},
            std::move(text)};
}

LocalResponse readyResponse(const Readiness& readiness) {
    if (readiness.hasRoutes && readiness.notReady.isEmpty()) {
        if (readiness.isRemoteClient || readiness.warnings.isEmpty()) return plainText(200, "OK");
        QByteArray text = "OK\n";
        for (const QString& warning : readiness.warnings)
            text += "warning: " + warning.toUtf8() + '\n';
        return plainText(200, text);
    }
    if (readiness.isRemoteClient) return plainText(503, "not ready\n");
    if (!readiness.hasRoutes) return plainText(503, "no routes are loaded\n");
    return plainText(503, readiness.notReady.join(u'\n').toUtf8() + '\n');
}

LocalResponse versionResponse() {
    QJsonObject version;
    version.insert(QLatin1String("name"), QStringLiteral("sallyport"));
    version.insert(QLatin1String("version"), QStringLiteral(SALLYPORT_VERSION));
    version.insert(QLatin1String("commit"), QString::fromLatin1(buildCommit()));
    return {200,
            {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
            QJsonDocument(version).toJson(QJsonDocument::Compact)};
}

bool isRead(QByteArrayView method) { return method == "GET" || method == "HEAD"; }

/// RFC 6455 4.1: the key is 16 bytes in base64.
bool isHandshakeKey(const FieldList& fields) {
    constexpr qsizetype kKeyBytes = 16;
    const auto key = fields.first("Sec-WebSocket-Key");
    if (!key) return false;
    const auto plain =
        QByteArray::fromBase64Encoding(key->toByteArray(), QByteArray::AbortOnBase64DecodingErrors);
    return plain && plain.decoded.size() == kKeyBytes;
}

} // namespace

bool isLocalEndpoint(QByteArrayView pathAndQuery) {
    const QByteArrayView path = pathOf(pathAndQuery);
    return path == "/healthz" || path == "/healthcheck" || path == "/readyz" ||
           needsTokenFromAfar(pathAndQuery);
}

bool needsTokenFromAfar(QByteArrayView pathAndQuery) {
    const QByteArrayView path = pathOf(pathAndQuery);
    return path == kMetricsPath || path == kVersionPath;
}

bool asksForMetrics(QByteArrayView method, QByteArrayView pathAndQuery) {
    return isRead(method) && pathOf(pathAndQuery) == kMetricsPath;
}

LocalResponse localResponse(QByteArrayView method, QByteArrayView pathAndQuery,
                            const Readiness& readiness) {
    if (!isRead(method)) {
        LocalResponse refused = plainText(405, "GET and HEAD only\n");
        refused.fields.emplace_back("Allow", "GET, HEAD");
        return refused;
    }
    if (pathOf(pathAndQuery) == kVersionPath) return versionResponse();
    return pathOf(pathAndQuery) == "/readyz" ? readyResponse(readiness) : plainText(200, "OK");
}

bool isEventsEndpoint(QByteArrayView pathAndQuery) {
    return pathOf(pathAndQuery) == "/_sallyport/events";
}

std::optional<LocalResponse> refusedHandshake(const RequestHead& head) {
    if (head.method != "GET") {
        LocalResponse refused = plainText(405, "GET with a WebSocket handshake only\n");
        refused.fields.emplace_back("Allow", "GET");
        return refused;
    }
    const bool asks = head.version.minor >= 1 && head.fields.hasToken("Upgrade", "websocket") &&
                      head.fields.hasToken("Connection", "upgrade");
    if (!asks || head.fields.first("Sec-WebSocket-Version") != QByteArrayView("13")) {
        LocalResponse refused = plainText(426, "This is a WebSocket, version 13 (RFC 6455)\n");
        refused.fields.emplace_back("Upgrade", "websocket");
        refused.fields.emplace_back("Sec-WebSocket-Version", "13");
        return refused;
    }
    if (!isHandshakeKey(head.fields))
        return plainText(400, "Sec-WebSocket-Key must be 16 bytes in base64\n");
    return std::nullopt;
}

} // namespace sallyport
