// SPDX-License-Identifier: MIT
#pragma once

namespace sallyport {

/// Makes the icons and translations of this library known to Qt; once, before either is used.
void registerResources();

} // namespace sallyport
