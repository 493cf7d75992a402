// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/scalars.h"
#include "core/route/interceptlist.h"
#include "core/upstream/upstreamconfig.h"

#include <QHostAddress>

/// Those scalars of the files that are about hosts, addresses and URLs.
namespace sallyport::scalars {

/// An address, or a network as `169.254.0.0/16`; a v4-mapped one becomes IPv4.
[[nodiscard]] Parsed<std::pair<QHostAddress, int>> network(const QByteArray& text);
/// `HOST:PORT`, HOST an address (IPv6 in brackets) or `localhost`.
[[nodiscard]] Parsed<std::pair<QHostAddress, quint16>> listenAddress(const QByteArray& text);
/// A name of a host without a port, lower case, an IPv6 address without its brackets.
[[nodiscard]] Parsed<QByteArray> hostName(const QByteArray& text);
/// The same, or `*.suffix`, or `*`.
[[nodiscard]] Parsed<QByteArray> hostPattern(const QByteArray& text);
/// A name, `*.suffix` or an address, with a port or without: `api.example.com`, `10.0.0.1:8443`,
/// `[fd00::1]:8443`.
[[nodiscard]] Parsed<InterceptEntry> interceptEntry(const QByteArray& text);
/// A base URL of an upstream, http or https, taken apart.
[[nodiscard]] Parsed<UpstreamTarget> upstreamUrl(const QByteArray& text);

/// `direct`, `system`, or `http://[user[:password]@]host:port` of a proxy. A password never stands
/// in the error.
[[nodiscard]] Parsed<Via> via(const QByteArray& text);

} // namespace sallyport::scalars
