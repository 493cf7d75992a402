// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/upstreamconfig.h"

#include <QByteArray>

#include <optional>

namespace sallyport {

/// The credential of an upstream, of several the first that can be read, from its environment
/// variable or its file; nothing where there is none or it cannot be had without asking somebody.
[[nodiscard]] std::optional<QByteArray> upstreamCredential(const UpstreamConfig& upstream);

} // namespace sallyport
