// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"

#include <QStringList>

namespace sallyport {

/// What the variables of a client have to say that is to be intercepted.
struct InterceptionNeeds {
    QStringList hosts; ///< of `intercept:`, without ports
    /// The route that takes `POST https://api.anthropic.com/v1/messages` asks for the local token.
    bool asksToken = false;
};
[[nodiscard]] InterceptionNeeds interceptionNeeds(const Config& config);

} // namespace sallyport
