// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/contentdecoder.h"
#include "core/observe/exchangerecord.h"

#include <QJsonObject>

namespace sallyport {

/// The bytes of a content that was kept, one after the other.
[[nodiscard]] QByteArray joinedBody(const QVector<BodyPiece>& pieces);

/// The same with the content codings of its fields undone, as far as that goes and no further than
/// a display decoder (32 MiB).
[[nodiscard]] QByteArray plainBody(const QVector<BodyPiece>& pieces, const FieldList& fields,
                                   const ContentDecoder::Limit& limit = {});

/// Bytes of a coded content that a message is built from or that is searched. Done for each
/// exchange of a service: what unpacks to a thousand times its size must not cost its memory.
inline constexpr qint64 kMaxUnpackedBytes = 8LL * 1024 * 1024;

/// The final message of a Messages exchange as far as it came, from its response as it is kept;
/// empty when it is none, or nothing of it is kept.
[[nodiscard]] QJsonObject assembledMessage(const ExchangeDetail& detail);

} // namespace sallyport
