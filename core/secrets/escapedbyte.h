// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace sallyport {

/// One byte of a text, read through the escapes in which it is written.
struct EscapedByte {
    char byte = 0;
    qsizetype length = 0; ///< bytes that the text needs for it
    bool isCut = false;   ///< the text ends where an escape could go on; the rest means nothing
};

/// Reads the byte at `at` of a text that was escaped up to `levels` times: `%2f` (RFC 3986 2.1),
/// and the escapes of JSON `\/`, `\"`, `\\` and `\u00hh` (RFC 8259 7) with the value as a byte,
/// since many servers read fields as Latin-1. What is no escape stands for itself.
[[nodiscard]] EscapedByte readEscapedByte(QByteArrayView text, qsizetype at, int levels);

} // namespace sallyport
