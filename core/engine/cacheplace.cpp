// SPDX-License-Identifier: MIT
#include "core/engine/cacheplace.h"

#include "core/support/regularfile.h"

#include <QCryptographicHash>

namespace sallyport {

CachePlace cachePlace(const QString& stateDir, const QString& configDir) {
    constexpr qsizetype kMaxBytes = qsizetype{4} * 1024 * 1024; // what the configuration may have
    const auto rules = readRegularFile(configDir + QStringLiteral("/routes.yaml"), kMaxBytes);
    const QByteArray digest =
        QCryptographicHash::hash(rules ? *rules : QByteArray(), QCryptographicHash::Sha256);
    return {stateDir + QStringLiteral("/cache"), digest.toHex()};
}

} // namespace sallyport
