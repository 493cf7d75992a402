// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace sallyport {

/// What replaces a secret wherever text is kept or shown: `‹redacted, 48 bytes, …c41e›`. The last
/// four bytes are shown where `showsEnd` is set, of printable secrets of 12 bytes and more: they
/// tell two keys apart when one of them is wrong.
[[nodiscard]] QByteArray maskOf(QByteArrayView secret, bool showsEnd);

} // namespace sallyport
