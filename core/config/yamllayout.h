// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/yamltree.h"

#include <QByteArray>

/// Where the lines of a parsed file begin and end, and which of them belong to a value; the parser
/// tells only where a value begins. All are offsets in bytes from the start of the file.
namespace sallyport::yaml {

/// After a scalar of one line; for one of several lines, a place inside it.
[[nodiscard]] qsizetype scalarEnd(const QByteArray& yaml, qsizetype at, bool isFlow);
/// After a value that stands in brackets; below 0 when its bracket is not closed.
[[nodiscard]] qsizetype flowValueEnd(const QByteArray& yaml, const Value& value);
/// The line end that the line break at `newline` has; below 0: the one that the file has first.
[[nodiscard]] QByteArray lineEndOf(const QByteArray& yaml, qsizetype newline = -1);
[[nodiscard]] qsizetype lineStartOf(const QByteArray& yaml, qsizetype at);
/// After the line end of the line that holds `at`; the end of the file where it has none.
[[nodiscard]] qsizetype nextLineOf(const QByteArray& yaml, qsizetype at);
/// Bytes before `at` in its line, without the byte order mark.
[[nodiscard]] qsizetype columnOf(const QByteArray& yaml, qsizetype at);
/// As many blanks; the dash of a list counts as one.
[[nodiscard]] QByteArray indentationTo(const QByteArray& yaml, qsizetype at);
/// After the colon of the key that begins at `key`; below 0 when there is none in its line.
[[nodiscard]] qsizetype afterColon(const QByteArray& yaml, qsizetype key);

/// What may stand in the column of a key and still belong to it.
enum class Dashes { Outside, Inside };
/// After the last line that belongs to what begins at `at` in block style: lines that stand deeper
/// than its column, with the comments that follow them directly and stand deeper too.
[[nodiscard]] qsizetype blockEnd(const QByteArray& yaml, qsizetype at,
                                 Dashes dashes = Dashes::Outside);
/// The same for `key: value`.
[[nodiscard]] qsizetype blockEnd(const QByteArray& yaml, const Pair& pair);

} // namespace sallyport::yaml
