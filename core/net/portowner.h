// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace sallyport {

/// A process that holds a port.
struct PortOwner {
    qint64 pid = 0;
    QString name;
};

/// The process that listens on that TCP port on this machine, as far as the system lets us see
/// (Linux: /proc; another user's process has no visible descriptors). Reads files; not for a hot
/// path.
[[nodiscard]] std::optional<PortOwner> findPortOwner(quint16 port);

} // namespace sallyport
