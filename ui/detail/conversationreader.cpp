// SPDX-License-Identifier: MIT
#include "ui/detail/conversationreader.h"

#include "core/anthropic/jsonvaluereader.h"
#include "core/anthropic/lossyutf8.h"
#include "core/anthropic/tokenestimator.h"
#include "core/history/messageassembly.h"

#include <QJsonArray>

namespace sallyport {

namespace {

qint64 sizeOf(const QVector<BodyPiece>& pieces) {
    qint64 bytes = 0;
    for (const BodyPiece& piece : pieces)
        bytes += piece.bytes.size();
    return bytes;
}

/// Of the texts of the parts from there on.
qint64 estimatedTokens(const QVector<ConversationPart>& parts, qsizetype from) {
    TokenEstimator estimator;
    qsizetype read = 0;
    for (qsizetype i = from; i < parts.size(); ++i) {
        QByteArray text = parts[i].text.toUtf8();
        text.replace('"', ' ').replace('\\', ' ');
        read += text.size();
        estimator.feed(QByteArray('"' + text + "\" "));
    }
    return read == 0 ? 0 : estimator.tokens();
}

} // namespace

Conversation ConversationReader::read(const ExchangeDetail& detail) {
    if (detail.record.id != m_id) *this = {};
    m_id = detail.record.id;
    if (const qint64 bytes = sizeOf(detail.requestBody); bytes != m_requestBytes) {
        m_requestBytes = bytes;
        readRequest(detail);
    }
    if (!m_builder && !detail.responseBody.isEmpty()) {
        m_builder.emplace(detail.record.isEventStream);
        m_response = ContentReader(detail.responseFields.combined("Content-Encoding"));
    }
    Conversation out = m_read;
    if (!m_builder) return out;
    for (const BodyPiece& piece : m_response.readMore(detail.responseBody))
        m_builder->feed(piece.bytes);
    const QJsonObject message = m_builder->message();
    out.parts += responseParts(message, m_builder->error(), m_turns);
    out.responseTokens = estimatedTokens(out.parts, m_read.parts.size());
    out.stopReason = message.value(QLatin1String("stop_reason")).toString();
    const QString model = message.value(QLatin1String("model")).toString();
    if (!model.isEmpty()) out.model = model;
    return out;
}

void ConversationReader::readRequest(const ExchangeDetail& detail) {
    m_read = {};
    m_read.id = m_id;
    m_read.isRequestCut = detail.isRequestBodyCut;
    const QByteArray body = plainBody(detail.requestBody, detail.requestFields);
    const auto parsed = parseJsonValue(decodedLossily(body), JsonEnd::Cut);
    m_read.isRequestReadable = parsed.isOk() || body.isEmpty();
    if (!parsed) return;
    const QJsonObject request = parsed->toObject();
    m_turns = static_cast<int>(request.value(QLatin1String("messages")).toArray().size());
    m_read.model = request.value(QLatin1String("model")).toString();
    m_read.parts = requestParts(request);
    m_read.requestParts = m_read.parts.size();
    // The latest ones are those that are looked at.
    for (qsizetype i = m_read.parts.size() - 1; i >= 0; --i) {
        ConversationPart& part = m_read.parts[i];
        if (part.base64.isEmpty()) continue;
        if (m_read.pictures.size() < kMaxPictures)
            m_read.pictures.insert(i, smallPicture(QByteArray::fromBase64(part.base64)));
        part.base64.clear();
    }
}

} // namespace sallyport
