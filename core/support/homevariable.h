// SPDX-License-Identifier: MIT
#pragma once

namespace sallyport {

/// Sets HOME to the folder that the system has for the user, where it is not set or empty, as in a
/// service or after `env -i`. Qt would take `/` for it; Claude Code takes that folder. Before any
/// thread is started and before a path is asked for. Does nothing on Windows.
void setHomeVariable();

} // namespace sallyport
