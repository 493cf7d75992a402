// SPDX-License-Identifier: MIT
#pragma once

namespace sallyport {

/// Makes the icons, the translations and the prices of models of this library known to Qt; once,
/// before either is used.
void registerResources();

} // namespace sallyport
