// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/mapreader.h"
#include "core/upstream/upstreamconfig.h"

namespace sallyport {

/// One entry of `upstreams:`; relative paths are taken from `dir`.
/// The keys of an upstream, in the order in which they are written.
[[nodiscard]] const std::vector<const char*>& upstreamKeys();
[[nodiscard]] UpstreamConfig readUpstream(const yaml::Value& value, const QString& dir,
                                          Findings& findings);

} // namespace sallyport
