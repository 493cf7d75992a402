// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/mapreader.h"
#include "core/upstream/upstreamconfig.h"

namespace sallyport {

/// `credential`, `credentials`, `credential_command` (one of the three at most) and `credential_as`
/// of an upstream.
void readCredentials(const MapReader& map, const QString& dir, UpstreamConfig& upstream);

} // namespace sallyport
