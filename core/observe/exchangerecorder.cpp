// SPDX-License-Identifier: MIT
#include "core/http/mediatype.h"
#include "core/observe/exchangeline.h"
#include "core/observe/exchangelog.h"
#include "core/observe/exchangering.h"
#include "core/observe/log.h"
#include "core/observe/redactedfields.h"
#include "core/secrets/redact.h"

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

constexpr qsizetype kMaxErrorText = 300;
/// Plain text that is read of a coded response, in all: 64 MiB, and 256 bytes for each one that
/// came. Text is coded at 50:1 at most, and 64 KiB made to decode to all that they can cost 16 MiB.
constexpr ContentDecoder::Limit kReadLimit{64 * 1024 * 1024, 256};

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
QByteArray keptWord(QByteArrayView word) {
    static const std::array<QByteArray, 4> kUsual{QByteArrayLiteral("POST"),
                                                  QByteArrayLiteral("GET"), QByteArrayLiteral("OK"),
                                                  QByteArrayLiteral("HEAD")};
    for (const QByteArray& usual : kUsual)
        if (word == usual) return usual;
    return word.toByteArray();
}

bool isMessagesPath(QByteArrayView pathAndQuery) {
    const qsizetype query = pathAndQuery.indexOf('?');
    const QByteArrayView path = query < 0 ? pathAndQuery : pathAndQuery.first(query);
    return path.endsWith("/v1/messages") || path.endsWith("/v1/messages/count_tokens");
}

QString shortened(const QByteArray& text) {
    return QString::fromUtf8(redactedText(text)).left(kMaxErrorText);
}

log::Level levelOf(ExchangeEnd end) {
    switch (end) {
    case ExchangeEnd::UpstreamError:
    case ExchangeEnd::Truncated:
    case ExchangeEnd::Stalled: return log::Level::Warn;
    case ExchangeEnd::Running:
    case ExchangeEnd::Complete:
    case ExchangeEnd::Refused:
    case ExchangeEnd::ClientGone: return log::Level::Info;
    }
    return log::Level::Info;
}

void takeRequestFacts(ExchangeStory& story) {
    if (!story.reading || !story.isMessages) return;
    ExchangeRecord& record = story.detail.record;
    record.modelAsked = story.reading->request.model();
    record.modelSent = record.modelAsked;
}

/// Starts the reading of a response whose content tells something: usage, events, or an error text.
void startReading(ExchangeStory& story, const FieldList& fields) {
    const ExchangeRecord& record = story.detail.record;
    constexpr int kFirstError = 400;
    const bool isJson = hasMediaType(fields, "application/json");
    const bool isTold =
        record.isEventStream || (isJson && (story.isMessages || record.status >= kFirstError));
    if (!isTold) return;
    std::unique_ptr<ContentDecoder> decoder;
    if (const QByteArray coding = fields.combined("content-encoding"); !coding.isEmpty()) {
        decoder = ContentDecoder::forCoding(coding, kReadLimit);
        if (!decoder) return;
    }
    if (!story.reading) story.reading = std::make_unique<ContentReading>();
    story.reading->decoder = std::move(decoder);
    story.reading->response.emplace(record.isEventStream);
}

/// Corrects how a Messages stream ended by what the stream itself said.
void judgeStream(ExchangeStory& story) {
    ExchangeRecord& record = story.detail.record;
    const ContentReading* reading = story.reading.get();
    const bool isJudged = record.end == ExchangeEnd::Complete && record.isEventStream &&
                          story.isMessages && reading && reading->response;
    if (!isJudged) return;
    const ContentDecoder* decoder = reading->decoder.get();
    const bool isReadWhole = !decoder || !(decoder->hasFailed() || decoder->wasCut());
    if (reading->response->hasErrorEvent()) {
        record.end = ExchangeEnd::UpstreamError;
        if (record.error.isEmpty())
            record.error = QStringLiteral("the upstream sent an error event without a message");
    } else if (isReadWhole && !reading->response->sawEnd()) {
        record.end = ExchangeEnd::Truncated;
        if (record.error.isEmpty())
            record.error = QStringLiteral("the stream ended without message_stop");
    }
}

} // namespace

void ContentReading::feedResponse(QByteArrayView bytes) {
    if (!decoder) {
        response->feed(bytes);
        return;
    }
    // In slices, so that what a piece decodes to is never there all at once.
    constexpr qsizetype kSlice = 4096;
    for (; !bytes.isEmpty(); bytes = bytes.sliced(std::min(bytes.size(), kSlice)))
        response->feed(decoder->feed(bytes.first(std::min(bytes.size(), kSlice))));
}

ExchangeRecorder::ExchangeRecorder(ExchangeRing& ring, std::shared_ptr<ExchangeStory> story)
    : m_ring(ring)
    , m_story(std::move(story)) {
    m_ring.markChanged(*m_story);
}

ExchangeRecorder::~ExchangeRecorder() { ended(ExchangeEnd::ClientGone); }

quint64 ExchangeRecorder::id() const { return record().id; }
const ExchangeRecord& ExchangeRecorder::record() const { return m_story->detail.record; }
bool ExchangeRecorder::hasEnded() const { return record().phase == ExchangePhase::Ended; }

qint64 ExchangeRecorder::micros() const {
    const auto passed = m_ring.clock().now() - m_story->startedAt;
    return std::chrono::duration_cast<std::chrono::microseconds>(passed).count();
}

void ExchangeRecorder::reached(ExchangePhase phase) {
    ExchangeRecord& record = m_story->detail.record;
    if (phase > record.phase) record.phase = phase;
    m_ring.markChanged(*m_story);
}

void ExchangeRecorder::requestHead(RequestRole role, QByteArrayView method, QByteArrayView host,
                                   QByteArrayView target, const FieldList& fields) {
    if (hasEnded()) return;
    ExchangeDetail& detail = m_story->detail;
    ExchangeRecord& record = detail.record;
    const QByteArrayView path = pathAndQueryOf(method, target);
    record.role = role;
    record.method = keptWord(method);
    record.host = redactedTarget(host);
    record.path = redactedTarget(path);
    if (const auto agent = fields.first("user-agent"))
        record.userAgent = redactedField("user-agent", *agent);
    if (m_ring.keepsFields()) detail.requestFields = redactedFields(fields);
    m_story->isMessages = isMessagesPath(path);
    if (m_story->isMessages && !fields.contains("content-encoding"))
        m_story->reading = std::make_unique<ContentReading>();
    reached(ExchangePhase::HeadReceived);
}

void ExchangeRecorder::routed(const QString& route, const QString& upstream) {
    if (hasEnded()) return;
    ExchangeRecord& record = m_story->detail.record;
    record.route = route;
    record.upstream = upstream;
    reached(ExchangePhase::Routed);
}

void ExchangeRecorder::sentFields(const FieldList& fields) {
    if (hasEnded() || !m_ring.keepsFields()) return;
    m_story->detail.sentFields = redactedFields(fields);
}

void ExchangeRecorder::connected(const QString& target, bool isReused) {
    if (hasEnded()) return;
    ExchangeRecord& record = m_story->detail.record;
    record.target = target;
    record.isConnectionReused = isReused;
    record.times.connected = micros();
    reached(ExchangePhase::UpstreamChosen);
}

void ExchangeRecorder::requestBody(QByteArrayView bytes) {
    if (hasEnded()) return;
    m_story->detail.record.requestBytes += bytes.size();
    m_ring.keep(*m_story, BodySide::Request, bytes);
    if (m_story->reading) m_story->reading->request.feed(bytes);
    m_ring.markChanged(*m_story);
}

void ExchangeRecorder::requestBodyEnded() {
    if (hasEnded()) return;
    takeRequestFacts(*m_story);
    m_ring.markChanged(*m_story);
}

void ExchangeRecorder::requestSent() {
    if (hasEnded()) return;
    m_story->detail.record.times.requestSent = micros();
    reached(ExchangePhase::RequestSent);
}

void ExchangeRecorder::responseHead(int status, QByteArrayView reason, const FieldList& fields) {
    if (hasEnded()) return;
    ExchangeDetail& detail = m_story->detail;
    ExchangeRecord& record = detail.record;
    record.status = status;
    record.times.firstByte = micros();
    record.isEventStream = hasMediaType(fields, "text/event-stream");
    detail.responseReason = keptWord(reason);
    if (m_ring.keepsFields()) detail.responseFields = redactedFields(fields);
    startReading(*m_story, fields);
    reached(ExchangePhase::ResponseHead);
}

void ExchangeRecorder::responseBody(QByteArrayView bytes) {
    if (hasEnded()) return;
    m_story->detail.record.responseBytes += bytes.size();
    m_ring.keep(*m_story, BodySide::Response, bytes);
    ContentReading* reading = m_story->reading.get();
    if (reading && reading->response) {
        reading->feedResponse(bytes);
        readResponse();
    }
    reached(ExchangePhase::Streaming);
}

void ExchangeRecorder::readResponse() {
    const MessagesResponseReader& response = *m_story->reading->response;
    ExchangeRecord& record = m_story->detail.record;
    record.events = response.events();
    if (m_story->isMessages) record.usage = response.usage();
    if (record.error.isEmpty() && !response.errorMessage().isEmpty())
        record.error = shortened(response.errorMessage());
}

void ExchangeRecorder::responseTrailers(const FieldList& trailers) {
    if (hasEnded() || !m_ring.keepsFields()) return;
    m_story->detail.responseTrailers = redactedFields(trailers);
}

void ExchangeRecorder::upgraded() {
    if (hasEnded()) return;
    m_story->detail.record.isUpgraded = true;
    m_story->reading.reset();
    reached(ExchangePhase::Streaming);
}

void ExchangeRecorder::ownError(QByteArrayView code, const QString& message) {
    if (hasEnded()) return;
    ExchangeRecord& record = m_story->detail.record;
    record.errorCode = code.toByteArray();
    record.error = message;
    m_ring.markChanged(*m_story);
}

void ExchangeRecorder::tunnelled(qint64 fromClient, qint64 fromUpstream) {
    if (hasEnded()) return;
    m_story->detail.record.requestBytes += fromClient;
    m_story->detail.record.responseBytes += fromUpstream;
    m_ring.markChanged(*m_story);
}

void ExchangeRecorder::ended(ExchangeEnd end, const QString& error) {
    if (hasEnded()) return;
    ExchangeRecord& record = m_story->detail.record;
    record.end = end;
    if (record.webSocket && record.webSocket->end == WebSocketEnd::Open)
        record.webSocket->end = WebSocketEnd::CutHere;
    record.times.ended = micros();
    if (record.error.isEmpty()) record.error = error;
    takeRequestFacts(*m_story);
    if (m_story->reading && m_story->reading->response) {
        m_story->reading->response->finish();
        readResponse();
        judgeStream(*m_story);
    }
    m_story->reading.reset();
    record.phase = ExchangePhase::Ended;
    const log::Level level = levelOf(record.end);
    if (log::isEnabled(level)) {
        QByteArray& line = m_ring.lineBuffer();
        appendExchangePairs(line, record);
        log::writeLine(level, "exchange", line);
    }
    m_ring.end(m_story);
}

} // namespace sallyport
