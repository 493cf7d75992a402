// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/routefields.h"
#include "core/config/routesfile.h"

#include <QString>

namespace sallyport {

/// What a new route can begin with.
enum class RouteTemplate { Gateway, SecondProvider, Sandbox, Answer, Block };

[[nodiscard]] QString templateTitle(RouteTemplate kind);
/// A form to begin with: its name is free in the file, its upstream is there.
[[nodiscard]] RouteFields templateFields(RouteTemplate kind, const RoutesFile& file);

} // namespace sallyport
