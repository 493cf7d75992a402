// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace sallyport {

/// A path that chooses its upstream: `/p/NAME/v1/messages`.
struct ProviderPrefix {
    QString name;            ///< of the upstream, percent-decoded
    QByteArray pathAndQuery; ///< what comes after it; `/` where that is nothing
};

/// Takes `/p/NAME` off. Nothing where the path does not begin so, byte for byte, or the name is
/// empty; dot-segments, slashes and control characters, also encoded, are in no name.
[[nodiscard]] std::optional<ProviderPrefix> providerPrefixOf(QByteArrayView pathAndQuery);

} // namespace sallyport
