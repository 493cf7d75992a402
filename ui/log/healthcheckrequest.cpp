// SPDX-License-Identifier: MIT
#include "ui/log/healthcheckrequest.h"

namespace sallyport {

bool isHealthCheck(const ExchangeRecord& record) {
    if (record.role != RequestRole::Local || record.status >= 400) return false;
    const qsizetype query = record.path.indexOf('?');
    const QByteArrayView path(record.path.constData(), query < 0 ? record.path.size() : query);
    return path == "/healthz" || path == "/healthcheck" || path == "/readyz" || path == "/metrics";
}

} // namespace sallyport
