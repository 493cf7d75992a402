// SPDX-License-Identifier: MIT
#pragma once

#include "core/credential/secretsource.h"

namespace sallyport::test {

/// The secret, `…` while it is read, or why there is none.
inline QString shown(const SecretState& state) {
    if (const auto* secret = std::get_if<QByteArray>(&state)) return QString::fromUtf8(*secret);
    const auto* none = std::get_if<SecretUnavailable>(&state);
    return none ? none->problem : QStringLiteral("…");
}

} // namespace sallyport::test
