// SPDX-License-Identifier: MIT
#pragma once

#include "core/authority/certificatebuilder.h"
#include "core/route/interceptlist.h"

#include <QByteArray>

#include <vector>

namespace sallyport {

/// Hosts that an authority may certify, sorted, each once: names in lower case, `*.suffix`, IP
/// addresses without brackets.
using HostList = std::vector<QByteArray>;

[[nodiscard]] HostList hostsOf(const InterceptList& list);

/// Whether `host`, a name or an address, is in the list or below one of its `*.suffix`.
[[nodiscard]] bool isAmong(const HostList& hosts, const QByteArray& host);
/// Whether every entry of `hosts` is an entry of `others`.
[[nodiscard]] bool isSubset(const HostList& hosts, const HostList& others);

using NameConstraintsPtr = std::unique_ptr<NAME_CONSTRAINTS, OpenSslFree<NAME_CONSTRAINTS_free>>;

/// The constraints (RFC 5280 4.2.1.10) under which a certificate for anything but `hosts` is
/// invalid: they are permitted; without an address in the list all addresses are excluded, without
/// a name all names. A name permits what is below it too, X.509 cannot say less.
[[nodiscard]] NameConstraintsPtr constraintsFor(const HostList& hosts);
/// The hosts of a certificate's constraints; empty where it has none.
[[nodiscard]] HostList hostsOf(const X509& authority);

} // namespace sallyport
