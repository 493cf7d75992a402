// SPDX-License-Identifier: MIT
#include "core/doctor/upstreamcredential.h"

#include "core/support/regularfile.h"

namespace sallyport {

namespace {

QByteArray readNow(const CredentialSource& source) {
    constexpr qsizetype kMaxBytes = qsizetype{64} * 1024;
    switch (source.kind) {
    case CredentialSource::Kind::None:
    case CredentialSource::Kind::Keychain:
    case CredentialSource::Kind::Command: return {};
    case CredentialSource::Kind::Environment: return qgetenv(source.name.toUtf8().constData());
    case CredentialSource::Kind::File: break;
    }
    const auto bytes = readRegularFile(source.name, kMaxBytes);
    return bytes ? bytes->trimmed() : QByteArray();
}

} // namespace

std::optional<QByteArray> upstreamCredential(const UpstreamConfig& upstream) {
    for (const CredentialSource& source : upstream.credentials)
        if (QByteArray credential = readNow(source); !credential.isEmpty()) return credential;
    return {};
}

} // namespace sallyport
