// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace sallyport {

/// Whether Claude Code goes past its proxy to `host` with that value of NO_PROXY. Its grammar (read
/// from Claude Code 2.1.329): entries separated by commas or blanks; `*` is every host; an exact
/// name or address; `.suffix` is a domain with its sub-domains; `host:port` is that port alone. A
/// name does not stand for its sub-domains, and there is no `*.suffix`. Loopback is not exempt by
/// itself. `host` is without brackets.
[[nodiscard]] bool isPastProxy(const QString& noProxy, const QString& host, quint16 port);

} // namespace sallyport
