// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/requesttarget.h"

#include <QByteArray>

#include <vector>

namespace sallyport {

/// Under which names the listener answers for itself.
struct OwnAuthority {
    quint16 port = 0;
    /// `allowed_hosts` (any port) beside the loopback names, which need the listener's own port.
    std::vector<QByteArray> allowedHosts;
    /// The address that was bound, when it is not a loopback one; empty otherwise.
    QByteArray boundHost;

    /// Whether `authority`, read with `defaultPort` where it names none, is this listener.
    [[nodiscard]] bool isOwn(const Authority& authority, quint16 defaultPort) const;
    [[nodiscard]] bool isAllowedHost(QByteArrayView host) const;
};

} // namespace sallyport
