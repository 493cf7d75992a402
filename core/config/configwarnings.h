// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"

#include <QStringList>

namespace sallyport {

/// What a configuration allows and is not safe, a sentence each: upstreams over TLS whose
/// certificate is not verified. For all places where it has to stay in sight: log, `/readyz`, tray.
[[nodiscard]] QStringList configWarnings(const Config& config);

} // namespace sallyport
