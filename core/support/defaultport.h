// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace sallyport {

/// The ports that http and https URIs without one mean (RFC 9110 4.2.1, 4.2.2).
constexpr quint16 kHttpPort = 80;
constexpr quint16 kHttpsPort = 443;
[[nodiscard]] constexpr quint16 defaultPort(bool isTls) { return isTls ? kHttpsPort : kHttpPort; }

} // namespace sallyport
