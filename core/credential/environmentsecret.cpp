// SPDX-License-Identifier: MIT
#include "core/credential/environmentsecret.h"

namespace sallyport {

EnvironmentSecret::EnvironmentSecret(const QString& variable)
    : m_variable(variable.toUtf8()) {}

SecretState EnvironmentSecret::state() {
    const QByteArray value = qgetenv(m_variable.constData());
    const QString name = QString::fromUtf8(m_variable);
    if (value.isEmpty())
        return SecretUnavailable{
            QStringLiteral("the environment variable %1 is not set").arg(name)};
    auto secret = checkedSecret(value);
    if (!secret)
        return SecretUnavailable{
            QStringLiteral("the environment variable %1 %2").arg(name, secret.error())};
    return std::move(secret).value();
}

} // namespace sallyport
