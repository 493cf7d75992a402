// SPDX-License-Identifier: MIT
#include "core/history/messageassembly.h"

#include "core/anthropic/messagebuilder.h"
#include "core/anthropic/messagespath.h"
#include "core/http/contentdecoder.h"
#include "core/http/mediatype.h"

namespace sallyport {

QByteArray joinedBody(const QVector<BodyPiece>& pieces) {
    QByteArray out;
    for (const BodyPiece& piece : pieces)
        out += piece.bytes;
    return out;
}

QByteArray plainBody(const QVector<BodyPiece>& pieces, const FieldList& fields,
                     const ContentDecoder::Limit& limit) {
    const auto decoder = ContentDecoder::forCoding(fields.combined("content-encoding"), limit);
    if (!decoder) return joinedBody(pieces);
    QByteArray out;
    for (const BodyPiece& piece : pieces)
        out += decoder->feed(piece.bytes);
    return out;
}

QJsonObject assembledMessage(const ExchangeDetail& detail) {
    const bool isStream = detail.record.isEventStream;
    const bool isJson = hasMediaType(detail.responseFields, "application/json");
    if (!createsMessage(detail.record.path) || !(isStream || isJson)) return {};
    MessageBuilder builder(isStream);
    const auto decoder = ContentDecoder::forCoding(
        detail.responseFields.combined("content-encoding"), {kMaxUnpackedBytes, 0});
    for (const BodyPiece& piece : detail.responseBody)
        builder.feed(decoder ? decoder->feed(piece.bytes) : piece.bytes);
    return builder.message();
}

} // namespace sallyport
