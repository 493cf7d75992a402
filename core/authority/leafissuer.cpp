// SPDX-License-Identifier: MIT
#include "core/authority/leafissuer.h"

namespace sallyport {

namespace {

/// A leaf of an authority that ends within this time would end with it.
constexpr qint64 kLastDaySeconds = 24 * 3600;

} // namespace

const CaCertificate* leafIssuer(const AuthorityFiles& files, const QByteArray& host,
                                const QDateTime& now) {
    const auto& previous = files.previous;
    if (previous && now.addSecs(kLastDaySeconds) < previous->notAfter() &&
        isAmong(previous->hosts(), host))
        return &*previous;
    const auto& current = files.current;
    if (current && now < current->notAfter() && isAmong(current->hosts(), host)) return &*current;
    return nullptr;
}

} // namespace sallyport
