// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

/// Where scalars stand in the bytes of a file that has been parsed; the parser tells only where a
/// value begins.
namespace sallyport::yaml {

/// The byte order mark that some editors write at the start of a file.
inline constexpr QByteArrayView kByteOrderMark = "\xEF\xBB\xBF";

/// White space and line breaks of YAML (YAML 1.2.2, 5.4 and 5.5).
[[nodiscard]] constexpr bool isWhitespace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
/// Where the scalar itself begins, after an anchor and a tag.
[[nodiscard]] qsizetype scalarStart(QByteArrayView bytes, qsizetype at);
/// After the closing quote of the text whose opening quote stands at `at`; below 0 when there is
/// none.
[[nodiscard]] qsizetype quotedEnd(QByteArrayView bytes, qsizetype at);
/// After the closing bracket of the list or map in brackets whose opening one stands at `at`, or
/// after an anchor and a tag there; below 0 when there is none. Quoted texts and comments inside
/// are passed over.
[[nodiscard]] qsizetype flowEnd(QByteArrayView bytes, qsizetype at);

} // namespace sallyport::yaml
