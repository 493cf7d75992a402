// SPDX-License-Identifier: MIT
#include "core/proxy/ownauthority.h"

#include <algorithm>

namespace sallyport {

namespace {

bool isLoopbackName(QByteArrayView host) {
    return host == "localhost" || host == "127.0.0.1" || host == "::1";
}

} // namespace

bool OwnAuthority::isAllowedHost(QByteArrayView host) const {
    return std::any_of(allowedHosts.begin(), allowedHosts.end(),
                       [host](const QByteArray& allowed) { return allowed == host; });
}

bool OwnAuthority::isOwn(const Authority& authority, quint16 defaultPort) const {
    if (isAllowedHost(authority.host)) return authority.portOr(defaultPort) == port;
    if (authority.portOr(defaultPort) != port) return false;
    return isLoopbackName(authority.host) || (!boundHost.isEmpty() && authority.host == boundHost);
}

} // namespace sallyport
