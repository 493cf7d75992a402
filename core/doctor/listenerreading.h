// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/portowner.h"

#include <QString>

#include <optional>

namespace sallyport {

/// Where Sallyport listens, as far as could be found.
struct ListenerReading {
    QString running{};    ///< `127.0.0.1:8899`, said by a living process of ours; or empty
    QString configured{}; ///< `listen:` of settings.yaml; empty when that cannot be read
    std::optional<PortOwner> owner{}; ///< who holds the port of address()
    bool isAnswering = false;         ///< `/healthz` of `running` said 200
    QString failure{};                ///< why it did not; a clause

    /// Where it is, or would be.
    [[nodiscard]] QString address() const { return running.isEmpty() ? configured : running; }
};

/// Whether requests to the URL end at that address. An address of loopback, or one that stands for
/// all interfaces, is reached by every spelling of loopback. False for an empty address.
[[nodiscard]] bool leadsTo(const QString& url, const QString& address);
[[nodiscard]] bool isLoopbackUrl(const QString& url);

} // namespace sallyport
