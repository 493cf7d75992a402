// SPDX-License-Identifier: MIT
#include "core/proxy/localendpoints.h"

namespace sallyport {

namespace {

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

std::optional<LocalAnswer> localEndpoint(QByteArrayView method, QByteArrayView pathAndQuery,
                                         const Readiness& readiness) {
    const qsizetype query = pathAndQuery.indexOf('?');
    const QByteArrayView path = query < 0 ? pathAndQuery : pathAndQuery.first(query);
    const bool isHealth = path == "/healthz" || path == "/healthcheck";
    if (!isHealth && path != "/readyz") return std::nullopt;
    if (method != "GET" && method != "HEAD") {
        LocalAnswer refused = plainText(405, "GET and HEAD only\n");
        refused.fields.emplace_back("Allow", "GET, HEAD");
        return refused;
    }
    return isHealth ? plainText(200, "OK") : readyAnswer(readiness);
}

} // namespace sallyport
