// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <optional>

namespace sallyport {

/// How much the peer's kernel has acknowledged since the connection was made, the handshake's own
/// byte included; also of a connection that has failed. Nothing where the kernel does not say.
[[nodiscard]] std::optional<quint64> acknowledgedBytes(int descriptor);

} // namespace sallyport
