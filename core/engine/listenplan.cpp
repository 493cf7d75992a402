// SPDX-License-Identifier: MIT
#include "core/engine/listenplan.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

QString problemOfListening(const QHostAddress& address, const Settings& settings,
                           const QByteArray& token) {
    if (address.isLoopback() || (settings.allowRemote && !token.isEmpty())) return {};
    return QCoreApplication::translate(
               "sallyport::Engine",
               "Listening on %1 opens Sallyport to other machines: set access.allow_remote: true "
               "and a token in settings.yaml first.")
        .arg(address.toString());
}

std::vector<quint16> portsInPlaceOf(quint16 taken) {
    constexpr int kNear = 20;
    std::vector<quint16> ports;
    for (int near = taken + 1; near <= std::min(taken + kNear, 0xFFFF); ++near)
        ports.push_back(static_cast<quint16>(near));
    ports.push_back(0);
    return ports;
}

} // namespace sallyport
