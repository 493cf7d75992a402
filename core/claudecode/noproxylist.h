// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

namespace sallyport {

/// The entries of a value of NO_PROXY: commas and whitespace of any kind separate; none is empty.
[[nodiscard]] QStringList noProxyEntries(const QString& list);

/// The value of NO_PROXY that leads past a proxy to `baseUrl`, our own address: `existing` without
/// the entries that exempt one of `throughProxy`, and with our own host where it lacks it. The
/// entries that stay keep their order and form.
[[nodiscard]] QString noProxyList(const QString& existing, const QString& baseUrl,
                                  const QStringList& throughProxy);

} // namespace sallyport
