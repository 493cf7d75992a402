// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

/// Where scalars stand in the bytes of a file that has been parsed; the parser tells only where a
/// value begins.
namespace sallyport::yaml {

/// White space and line breaks of YAML (YAML 1.2.2, 5.4 and 5.5).
[[nodiscard]] constexpr bool isWhitespace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
/// Where the scalar itself begins, after an anchor and a tag.
[[nodiscard]] qsizetype scalarStart(QByteArrayView bytes, qsizetype at);
/// After the closing quote of the text whose opening quote stands at `at`; below 0 when there is
/// none.
[[nodiscard]] qsizetype quotedEnd(QByteArrayView bytes, qsizetype at);

} // namespace sallyport::yaml
