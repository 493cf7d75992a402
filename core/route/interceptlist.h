// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace sallyport {

/// One entry of `intercept:`.
struct InterceptEntry {
    static constexpr quint16 kDefaultPort = 443;

    /// A name in lower case, `*.suffix` (not the suffix itself), or an address, IPv6 without
    /// brackets.
    QByteArray host;
    quint16 port = kDefaultPort; ///< the only one

    /// As it stands in the file, without a port that goes without saying.
    [[nodiscard]] QByteArray toBytes() const;
    friend bool operator==(const InterceptEntry&, const InterceptEntry&) = default;
};

/// `intercept:` the hosts whose tunnels are opened. CONNECT to any other host or port is a blind
/// tunnel.
struct InterceptList {
    std::vector<InterceptEntry> entries; ///< in the order of the file

    /// The entry that a CONNECT to `host` (lower case, a dot at its end says nothing) and `port` is
    /// by: the exact one before `*.suffix`, a longer suffix before a shorter. Null: none.
    [[nodiscard]] const InterceptEntry* find(QByteArrayView host, quint16 port) const;
    friend bool operator==(const InterceptList&, const InterceptList&) = default;
};

} // namespace sallyport
