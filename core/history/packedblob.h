// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace sallyport {

/// The form in which a blob stands in the history: a mark of four bytes, then the content as it is
/// or, from kLeastCompressed bytes on, compressed by Zstandard (RFC 8878). Any thread.
namespace packedblob {

/// Below that, compressing costs more than what it saves.
constexpr qsizetype kLeastCompressed = 1024;
/// No content is larger; what claims to be is not read.
constexpr qsizetype kMaxContent = qsizetype{256} * 1024 * 1024;

[[nodiscard]] QByteArray packed(const QByteArray& content);
/// The content of a blob in that form, or in the former one (qCompress()); empty when it is none.
[[nodiscard]] QByteArray unpacked(const QByteArray& blob);

} // namespace packedblob

} // namespace sallyport
