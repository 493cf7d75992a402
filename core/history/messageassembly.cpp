// SPDX-License-Identifier: MIT
#include "core/history/messageassembly.h"

#include "core/anthropic/messagebuilder.h"
#include "core/http/contentdecoder.h"
#include "core/http/mediatype.h"

namespace sallyport {

namespace {

bool isMessagesPath(QByteArrayView path) {
    const qsizetype query = path.indexOf('?');
    return (query < 0 ? path : path.first(query)).endsWith("/v1/messages");
}

} // namespace

QByteArray joinedBody(const QVector<BodyPiece>& pieces) {
    QByteArray out;
    for (const BodyPiece& piece : pieces)
        out += piece.bytes;
    return out;
}

QByteArray plainBody(const QVector<BodyPiece>& pieces, const FieldList& fields) {
    const auto decoder = ContentDecoder::forCoding(fields.combined("content-encoding"));
    if (!decoder) return joinedBody(pieces);
    QByteArray out;
    for (const BodyPiece& piece : pieces)
        out += decoder->feed(piece.bytes);
    return out;
}

QJsonObject assembledMessage(const ExchangeDetail& detail) {
    const bool isStream = detail.record.isEventStream;
    const bool isJson = hasMediaType(detail.responseFields, "application/json");
    if (!isMessagesPath(detail.record.path) || !(isStream || isJson)) return {};
    MessageBuilder builder(isStream);
    builder.feed(plainBody(detail.responseBody, detail.responseFields));
    return builder.message();
}

} // namespace sallyport
