// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace sallyport {

/// A name for the gateway, made from its host (`gateway.corp.example` gives `gateway`).
[[nodiscard]] QString gatewayName(const QString& url);
/// The same, made from what another program calls it where that has Latin letters or digits, and
/// with a number after it where `taken` holds it.
[[nodiscard]] QString freeUpstreamName(const QString& called, const QString& url,
                                       const QStringList& taken);

} // namespace sallyport
