// SPDX-License-Identifier: MIT
#include "core/history/exchangecontents.h"

#include <QJsonArray>

namespace sallyport {

namespace {

QJsonArray headersOf(const FieldList& fields) {
    QJsonArray out;
    for (const FieldView field : fields)
        out.append(QJsonArray{QString::fromUtf8(field.name), QString::fromUtf8(field.value)});
    return out;
}

QJsonObject bytesOf(const QByteArray& bytes) {
    if (bytes.isValidUtf8()) return {{QStringLiteral("text"), QString::fromUtf8(bytes)}};
    return {{QStringLiteral("base64"), QString::fromLatin1(bytes.toBase64())}};
}

QJsonObject requestOf(const ExchangeDetail& exchange) {
    QByteArray body;
    for (const BodyPiece& piece : exchange.requestBody)
        body += piece.bytes;
    QJsonObject out{{QStringLiteral("headers"), headersOf(exchange.requestFields)},
                    {QStringLiteral("body"), bytesOf(body)}};
    if (exchange.isRequestBodyCut) out.insert(QLatin1String("cut"), true);
    return out;
}

QJsonObject responseOf(const ExchangeDetail& exchange) {
    QJsonArray pieces;
    for (const BodyPiece& piece : exchange.responseBody) {
        QJsonObject each = bytesOf(piece.bytes);
        each.insert(QLatin1String("at_us"), piece.atMicros);
        pieces.append(each);
    }
    QJsonObject out{{QStringLiteral("reason"), QString::fromUtf8(exchange.responseReason)},
                    {QStringLiteral("headers"), headersOf(exchange.responseFields)},
                    {QStringLiteral("pieces"), pieces}};
    if (exchange.isResponseBodyCut) out.insert(QLatin1String("cut"), true);
    return out;
}

} // namespace

QJsonObject exchangeContents(const ExchangeDetail& exchange) {
    return {{QStringLiteral("request"), requestOf(exchange)},
            {QStringLiteral("response"), responseOf(exchange)}};
}

} // namespace sallyport
