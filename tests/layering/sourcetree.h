// SPDX-License-Identifier: MIT
#pragma once

#include "tests/layering/names.h"

namespace sallyport::layering {

/// Every C++ file of core, ui, app and tests, comments blanked. Read once.
[[nodiscard]] const Tree& wholeTree();

/// The files below `top` whose names match, relative to the root.
[[nodiscard]] QStringList filesBelow(const char* top, const QStringList& patterns);

} // namespace sallyport::layering
