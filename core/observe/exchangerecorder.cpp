// SPDX-License-Identifier: MIT
#include "core/observe/exchangerecorder.h"

#include "core/anthropic/messagespath.h"
#include "core/http/mediatype.h"
#include "core/observe/exchangeline.h"
#include "core/observe/exchangering.h"
#include "core/observe/log.h"
#include "core/observe/redactedfields.h"
#include "core/secrets/redact.h"
#include "core/support/ascii.h"

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

constexpr qsizetype kMaxErrorText = 300;
/// A longer name is no session (the bound of SessionTable).
constexpr qsizetype kMaxSessionName = 128;
/// Plain text that is read of a coded response, in all: 64 MiB, and 256 bytes for each one that
/// came. Text is coded at 50:1 at most, and 64 KiB made to decode to all that they can cost 16 MiB.
constexpr ContentDecoder::Limit kReadLimit{64 * 1024 * 1024, 256};

/// A number of the log window, at most one of 64 bits; anything else is none.
QByteArray exchangeNumber(QByteArrayView text) {
    constexpr qsizetype kMaxDigits = 20;
    const QByteArrayView digits = text.startsWith('H') ? text.sliced(1) : text;
    const bool isNumber = !digits.isEmpty() && digits.size() <= kMaxDigits &&
                          std::all_of(digits.begin(), digits.end(), ascii::isDigit);
    return isNumber ? text.toByteArray() : QByteArray();
}

/// Path and query of a target in origin- or absolute-form; nothing of authority-form.
QByteArrayView pathAndQueryOf(QByteArrayView method, QByteArrayView target) {
    if (method == "CONNECT") return {};
    if (target.startsWith('/')) return target;
    const qsizetype scheme = target.indexOf("://");
    if (scheme < 0) return target;
    qsizetype at = scheme + 3;
    while (at < target.size() && target[at] != '/' && target[at] != '?')
        ++at;
    return at < target.size() ? target.sliced(at) : QByteArrayView("/");
}

/// The words that nearly every exchange has cost no allocation.
QByteArray keptWord(QByteArrayView word, const KnownSecrets& known) {
    static const std::array<QByteArray, 4> kUsual{QByteArrayLiteral("POST"),
                                                  QByteArrayLiteral("GET"), QByteArrayLiteral("OK"),
                                                  QByteArrayLiteral("HEAD")};
    for (const QByteArray& usual : kUsual)
        if (word == usual) return usual;
    return redactedText(word, known);
}

/// Starts the reading of a response whose content tells something: usage, events, or an error text.
void startReading(ExchangeEntry& entry, const FieldList& fields) {
    const ExchangeRecord& record = entry.detail.record;
    constexpr int kFirstError = 400;
    const bool isJson = hasMediaType(fields, "application/json");
    const bool tellsSomething =
        record.isEventStream || (isJson && (entry.isMessages || record.status >= kFirstError));
    if (!tellsSomething) return;
    std::unique_ptr<ContentDecoder> decoder;
    if (const QByteArray coding = fields.combined("content-encoding"); !coding.isEmpty()) {
        decoder = ContentDecoder::forCoding(coding, kReadLimit);
        if (!decoder) return;
    }
    if (!entry.reading) entry.reading = std::make_unique<ContentReading>();
    entry.reading->decoder = std::move(decoder);
    entry.reading->response.emplace(record.isEventStream);
}

} // namespace

ExchangeRecorder::ExchangeRecorder(ExchangeRing& ring, std::shared_ptr<ExchangeEntry> entry)
    : m_ring(ring)
    , m_entry(std::move(entry)) {
    m_ring.markChanged(*m_entry);
}

ExchangeRecorder::~ExchangeRecorder() { ended(ExchangeEnd::ClientGone); }

quint64 ExchangeRecorder::id() const { return record().id; }
const ExchangeRecord& ExchangeRecorder::record() const { return m_entry->detail.record; }
bool ExchangeRecorder::hasEnded() const { return record().phase == ExchangePhase::Ended; }

qint64 ExchangeRecorder::micros() const {
    const auto passed = m_ring.clock().now() - m_entry->startedAt;
    return std::chrono::duration_cast<std::chrono::microseconds>(passed).count();
}

void ExchangeRecorder::reached(ExchangePhase phase) {
    ExchangeRecord& record = m_entry->detail.record;
    if (phase > record.phase) record.phase = phase;
    m_ring.markChanged(*m_entry);
}

void ExchangeRecorder::requestHead(RequestRole role, const RequestLine& line,
                                   const FieldList& fields) {
    if (hasEnded()) return;
    ExchangeDetail& detail = m_entry->detail;
    ExchangeRecord& record = detail.record;
    const KnownSecrets& known = m_ring.knownSecrets();
    const QByteArrayView path = pathAndQueryOf(line.method, line.target);
    record.role = role;
    record.method = keptWord(line.method, known);
    record.host = redactedTarget(line.host, known);
    record.path = redactedTarget(path, known);
    if (const auto agent = fields.first("user-agent"))
        record.userAgent = redactedField("user-agent", *agent, known);
    const auto nameIn = [&](QByteArrayView field) {
        const auto name = fields.first(field);
        return name && name->size() <= kMaxSessionName ? redactedField(field, *name, known)
                                                       : QByteArray();
    };
    record.session = nameIn("x-claude-code-session-id");
    record.agent = nameIn("x-claude-code-agent-id");
    record.parentAgent = nameIn("x-claude-code-parent-agent-id");
    if (const auto from = fields.first(kResentFromField)) record.resentFrom = exchangeNumber(*from);
    if (m_ring.keepsFields(*m_entry)) detail.requestFields = redactedFields(fields, known);
    m_ring.setCoding(*m_entry, BodySide::Request, fields);
    m_entry->isMessages = isMessagesPath(path);
    if (m_entry->isMessages && !fields.contains("content-encoding"))
        m_entry->reading = std::make_unique<ContentReading>();
    reached(ExchangePhase::HeadReceived);
}

void ExchangeRecorder::receivedTarget(QByteArrayView received, QByteArrayView sent) {
    if (hasEnded() || received.isEmpty()) return;
    if (redactedTarget(sent, m_ring.knownSecrets()) != sent) return;
    m_entry->detail.record.receivedPath = redactedTarget(received, m_ring.knownSecrets());
}

void ExchangeRecorder::intercepted(const QByteArray& entry) {
    if (hasEnded()) return;
    m_entry->detail.record.interceptedBy = entry;
    m_ring.markChanged(*m_entry);
}

void ExchangeRecorder::notIntercepted(const QString& why) {
    if (hasEnded()) return;
    m_entry->detail.record.notIntercepted = redactedMessage(why, m_ring.knownSecrets());
    m_ring.markChanged(*m_entry);
}

void ExchangeRecorder::routed(const QString& route, const QString& upstream) {
    if (hasEnded()) return;
    ExchangeRecord& record = m_entry->detail.record;
    record.route = route;
    record.upstream = upstream;
    reached(ExchangePhase::Routed);
}

void ExchangeRecorder::namedClient(const QString& name) {
    if (!hasEnded()) m_entry->detail.record.clientName = name;
}

void ExchangeRecorder::admitted() {
    if (hasEnded()) return;
    m_entry->detail.record.times.admitted = micros();
    m_ring.markChanged(*m_entry);
}

void ExchangeRecorder::modelRenamed(QByteArrayView sent) {
    if (hasEnded()) return;
    m_entry->detail.record.modelSent = redactedText(sent, m_ring.knownSecrets());
}

void ExchangeRecorder::sentFields(const FieldList& fields) {
    if (hasEnded() || !m_ring.keepsFields(*m_entry)) return;
    m_entry->detail.sentFields = redactedFields(fields, m_ring.knownSecrets());
}

void ExchangeRecorder::connected(const QString& target, bool isReused) {
    if (hasEnded()) return;
    ExchangeRecord& record = m_entry->detail.record;
    record.target = m_ring.redactedTargetName(target);
    record.isConnectionReused = isReused;
    record.times.connected = micros();
    reached(ExchangePhase::UpstreamChosen);
}

void ExchangeRecorder::wentBy(const QString& way) {
    if (hasEnded()) return;
    m_entry->detail.record.way =
        way.isEmpty() ? QString() : redactedMessage(way, m_ring.knownSecrets());
}

void ExchangeRecorder::passedOver(const QString& target, const QString& reason) {
    if (hasEnded()) return;
    const KnownSecrets& known = m_ring.knownSecrets();
    m_entry->detail.record.passedOver.append(
        {redactedMessage(target, known), redactedMessage(reason, known)});
    m_ring.markChanged(*m_entry);
}

void ExchangeRecorder::requestBody(QByteArrayView bytes) {
    if (hasEnded()) return;
    m_entry->detail.record.requestBytes += bytes.size();
    m_ring.keep(*m_entry, BodySide::Request, bytes);
    if (m_entry->reading) m_entry->reading->request.feed(bytes);
    m_ring.markChanged(*m_entry);
}

void ExchangeRecorder::requestBodyEnded() {
    if (hasEnded()) return;
    readRequest();
    m_ring.finishBody(*m_entry, BodySide::Request);
    m_ring.markChanged(*m_entry);
}

void ExchangeRecorder::requestSent() {
    if (hasEnded()) return;
    m_entry->detail.record.times.requestSent = micros();
    reached(ExchangePhase::RequestSent);
}

void ExchangeRecorder::responseHead(int status, QByteArrayView reason, const FieldList& fields) {
    if (hasEnded()) return;
    ExchangeDetail& detail = m_entry->detail;
    ExchangeRecord& record = detail.record;
    record.status = status;
    record.times.firstByte = micros();
    record.isEventStream = hasMediaType(fields, "text/event-stream");
    detail.responseReason = keptWord(reason, m_ring.knownSecrets());
    if (m_ring.keepsFields(*m_entry))
        detail.responseFields = redactedFields(fields, m_ring.knownSecrets());
    m_ring.setCoding(*m_entry, BodySide::Response, fields);
    startReading(*m_entry, fields);
    if (m_entry->reading && m_ring.keepsBodies(*m_entry))
        m_entry->reading->watchDeltas(m_ring.knownSecrets());
    reached(ExchangePhase::ResponseHead);
}

void ExchangeRecorder::responseBody(QByteArrayView bytes) {
    if (hasEnded()) return;
    m_entry->detail.record.responseBytes += bytes.size();
    m_ring.keep(*m_entry, BodySide::Response, bytes);
    ContentReading* reading = m_entry->reading.get();
    if (reading && reading->response) {
        reading->feedResponse(bytes);
        if (reading->deltas.hasFound()) m_ring.withhold(*m_entry, BodySide::Response);
        readResponse();
    }
    reached(ExchangePhase::Streaming);
}

void ExchangeRecorder::readRequest() {
    if (!m_entry->reading || !m_entry->isMessages) return;
    ExchangeRecord& record = m_entry->detail.record;
    record.modelAsked = redactedText(m_entry->reading->request.model(), m_ring.knownSecrets());
    if (record.modelSent.isEmpty()) record.modelSent = record.modelAsked;
}

void ExchangeRecorder::readResponse() {
    const MessagesResponseReader& response = *m_entry->reading->response;
    ExchangeRecord& record = m_entry->detail.record;
    record.events = response.events();
    if (m_entry->isMessages) {
        record.usage = response.usage();
        record.progress = response.progress();
    }
    if (record.error.isEmpty() && !response.errorMessage().isEmpty())
        record.error =
            QString::fromUtf8(redactedText(response.errorMessage(), m_ring.knownSecrets()))
                .left(kMaxErrorText);
}

void ExchangeRecorder::responseTrailers(const FieldList& trailers) {
    if (hasEnded() || !m_ring.keepsFields(*m_entry)) return;
    m_entry->detail.responseTrailers = redactedFields(trailers, m_ring.knownSecrets());
}

void ExchangeRecorder::upgraded() {
    if (hasEnded()) return;
    m_entry->detail.record.isUpgraded = true;
    m_entry->reading.reset();
    reached(ExchangePhase::Streaming);
}

void ExchangeRecorder::ownError(QByteArrayView code, const QString& message) {
    if (hasEnded()) return;
    ExchangeRecord& record = m_entry->detail.record;
    record.errorCode = code.toByteArray();
    record.error = redactedMessage(message, m_ring.knownSecrets());
    m_ring.markChanged(*m_entry);
}

void ExchangeRecorder::tunnelled(qint64 fromClient, qint64 fromUpstream) {
    if (hasEnded()) return;
    m_entry->detail.record.requestBytes += fromClient;
    m_entry->detail.record.responseBytes += fromUpstream;
    m_ring.markChanged(*m_entry);
}

bool ExchangeRecorder::keepsContents() const { return m_ring.keepsBodies(*m_entry); }

void ExchangeRecorder::webSocketBegan(WebSocketSummary summary) {
    if (hasEnded()) return;
    summary.path = redactedTarget(summary.path, m_ring.knownSecrets());
    summary.subprotocol = redactedText(summary.subprotocol, m_ring.knownSecrets());
    m_entry->detail.record.webSocket = std::move(summary);
    m_ring.markChanged(*m_entry);
}

void ExchangeRecorder::webSocketMessage(WebSocketSender from, WebSocketMessage message) {
    auto& summary = m_entry->detail.record.webSocket;
    if (hasEnded() || !summary) return;
    WebSocketSent& sent = summary->from(from);
    const bool isData =
        message.kind == WebSocketKind::Text || message.kind == WebSocketKind::Binary;
    ++(isData ? sent.messages : sent.controls);
    if (!message.preview.isEmpty())
        message.preview = redactedContent(message.preview, m_ring.knownSecrets());
    if (message.kind == WebSocketKind::Close) {
        sent.hasClosed = true;
        sent.closeCode = message.closeCode;
        sent.closeReason = QString::fromUtf8(message.preview);
    }
    if (m_ring.keepsBodies(*m_entry))
        m_ring.keepMessage(*m_entry, {summary->total(), micros(), from, std::move(message)});
    m_ring.markChanged(*m_entry);
}

void ExchangeRecorder::webSocketUnreadable(WebSocketSender from, QByteArrayView why) {
    auto& summary = m_entry->detail.record.webSocket;
    if (hasEnded() || !summary) return;
    summary->from(from).unreadable = why.toByteArray();
    m_ring.markChanged(*m_entry);
}

void ExchangeRecorder::webSocketEnded(WebSocketEnd end) {
    auto& summary = m_entry->detail.record.webSocket;
    if (hasEnded() || !summary) return;
    summary->end = end;
    m_ring.markChanged(*m_entry);
}

/// By what the stream itself said.
void ExchangeRecorder::correctEnd() {
    ExchangeRecord& record = m_entry->detail.record;
    if (record.end != ExchangeEnd::Complete || !record.isEventStream || !m_entry->isMessages)
        return;
    const ContentReading& reading = *m_entry->reading;
    const ContentDecoder* decoder = reading.decoder.get();
    const bool isReadWhole = !decoder || !(decoder->hasFailed() || decoder->wasCut());
    if (reading.response->hasErrorEvent()) {
        record.end = ExchangeEnd::UpstreamError;
        if (record.error.isEmpty())
            record.error = QStringLiteral("the upstream sent an error event without a message");
    } else if (isReadWhole && !reading.response->sawEnd()) {
        record.end = ExchangeEnd::Truncated;
        if (record.error.isEmpty())
            record.error = QStringLiteral("the stream ended without message_stop");
    }
}

void ExchangeRecorder::ended(ExchangeEnd end, const QString& error) {
    if (hasEnded()) return;
    ExchangeRecord& record = m_entry->detail.record;
    record.end = end;
    if (record.webSocket && record.webSocket->end == WebSocketEnd::Open)
        record.webSocket->end = WebSocketEnd::CutHere;
    record.times.ended = micros();
    if (record.error.isEmpty()) record.error = redactedMessage(error, m_ring.knownSecrets());
    readRequest();
    if (m_entry->reading && m_entry->reading->response) {
        m_entry->reading->response->finish();
        readResponse();
        correctEnd();
    }
    m_entry->reading.reset();
    m_ring.finishBody(*m_entry, BodySide::Request);
    m_ring.finishBody(*m_entry, BodySide::Response);
    record.phase = ExchangePhase::Ended;
    logExchange(record, m_ring.lineBuffer());
    m_ring.end(m_entry);
}

} // namespace sallyport
