// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayList>

namespace sallyport {

/// The password in the URL of a proxy as variables of the environment have it, with a scheme or
/// without: `http://alice:s%2Fcret@proxy.example:3128`, `pac+http://…`. Without percent-encoding;
/// in two readings where an `@` or `/` stands in it as it is. Empty where there is none.
[[nodiscard]] QByteArrayList passwordsInProxyUrl(const QByteArray& url);

/// The variables of the environment that name proxies, in capitals and in small letters.
[[nodiscard]] const QByteArrayList& proxyVariableNames();

} // namespace sallyport
