// SPDX-License-Identifier: MIT
#pragma once

namespace sallyport {

/// Gives back to the system what this process has freed. The C library keeps it where one small
/// piece in use lies above it, so that a burst would stay in the figures of a process that has
/// long been idle. Costs milliseconds: for moments in which nothing waits. Where the C library has
/// no such call it does nothing.
void returnFreeMemory();

} // namespace sallyport
