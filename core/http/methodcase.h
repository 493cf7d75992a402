// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace sallyport {

/// Whether a method differs from a registered one (IANA HTTP Method Registry, RFC 9110 16.1) in
/// letter case only. Methods are case-sensitive (RFC 9110 9.1), yet there are origins that fold
/// them: `delete` would pass a rule about DELETE and be one. Methods that are not registered may
/// have letters of either case.
[[nodiscard]] bool isMiscasedMethod(QByteArrayView method);

} // namespace sallyport
