// SPDX-License-Identifier: MIT
#include "core/proxy/replayresponse.h"

#include "core/anthropic/errorbody.h"
#include "core/anthropic/messagespath.h"
#include "core/http/headgrammar.h"
#include "core/http/reasonphrase.h"
#include "core/route/hopbyhop.h"
#include "core/secrets/redact.h"

#include <QCoreApplication>
#include <QUrl>

namespace sallyport {

namespace {

constexpr int kMostListed = 5;

RecordedExchange refusal(int status, const char* code, const QString& message) {
    RecordedExchange out;
    out.status = status;
    out.fields.append("Content-Type", "application/json");
    out.fields.append("X-Sallyport-Error", code);
    out.fields.append("x-should-retry", "false");
    out.pieces = {{std::chrono::microseconds(0), errorBody(status, message)}};
    return out;
}

RecordedExchange notRecorded(const RecordingFile& file, const Playlist& playlist,
                             const UpstreamRequest& request) {
    const QByteArray asked = request.method + ' ' + request.target;
    const QString message = QCoreApplication::translate(
                                "Replay", "%1 has no recorded response to %2; it has those to: %3")
                                .arg(file.name(), QString::fromUtf8(redactedTarget(asked)),
                                     playlist.requests(kMostListed).join(QLatin1String(", ")));
    return refusal(isMessagesPath(request.target) ? 503 : 404, "replay_not_recorded", message);
}

qsizetype sizeOf(const RecordedExchange& exchange) {
    qsizetype bytes = 0;
    for (const RecordedPiece& piece : exchange.pieces)
        bytes += piece.bytes.size();
    return bytes;
}

/// A length only where the content came at once: a stream is one again.
Framing framingOf(const RecordedExchange& exchange, const UpstreamRequest& request) {
    const bool hasNone =
        request.method == "HEAD" || exchange.status == 204 || exchange.status == 304;
    if (hasNone) return {BodyKind::None, 0};
    if (exchange.pieces.size() > 1 || !exchange.failure.isEmpty()) return {BodyKind::Chunked, 0};
    return {BodyKind::Length, static_cast<quint64>(sizeOf(exchange))};
}

ResponseHead headFor(const RecordedExchange& exchange, Framing framing) {
    ResponseHead head;
    head.status = exchange.status;
    // A file may have a line break in it, after which fields of its making would begin.
    const bool isPhrase = !exchange.reason.isEmpty() && grammar::isFieldText(exchange.reason);
    head.reason = isPhrase ? exchange.reason : reasonPhrase(exchange.status).toByteArray();
    head.fields = exchange.fields;
    removeHopByHopFields(head.fields);
    for (const QByteArrayView name : {"Content-Length", "Transfer-Encoding", "Trailer"})
        head.fields.removeEverySpelling(name);
    if (framing.kind == BodyKind::Length)
        head.fields.append("Content-Length", QByteArray::number(framing.length));
    if (framing.kind == BodyKind::Chunked) head.fields.append("Transfer-Encoding", "chunked");
    return head;
}

} // namespace

ReplayResponse replayResponse(RecordingFile& file, const UpstreamRequest& request,
                              const QByteArray& contentDigest) {
    ReplayResponse out;
    const auto playlist = file.playlist();
    const RecordedExchange* found =
        playlist ? playlist->next(request.method, request.target, contentDigest) : nullptr;
    if (found)
        out.exchange = *found;
    else if (playlist)
        out.exchange = notRecorded(file, *playlist, request);
    else
        out.exchange = refusal(502, "replay_unreadable", file.problem());
    out.framing = framingOf(out.exchange, request);
    out.head = headFor(out.exchange, out.framing);
    if (out.framing.kind == BodyKind::None) out.exchange.pieces.clear();
    if (!found) return out;
    const QByteArray place = QUrl::toPercentEncoding(file.name(), " ") + ", " + out.exchange.place;
    out.head.fields.set("X-Sallyport-Replay", place);
    return out;
}

} // namespace sallyport
