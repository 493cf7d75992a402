// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"

#include <QByteArray>
#include <QHostAddress>
#include <QString>

#include <vector>

namespace sallyport {

/// Why Sallyport is not to listen there, a sentence with the way out; empty when it may. `token`:
/// that of this machine, empty: none is asked for.
[[nodiscard]] QString problemOfListening(const QHostAddress& address, const Settings& settings,
                                         const QByteArray& token);

/// The ports that are tried in place of one that is taken: the 20 after it, then 0, any free one.
[[nodiscard]] std::vector<quint16> portsInPlaceOf(quint16 taken);

} // namespace sallyport
