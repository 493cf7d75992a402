// SPDX-License-Identifier: MIT
#pragma once

#include <QHostAddress>
#include <QString>

#include <optional>

namespace sallyport {

/// A process that holds a port.
struct PortOwner {
    qint64 pid = 0;
    QString name;
};

/// The process that keeps others from listening on that TCP port of `address`: it listens there, or
/// on all addresses; on any address where `address` is all of them. As far as the system lets us
/// see (Linux: /proc; another user's process has no visible descriptors). Reads files; not for a
/// hot path.
[[nodiscard]] std::optional<PortOwner> findPortOwner(const QHostAddress& address, quint16 port);

} // namespace sallyport
