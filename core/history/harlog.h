// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QByteArray>
#include <QJsonObject>

namespace sallyport {

/// Exchanges as an HTTP Archive (HAR 1.2), for the network panels of browsers. Redacted as they
/// are kept. Written piece by piece: begin, entries joined by commas, end.
namespace har {

/// `about` becomes the member `_sallyport`, laid out over lines; empty: there is none. HAR 1.2 lets
/// a program add members that begin so, and others pass over them.
[[nodiscard]] QByteArray begin(const QJsonObject& about = {});
/// One entry on a line of its own. A content that is no UTF-8 goes in Base64; of contents whose
/// coding is known the decoded text.
[[nodiscard]] QByteArray entry(const ExchangeDetail& exchange);
[[nodiscard]] QByteArray end();

} // namespace har

} // namespace sallyport
