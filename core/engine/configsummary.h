// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"
#include "core/engine/engine.h"
#include "core/net/bytestream.h"
#include "core/proxy/ownauthority.h"

namespace sallyport {

/// The part of a configuration that the screens show.
[[nodiscard]] ConfigSummary summaryOf(const Config& config, const QString& dir);
/// `127.0.0.1:8899`, `[::1]:8899`.
[[nodiscard]] QString addressText(const Endpoint& endpoint);

/// Under which names a listener that is bound there answers for itself.
[[nodiscard]] OwnAuthority ownAuthority(const Endpoint& bound, const Config& config);

} // namespace sallyport
