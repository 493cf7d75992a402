// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"
#include "core/config/configerror.h"
#include "core/support/result.h"

#include <memory>

namespace sallyport {

/// Reads both files of `dir` and checks what spans them. A missing `settings.yaml` means the
/// defaults; a missing `routes.yaml` means defaultRoutes(). A file that exists and cannot be read
/// is an error.
[[nodiscard]] Result<std::shared_ptr<const Config>, ConfigError> loadConfig(const QString& dir);

} // namespace sallyport
