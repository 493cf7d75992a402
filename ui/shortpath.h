// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace sallyport {

/// `~/…` for a path in the home folder; any other as it is.
[[nodiscard]] QString shortPath(const QString& path);

} // namespace sallyport
