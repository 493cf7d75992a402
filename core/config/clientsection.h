// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"
#include "core/config/mapreader.h"

namespace sallyport {

/// `access.clients`: named tokens. The upstream of each has to be one of `upstreams`, where those
/// are known.
[[nodiscard]] std::vector<ClientConfig> readClients(const MapReader& access, const QString& dir,
                                                    const std::optional<QStringList>& upstreams);

} // namespace sallyport
