// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/checkresult.h"
#include "core/doctor/localreading.h"
#include "core/secrets/knownsecrets.h"

namespace sallyport {

/// Takes the secrets that were read out of the texts of results: the local token, the credentials
/// of the upstreams, and what the settings and the environment hold under the name of a secret.
class ResultMask {
public:
    /// Knows none.
    ResultMask() = default;
    explicit ResultMask(const LocalReading& local);
    /// The result as it may be shown; its fix keeps its values.
    [[nodiscard]] CheckResult masked(CheckResult result) const;

private:
    KnownSecrets m_known;
};

} // namespace sallyport
