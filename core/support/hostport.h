// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace sallyport {

/// As an authority writes it (RFC 3986 3.2.2): an IPv6 address stands in brackets. `host` is a name
/// or an address without them.
[[nodiscard]] inline QString hostPort(const QString& host, quint16 port) {
    const QString bracketed = host.contains(u':') ? QString(u'[' + host + u']') : host;
    return bracketed + u':' + QString::number(port);
}

} // namespace sallyport
