// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QIODevice>

namespace sallyport {

/// Up to `limit` bytes of `device`, from where it stands, in memory no larger than what was read
/// by more than a small part. QIODevice::read(limit) asks for twice the limit and gives the result
/// all of it to keep; and the C library, once it has taken back so large a piece, leaves pieces of
/// that size in its heap from then on. At an error: what was read before it
/// (`device.errorString()`).
[[nodiscard]] QByteArray readAtMost(QIODevice& device, qsizetype limit);

} // namespace sallyport
