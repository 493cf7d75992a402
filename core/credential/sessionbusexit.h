// SPDX-License-Identifier: MIT
#pragma once

namespace sallyport {

/// Keeps this process running when the session bus ends. GLib raises SIGTERM then in a process that
/// asked for its connection by `g_bus_get`, as libsecret does: right for a program of the desktop,
/// wrong for a server that has read one key. Does nothing where GLib is not loaded or was not
/// connected; called after something has used it.
void disableSessionBusExit();

} // namespace sallyport
