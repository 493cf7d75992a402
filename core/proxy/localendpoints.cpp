// SPDX-License-Identifier: MIT
#include "core/proxy/localendpoints.h"

namespace sallyport {

namespace {

QByteArrayView pathOf(QByteArrayView pathAndQuery) {
    const qsizetype query = pathAndQuery.indexOf('?');
    return query < 0 ? pathAndQuery : pathAndQuery.first(query);
}

LocalAnswer plainText(int status, QByteArray text) {
    return {status,
            {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}},
            std::move(text)};
}

LocalAnswer readyAnswer(const Readiness& readiness) {
    if (!readiness.hasRoutes) return plainText(503, "no routes are loaded\n");
    if (readiness.notReady.isEmpty()) return plainText(200, "OK");
    return plainText(503, readiness.notReady.join(u'\n').toUtf8() + '\n');
}

} // namespace

bool isLocalEndpoint(QByteArrayView pathAndQuery) {
    const QByteArrayView path = pathOf(pathAndQuery);
    return path == "/healthz" || path == "/healthcheck" || path == "/readyz";
}

LocalAnswer localAnswer(QByteArrayView method, QByteArrayView pathAndQuery,
                        const Readiness& readiness) {
    if (method != "GET" && method != "HEAD") {
        LocalAnswer refused = plainText(405, "GET and HEAD only\n");
        refused.fields.emplace_back("Allow", "GET, HEAD");
        return refused;
    }
    return pathOf(pathAndQuery) == "/readyz" ? readyAnswer(readiness) : plainText(200, "OK");
}

} // namespace sallyport
