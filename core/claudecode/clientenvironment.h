// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/environmentvariables.h"
#include "core/config/config.h"
#include "core/support/result.h"

#include <QHostAddress>

#include <optional>
#include <utility>

namespace sallyport {

/// What is known besides the settings when an environment is asked for.
struct ClientEnvironmentRequest {
    QString stateDir;
    /// Overrides everything else.
    std::optional<std::pair<QHostAddress, quint16>> listen;
    /// Makes the local token when there is none; otherwise a word stands in for it.
    bool makesToken = true;
    /// The mode, and for interception the PEM file of the local authority.
    EnvMode mode = EnvMode::Gateway;
    QString caFile{};
};

/// `http://127.0.0.1:8899`: how a client on this machine reaches an address; a wildcard by
/// loopback.
[[nodiscard]] QString baseUrlFor(const QHostAddress& address, quint16 port);

/// The token that the settings ask for; empty for `none`. The error is a sentence.
[[nodiscard]] Result<QByteArray, QString> configuredToken(const TokenSource& source,
                                                          const QString& stateDir);

/// Where Claude Code is to be pointed: at `listen` of the request, else at the Sallyport that runs
/// with this state folder, else at `listen:` of the settings. In interception the client keeps its
/// own credential, unless the routes ask it for the local token. The error is a sentence.
[[nodiscard]] Result<ClientEnvironment, QString>
clientEnvironment(const Config& config, const ClientEnvironmentRequest& request);

} // namespace sallyport
