// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QString>

namespace sallyport {

/// UTF-8 decoded as the clients' TextDecoder does (WHATWG Encoding 8.1.1): each maximal part of a
/// sequence that is not UTF-8 becomes one U+FFFD. QString::fromUtf8 makes one of each byte.
[[nodiscard]] QString decodedLossily(QByteArrayView utf8);

} // namespace sallyport
