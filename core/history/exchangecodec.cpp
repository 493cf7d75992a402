// SPDX-License-Identifier: MIT
#include "core/history/exchangecodec.h"

#include "core/history/packedblob.h"
#include "core/http/byteappend.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborStreamWriter>
#include <QCborValue>

namespace sallyport::exchangecodec {

namespace {

/// Keys of the maps; numbers, because they repeat. Not changed once released.
enum Key : int {
    RequestFields = 1,
    SentFields,
    ResponseFields,
    Trailers,
    Reason,
    IsRequestCut,
    IsResponseCut,
    Messages,
    FromClient,
    FromServer,
    End,
    Path,
    Subprotocol,
    WebSocket,
    PassedOverTargets,
    Session,
    Agent,
    ParentAgent,
    Way,
    ResentFrom,
};

void append(QCborStreamWriter& out, QByteArrayView bytes) {
    out.appendByteString(bytes.data(), bytes.size());
}

/// One string of lines, `name:value` each: a writer of CBOR takes as long for a string of 10 bytes
/// as for one of 500. Neither a name nor a value has a line feed in it (RFC 9110 5.5).
void append(QCborStreamWriter& out, Key key, const FieldList& fields) {
    QByteArray lines;
    for (const FieldView field : fields)
        appendAll(lines, {field.name, ":", field.value, "\n"});
    out.append(static_cast<int>(key));
    append(out, lines);
}

FieldList fieldsOf(const QByteArray& lines) {
    FieldList out;
    for (qsizetype at = 0; at < lines.size();) {
        const qsizetype end = lines.indexOf('\n', at);
        const QByteArrayView line =
            QByteArrayView(lines).sliced(at, (end < 0 ? lines.size() : end) - at);
        at += line.size() + 1;
        const qsizetype colon = line.indexOf(':');
        if (colon > 0) out.append(line.first(colon), line.sliced(colon + 1));
    }
    return out;
}

/// Lines, or the former form: an array of names and values.
FieldList fieldsOf(const QCborValue& value) {
    if (value.isByteArray()) return fieldsOf(value.toByteArray());
    FieldList out;
    const QCborArray array = value.toArray();
    for (qsizetype i = 0; i + 1 < array.size(); i += 2)
        out.append(array.at(i).toByteArray(), array.at(i + 1).toByteArray());
    return out;
}

QCborArray arrayOf(const WebSocketSent& sent) {
    return {static_cast<qint64>(sent.messages),
            static_cast<qint64>(sent.controls),
            sent.hasClosed,
            sent.closeCode ? QCborValue(qint64{*sent.closeCode}) : QCborValue(nullptr),
            sent.closeReason,
            sent.unreadable};
}

WebSocketSent sentOf(const QCborValue& value) {
    const QCborArray array = value.toArray();
    WebSocketSent out;
    out.messages = static_cast<quint64>(array.at(0).toInteger());
    out.controls = static_cast<quint64>(array.at(1).toInteger());
    out.hasClosed = array.at(2).toBool();
    if (array.at(3).isInteger()) out.closeCode = static_cast<quint16>(array.at(3).toInteger());
    out.closeReason = array.at(4).toString();
    out.unreadable = array.at(5).toByteArray();
    return out;
}

QCborArray arrayOf(const WebSocketEntry& entry) {
    const WebSocketMessage& message = entry.message;
    return {static_cast<qint64>(entry.number),
            entry.atMicros,
            static_cast<int>(entry.from),
            static_cast<int>(message.kind),
            message.isDeflated,
            message.isUtf8,
            static_cast<int>(message.shown),
            qint64{message.frames},
            static_cast<qint64>(message.bytes),
            message.preview,
            message.closeCode ? QCborValue(qint64{*message.closeCode}) : QCborValue(nullptr)};
}

/// A number of an enumeration; the first of it when it is none of `last + 1`.
template <typename Enum>
Enum enumOf(const QCborValue& value, Enum last) {
    const qint64 number = value.toInteger();
    return static_cast<Enum>(number >= 0 && number <= static_cast<qint64>(last) ? number : 0);
}

WebSocketEntry entryOf(const QCborValue& value) {
    const QCborArray array = value.toArray();
    WebSocketEntry out;
    out.number = static_cast<quint64>(array.at(0).toInteger());
    out.atMicros = array.at(1).toInteger();
    out.from = enumOf(array.at(2), WebSocketSender::Server);
    out.message.kind = enumOf(array.at(3), WebSocketKind::Pong);
    out.message.isDeflated = array.at(4).toBool();
    out.message.isUtf8 = array.at(5).toBool();
    out.message.shown = enumOf(array.at(6), WebSocketPreview::Unread);
    out.message.frames = static_cast<quint32>(array.at(7).toInteger());
    out.message.bytes = static_cast<quint64>(array.at(8).toInteger());
    out.message.preview = array.at(9).toByteArray();
    if (array.at(10).isInteger())
        out.message.closeCode = static_cast<quint16>(array.at(10).toInteger());
    return out;
}

QCborMap mapOf(const WebSocketSummary& summary) {
    return {{FromClient, arrayOf(summary.fromClient)},
            {FromServer, arrayOf(summary.fromServer)},
            {End, static_cast<int>(summary.end)},
            {Path, summary.path},
            {Subprotocol, summary.subprotocol}};
}

WebSocketSummary summaryOf(const QCborMap& map) {
    WebSocketSummary out;
    out.fromClient = sentOf(map.value(FromClient));
    out.fromServer = sentOf(map.value(FromServer));
    out.end = enumOf(map.value(End), WebSocketEnd::Unread);
    out.path = map.value(Path).toByteArray();
    out.subprotocol = map.value(Subprotocol).toByteArray();
    return out;
}

QCborMap mapOf(const QByteArray& blob) { return QCborValue::fromCbor(blob).toMap(); }

} // namespace

QByteArray encodedRest(const ExchangeRecord& record) {
    QCborMap map;
    if (record.webSocket) map.insert(WebSocket, mapOf(*record.webSocket));
    QCborArray passedOver;
    for (const PassedOver& one : record.passedOver) {
        passedOver.append(one.target);
        passedOver.append(one.reason);
    }
    if (!passedOver.isEmpty()) map.insert(PassedOverTargets, passedOver);
    const auto insertName = [&map](Key key, const QByteArray& name) {
        if (!name.isEmpty()) map.insert(key, name);
    };
    insertName(Session, record.session);
    insertName(Agent, record.agent);
    insertName(ParentAgent, record.parentAgent);
    insertName(ResentFrom, record.resentFrom);
    if (!record.way.isEmpty()) map.insert(Way, record.way);
    return map.isEmpty() ? QByteArray() : QCborValue(map).toCbor();
}

void decodeRest(const QByteArray& blob, ExchangeRecord& into) {
    if (blob.isEmpty()) return;
    const QCborMap map = mapOf(blob);
    if (map.contains(WebSocket)) into.webSocket = summaryOf(map.value(WebSocket).toMap());
    into.session = map.value(Session).toByteArray();
    into.agent = map.value(Agent).toByteArray();
    into.parentAgent = map.value(ParentAgent).toByteArray();
    into.way = map.value(Way).toString();
    into.resentFrom = map.value(ResentFrom).toByteArray();
    const QCborArray passedOver = map.value(PassedOverTargets).toArray();
    for (qsizetype i = 0; i + 1 < passedOver.size(); i += 2)
        into.passedOver.append({passedOver.at(i).toString(), passedOver.at(i + 1).toString()});
}

QByteArray encodedHead(const ExchangeDetail& detail) {
    QByteArray cbor;
    QCborStreamWriter out(&cbor); // a third of the time of QCborMap
    out.startMap();
    append(out, RequestFields, detail.requestFields);
    append(out, SentFields, detail.sentFields);
    append(out, ResponseFields, detail.responseFields);
    append(out, Trailers, detail.responseTrailers);
    out.append(static_cast<int>(Reason));
    append(out, detail.responseReason);
    out.append(static_cast<int>(IsRequestCut));
    out.append(detail.isRequestBodyCut);
    out.append(static_cast<int>(IsResponseCut));
    out.append(detail.isResponseBodyCut);
    out.append(static_cast<int>(Messages));
    out.startArray();
    for (const WebSocketEntry& entry : detail.webSocket)
        QCborValue(arrayOf(entry)).toCbor(out);
    out.endArray();
    out.endMap();
    return packedblob::packed(cbor);
}

void decodeHead(const QByteArray& blob, ExchangeDetail& into) {
    const QCborMap map = QCborValue::fromCbor(packedblob::unpacked(blob)).toMap();
    into.requestFields = fieldsOf(map.value(RequestFields));
    into.sentFields = fieldsOf(map.value(SentFields));
    into.responseFields = fieldsOf(map.value(ResponseFields));
    into.responseTrailers = fieldsOf(map.value(Trailers));
    into.responseReason = map.value(Reason).toByteArray();
    into.isRequestBodyCut = map.value(IsRequestCut).toBool();
    into.isResponseBodyCut = map.value(IsResponseCut).toBool();
    for (const QCborValue entry : map.value(Messages).toArray())
        into.webSocket.append(entryOf(entry));
}

QByteArray encodedBody(const QVector<BodyPiece>& pieces) {
    if (pieces.isEmpty()) return {};
    QByteArray cbor;
    QCborStreamWriter out(&cbor);
    out.startArray();
    for (const BodyPiece& piece : pieces) {
        out.append(piece.atMicros);
        append(out, piece.bytes);
    }
    out.endArray();
    return packedblob::packed(cbor);
}

QVector<BodyPiece> decodedBody(const QByteArray& blob) {
    QVector<BodyPiece> out;
    if (blob.isEmpty()) return out;
    const QCborArray array = QCborValue::fromCbor(packedblob::unpacked(blob)).toArray();
    for (qsizetype i = 0; i + 1 < array.size(); i += 2)
        out.append({array.at(i).toInteger(), array.at(i + 1).toByteArray()});
    return out;
}

} // namespace sallyport::exchangecodec
