// SPDX-License-Identifier: MIT
#include "core/credential/credentialreading.h"

#include "core/credential/keychain.h"
#include "core/support/regularfile.h"

#include <QCoreApplication>

namespace sallyport {

void CredentialReading::start(const CredentialSource& source, Callback done) {
    cancel();
    switch (source.kind) {
    case CredentialSource::Kind::None: done(QByteArray()); return;
    case CredentialSource::Kind::Environment:
        done(checkedSecret(qgetenv(source.name.toUtf8().constData())));
        return;
    case CredentialSource::Kind::File: {
        const auto bytes = readRegularFile(source.name, SecretSource::kMaxBytes);
        done(bytes ? checkedSecret(*bytes) : bytes);
        return;
    }
    case CredentialSource::Kind::Keychain:
        m_context = std::make_unique<QObject>();
        keychain::read(source.name, *m_context, [done = std::move(done)](auto read) {
            done(read ? checkedSecret(*read) : read);
        });
        return;
    case CredentialSource::Kind::Command:
        done(
            Failure{QCoreApplication::translate("Keychain", "a command is run for requests only")});
        return;
    }
}

} // namespace sallyport
