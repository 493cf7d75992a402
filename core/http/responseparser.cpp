// SPDX-License-Identifier: MIT
#include "core/http/responseparser.h"

#include "core/http/bodyreader.h"
#include "core/http/headgrammar.h"
#include "core/support/ascii.h"

#include <algorithm>
#include <utility>

namespace sallyport {

namespace {

constexpr std::size_t kExpectedFields = 24;
constexpr qsizetype kExpectedBytes = 1024;
constexpr qsizetype kVersionBytes = 8;
constexpr qsizetype kStatusEnd = 12;

} // namespace

struct ResponseParser::State {
    enum class Phase { Untouched, StartLine, Fields, Body, Ended, Failed };

    explicit State(const ParseLimits& wanted)
        : limits(wanted) {
        reset();
    }

    void reset();
    ParseOutcome next(QByteArrayView input);
    ParseOutcome finish();
    ParseOutcome readHead(QByteArrayView input);
    ParseOutcome readBody(QByteArrayView input);
    bool readStartLine(QByteArrayView& input);
    bool takeStartLine(QByteArrayView line);
    bool completeHead();
    void keepOneLength();
    bool fail(ParseErrorKind kind, const char* reason);

    ParseLimits limits;
    Phase phase = Phase::Untouched;
    QByteArray requestMethod{"GET"};
    ResponseHead head;
    FieldList trailers;
    ParseError error;
    grammar::LineReader line;
    grammar::FieldSectionReader section{grammar::BlankBeforeColon::Removed};
    BodyReader body{grammar::BlankBeforeColon::Removed};
    Framing framing;
};

void ResponseParser::State::reset() {
    phase = Phase::Untouched;
    head.version = Version();
    head.status = 0;
    head.reason.resize(0);
    head.fields.clear();
    head.fields.reserve(kExpectedFields, kExpectedBytes);
    trailers.clear();
    error = ParseError();
    line.reset();
    framing = Framing();
}

bool ResponseParser::State::fail(ParseErrorKind kind, const char* reason) {
    phase = Phase::Failed;
    error = {kind, reason};
    return false;
}

ParseOutcome ResponseParser::State::next(QByteArrayView input) {
    switch (phase) {
    case Phase::Untouched:
    case Phase::StartLine:
    case Phase::Fields: return readHead(input);
    case Phase::Body: return readBody(input);
    case Phase::Ended: return {ParseStep::End, 0, {}};
    case Phase::Failed: break;
    }
    return {ParseStep::Error, 0, {}};
}

ParseOutcome ResponseParser::State::finish() {
    const bool isWhole = phase == Phase::Ended || (phase == Phase::Body && body.isWholeAtEnd());
    if (isWhole) {
        phase = Phase::Ended;
        return {ParseStep::End, 0, {}};
    }
    if (phase != Phase::Failed)
        fail(ParseErrorKind::Truncated, "the connection ended before the response did");
    return {ParseStep::Error, 0, {}};
}

ParseOutcome ResponseParser::State::readHead(QByteArrayView input) {
    const qsizetype given = input.size();
    const auto outcome = [&](ParseStep step) {
        return ParseOutcome{step, given - input.size(), {}};
    };
    if (phase == Phase::Untouched) {
        if (input.isEmpty()) return outcome(ParseStep::NeedMore);
        // What cannot become a response (TLS, SSH) is refused by its first byte: it may have no
        // line end at all.
        if (input.front() != 'H') {
            fail(ParseErrorKind::BadStartLine, "this does not start like a response");
            return outcome(ParseStep::Error);
        }
        phase = Phase::StartLine;
    }
    if (phase == Phase::StartLine && !readStartLine(input))
        return outcome(phase == Phase::Failed ? ParseStep::Error : ParseStep::NeedMore);
    switch (section.next(input, head.fields)) {
    case grammar::SectionStep::NeedMore: return outcome(ParseStep::NeedMore);
    case grammar::SectionStep::Complete:
        return outcome(completeHead() ? ParseStep::Head : ParseStep::Error);
    case grammar::SectionStep::Error: break;
    }
    phase = Phase::Failed;
    error = section.error();
    return outcome(ParseStep::Error);
}

bool ResponseParser::State::readStartLine(QByteArrayView& input) {
    switch (line.next(input, limits.head)) {
    case grammar::LineStep::NeedMore: return false;
    case grammar::LineStep::TooLong:
        return fail(ParseErrorKind::HeadTooLarge, "the status line is too long");
    case grammar::LineStep::BadEnd:
        return fail(ParseErrorKind::BadLineEnd, "a line feed without a carriage return");
    case grammar::LineStep::Line: break;
    }
    const QByteArrayView text = line.line();
    if (!takeStartLine(text)) return false;
    section.start(limits.head - text.size() - 2, limits.fields);
    phase = Phase::Fields;
    return true;
}

// status-line = HTTP-version SP status-code SP [ reason-phrase ]. The second SP is often forgotten
// where there is no phrase, and leaves nothing in doubt.
bool ResponseParser::State::takeStartLine(QByteArrayView text) {
    if (text.contains('\r'))
        return fail(ParseErrorKind::BadLineEnd, "a carriage return without a line feed");
    const auto version = grammar::parseVersion(text.first(std::min(kVersionBytes, text.size())));
    if (!version.minor) return fail(version.kind, "the version is not HTTP/1.0 or HTTP/1.1");
    const bool isStatusLine = text.size() >= kStatusEnd && text[kVersionBytes] == ' ' &&
                              text[9] >= '1' && text[9] <= '9' && ascii::isDigit(text[10]) &&
                              ascii::isDigit(text[11]) &&
                              (text.size() == kStatusEnd || text[kStatusEnd] == ' ');
    if (!isStatusLine) return fail(ParseErrorKind::BadStartLine, "the status is not three digits");
    const QByteArrayView reason =
        text.size() > kStatusEnd ? text.sliced(kStatusEnd + 1) : QByteArrayView();
    if (!grammar::isFieldText(reason))
        return fail(ParseErrorKind::BadStartLine, "a control byte in the reason phrase");
    head.version.minor = *version.minor;
    head.status = (text[9] - '0') * 100 + (text[10] - '0') * 10 + (text[11] - '0');
    head.reason.append(reason);
    return true;
}

bool ResponseParser::State::completeHead() {
    const auto found = responseFraming(head, requestMethod);
    if (!found) {
        phase = Phase::Failed;
        error = found.error();
        return false;
    }
    framing = *found;
    keepOneLength();
    body.start(framing, limits);
    phase = Phase::Body;
    return true;
}

// RFC 9110 8.6: a length that is said twice is passed on once. Those that differ were refused.
void ResponseParser::State::keepOneLength() {
    const auto first = head.fields.first("content-length");
    if (!first) return;
    const qsizetype comma = first->indexOf(',');
    if (comma < 0 && head.fields.count("content-length") == 1) return;
    const QByteArrayView member = comma < 0 ? *first : first->first(comma);
    head.fields.set("Content-Length", ascii::trimmedOws(member).toByteArray());
}

ParseOutcome ResponseParser::State::readBody(QByteArrayView input) {
    const ParseOutcome outcome = body.next(input, trailers);
    if (outcome.step == ParseStep::End) phase = Phase::Ended;
    if (outcome.step == ParseStep::Error) {
        phase = Phase::Failed;
        error = body.error();
    }
    return outcome;
}

ResponseParser::ResponseParser(ParseLimits limits)
    : m_state(std::make_unique<State>(limits)) {}
ResponseParser::~ResponseParser() = default;
ResponseParser::ResponseParser(ResponseParser&&) noexcept = default;
ResponseParser& ResponseParser::operator=(ResponseParser&&) noexcept = default;

void ResponseParser::expectResponseTo(QByteArrayView method) {
    m_state->reset();
    m_state->requestMethod.resize(0);
    m_state->requestMethod.append(method);
}
ParseOutcome ResponseParser::next(QByteArrayView input) { return m_state->next(input); }
ParseOutcome ResponseParser::finish() { return m_state->finish(); }
void ResponseParser::reset() { m_state->reset(); }
const ResponseHead& ResponseParser::head() const { return m_state->head; }
ResponseHead ResponseParser::takeHead() { return std::exchange(m_state->head, ResponseHead()); }
Framing ResponseParser::framing() const { return m_state->framing; }
const FieldList& ResponseParser::trailers() const { return m_state->trailers; }
const ParseError& ResponseParser::error() const { return m_state->error; }
bool ResponseParser::isBetweenMessages() const { return m_state->phase == State::Phase::Untouched; }

} // namespace sallyport
