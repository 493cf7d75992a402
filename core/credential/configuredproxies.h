// SPDX-License-Identifier: MIT
#pragma once

#include "core/credential/credentialvault.h"
#include "core/net/connector.h"
#include "core/upstream/outboundproxies.h"
#include "core/upstream/upstreamconfig.h"

#include <memory>

namespace sallyport {

/// The proxies that `via` means, with the password from where it is kept, which begins to be read;
/// null for `direct`. `vault` may be null: then no password can be read. `clock` outlives
/// them. `hosts`: who names what is reached by them.
[[nodiscard]] std::shared_ptr<OutboundProxies>
configuredProxies(const Via& via, CredentialVault* vault, const Clock& clock,
                  NamedBy hosts = NamedBy::Configuration);

} // namespace sallyport
