// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"

#include <QByteArray>
#include <QByteArrayView>

namespace sallyport {

/// Appends `METHOD target HTTP/1.1`, the fields and the empty line.
void appendRequestHead(QByteArray& out, QByteArrayView method, QByteArrayView target,
                       const FieldList& fields);
/// Appends `HTTP/1.1 status reason`, the fields and the empty line.
void appendResponseHead(QByteArray& out, int status, QByteArrayView reason,
                        const FieldList& fields);
/// Appends the fields alone, a line each.
void appendFieldLines(QByteArray& out, const FieldList& fields);
/// What that appends.
[[nodiscard]] qsizetype bytesOfLines(const FieldList& fields);
/// The size line of a chunk of `size` bytes, which must be more than none.
void appendChunkStart(QByteArray& out, qsizetype size);
/// The line end after a chunk's bytes.
inline constexpr QByteArrayView kChunkEnd{"\r\n", 2};
/// The last chunk with its trailer section and the empty line.
void appendLastChunk(QByteArray& out, const FieldList& trailers);

} // namespace sallyport
