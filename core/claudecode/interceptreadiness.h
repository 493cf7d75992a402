// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"
#include "core/support/result.h"

#include <QString>

namespace sallyport {

/// Whether Claude Code can be connected by interception, and what it lacks.
struct InterceptReadiness {
    enum class State {
        Ready,
        NoHosts,     ///< `intercept:` names none
        NoAuthority, ///< whose certificate Claude Code has to trust; makeAuthority() makes it
        Broken,      ///< there is one that cannot do its work
    };
    State state = State::Ready;
    QString caFile{};  ///< for NODE_EXTRA_CA_CERTS
    QString problem{}; ///< Broken: why, and what mends it
};

[[nodiscard]] InterceptReadiness interceptReadiness(const Config& config, const QString& stateDir);
/// Makes the local authority for the hosts of `intercept:`. The error is a sentence.
[[nodiscard]] Result<Done, QString> makeAuthority(const Config& config, const QString& stateDir);

} // namespace sallyport
