// SPDX-License-Identifier: MIT
#pragma once

#include <QHostAddress>

#include <vector>

namespace sallyport {

/// The order in which addresses are tried (RFC 8305 4): the family of the first one begins, then
/// the families take turns; inside a family the resolver's order stays.
[[nodiscard]] std::vector<QHostAddress> interleavedFamilies(const QList<QHostAddress>& resolved);

} // namespace sallyport
