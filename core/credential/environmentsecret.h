// SPDX-License-Identifier: MIT
#pragma once

#include "core/credential/secretsource.h"

namespace sallyport {

/// An environment variable. Looked at for each request, which costs less than noticing a change.
class EnvironmentSecret final : public SecretSource {
public:
    explicit EnvironmentSecret(const QString& variable);
    [[nodiscard]] SecretState state() override;
    void refused(QByteArrayView) override {}

private:
    QByteArray m_variable;
};

} // namespace sallyport
