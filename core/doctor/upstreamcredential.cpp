// SPDX-License-Identifier: MIT
#include "core/doctor/upstreamcredential.h"

#include "core/support/regularfile.h"

namespace sallyport {

std::optional<QByteArray> upstreamCredential(const UpstreamConfig& upstream) {
    constexpr qsizetype kMaxBytes = qsizetype{64} * 1024;
    QByteArray credential;
    switch (upstream.credential.kind) {
    case CredentialSource::Kind::None:
    case CredentialSource::Kind::Keychain: break;
    case CredentialSource::Kind::Environment:
        credential = qgetenv(upstream.credential.name.toUtf8().constData());
        break;
    case CredentialSource::Kind::File:
        if (const auto bytes = readRegularFile(upstream.credential.name, kMaxBytes))
            credential = bytes->trimmed();
        break;
    }
    if (credential.isEmpty()) return {};
    return credential;
}

} // namespace sallyport
