// SPDX-License-Identifier: MIT
#pragma once

namespace sallyport {

/// Raises this process's soft limit of open files to its hard one. One client connection is two
/// descriptors with its upstream's, and the usual soft limit of 1024 is below our own
/// (`limits.connections`). Where there is no such limit it does nothing.
void raiseDescriptorLimit();

} // namespace sallyport
