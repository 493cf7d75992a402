// SPDX-License-Identifier: MIT
#include "core/http/requestparser.h"

#include "core/http/bodyreader.h"
#include "core/http/headgrammar.h"
#include "core/http/methodcase.h"
#include "core/support/ascii.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sallyport {

namespace {

constexpr qsizetype kMaxEmptyLineBytes = 8;
/// Room in a request line for the method and the version besides the target.
constexpr qsizetype kRequestLineSlack = 256;
constexpr std::size_t kExpectedFields = 24;
constexpr qsizetype kExpectedBytes = 1024;

/// A QByteArray that costs no allocation for the methods that are seen every day.
QByteArray methodBytes(QByteArrayView method) {
    static constexpr std::array<QByteArrayView, 5> kKnown{
        QByteArrayView("GET", 3), QByteArrayView("POST", 4), QByteArrayView("HEAD", 4),
        QByteArrayView("OPTIONS", 7), QByteArrayView("CONNECT", 7)};
    for (const QByteArrayView known : kKnown) {
        if (known == method) return QByteArray::fromRawData(known.data(), known.size());
    }
    return method.toByteArray();
}

} // namespace

struct RequestParser::State {
    enum class Phase { EmptyLines, StartLine, Fields, Body, Ended, Failed };

    explicit State(const ParseLimits& wanted)
        : limits(wanted) {
        reset();
    }

    void reset();
    ParseOutcome next(QByteArrayView input);
    ParseOutcome readHead(QByteArrayView input);
    ParseOutcome readBody(QByteArrayView input);
    bool skipEmptyLines(QByteArrayView& input);
    bool readStartLine(QByteArrayView& input);
    bool takeStartLine(QByteArrayView line);
    bool takeVersion(QByteArrayView line);
    bool completeHead();
    bool checkHost();
    bool checkConnect();
    bool fail(ParseErrorKind kind, const char* reason);

    ParseLimits limits;
    Phase phase = Phase::EmptyLines;
    RequestHead head;
    FieldList trailers;
    ParseError error;
    grammar::LineReader line;
    grammar::FieldSectionReader section{grammar::BlankBeforeColon::Refused};
    BodyReader body{grammar::BlankBeforeColon::Refused};
    Framing framing;
    qsizetype emptyBytes = 0;
};

void RequestParser::State::reset() {
    phase = Phase::EmptyLines;
    emptyBytes = 0;
    head.method = QByteArray();
    head.target = RequestTarget();
    head.version = Version();
    head.fields.clear();
    head.fields.reserve(kExpectedFields, kExpectedBytes);
    trailers.clear();
    error = ParseError();
    line.reset();
    framing = Framing();
}

bool RequestParser::State::fail(ParseErrorKind kind, const char* reason) {
    phase = Phase::Failed;
    error = {kind, reason};
    return false;
}

ParseOutcome RequestParser::State::next(QByteArrayView input) {
    switch (phase) {
    case Phase::EmptyLines:
    case Phase::StartLine:
    case Phase::Fields: return readHead(input);
    case Phase::Body: return readBody(input);
    case Phase::Ended: return {ParseStep::End, 0, {}};
    case Phase::Failed: break;
    }
    return {ParseStep::Error, 0, {}};
}

ParseOutcome RequestParser::State::readHead(QByteArrayView input) {
    const qsizetype given = input.size();
    const auto outcome = [&](ParseStep step) {
        return ParseOutcome{step, given - input.size(), {}};
    };
    if (phase == Phase::EmptyLines && !skipEmptyLines(input))
        return outcome(phase == Phase::Failed ? ParseStep::Error : ParseStep::NeedMore);
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

// RFC 9112 2.2: at least one empty line before a request line is to be ignored.
bool RequestParser::State::skipEmptyLines(QByteArrayView& input) {
    while (!input.isEmpty()) {
        const char c = input.front();
        const bool isBehindCr = emptyBytes % 2 == 1;
        if (isBehindCr && c != '\n')
            return fail(ParseErrorKind::BadLineEnd, "a carriage return without a line feed");
        if (!isBehindCr && c == '\n')
            return fail(ParseErrorKind::BadLineEnd, "a line feed without a carriage return");
        if (!isBehindCr && c != '\r') {
            // What cannot become a request (TLS to a plain port) is refused by its first byte.
            if (!grammar::isByte(c, grammar::TokenByte))
                return fail(ParseErrorKind::BadStartLine, "this does not start like a request");
            phase = Phase::StartLine;
            return true;
        }
        if (++emptyBytes > kMaxEmptyLineBytes)
            return fail(ParseErrorKind::BadStartLine, "too many empty lines before a request");
        input = input.sliced(1);
    }
    return false;
}

bool RequestParser::State::readStartLine(QByteArrayView& input) {
    const qsizetype limit = std::min(limits.head, limits.target + kRequestLineSlack);
    switch (line.next(input, limit)) {
    case grammar::LineStep::NeedMore: return false;
    case grammar::LineStep::TooLong:
        return fail(ParseErrorKind::TargetTooLong, "the request line is too long");
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

// request-line = method SP request-target SP HTTP-version, with single SP and nothing else.
bool RequestParser::State::takeStartLine(QByteArrayView text) {
    const qsizetype methodSize = grammar::spanOf(text, grammar::TokenByte);
    if (methodSize == text.size() || text[methodSize] != ' ') {
        return text.contains('\r')
                   ? fail(ParseErrorKind::BadLineEnd, "a carriage return without a line feed")
                   : fail(ParseErrorKind::BadStartLine, "the method is not a token");
    }
    if (isMiscasedMethod(text.first(methodSize)))
        return fail(ParseErrorKind::BadStartLine, "a known method that is not in capitals");
    const QByteArrayView rest = text.sliced(methodSize + 1);
    const qsizetype space = rest.lastIndexOf(' ');
    if (space < 0) return fail(ParseErrorKind::BadStartLine, "a request line without a version");
    if (!takeVersion(rest.sliced(space + 1))) return false;
    const QByteArrayView target = rest.first(space);
    if (target.size() > limits.target)
        return fail(ParseErrorKind::TargetTooLong, "the request target is too long");
    if (target.contains('\r'))
        return fail(ParseErrorKind::BadLineEnd, "a carriage return without a line feed");
    auto parsed = parseRequestTarget(text.first(methodSize), target);
    if (!parsed) {
        phase = Phase::Failed;
        error = parsed.error();
        return false;
    }
    head.method = methodBytes(text.first(methodSize));
    head.target = std::move(parsed).value();
    return true;
}

bool RequestParser::State::takeVersion(QByteArrayView text) {
    const grammar::VersionText version = grammar::parseVersion(text);
    if (!version.minor) return fail(version.kind, "the version is not HTTP/1.0 or HTTP/1.1");
    head.version.minor = *version.minor;
    return true;
}

bool RequestParser::State::completeHead() {
    if (!checkHost()) return false;
    const auto found = requestFraming(head.version, head.fields);
    if (!found) {
        phase = Phase::Failed;
        error = found.error();
        return false;
    }
    framing = *found;
    if (head.target.form == TargetForm::Authority && !checkConnect()) return false;
    body.start(framing, limits);
    phase = Phase::Body;
    return true;
}

// RFC 9112 3.2: 400 to a request that lacks Host, has more than one or an invalid one.
bool RequestParser::State::checkHost() {
    int hosts = 0;
    QByteArrayView value;
    for (const FieldView field : head.fields) {
        if (field.name.size() != 4 || !ascii::equalsIgnoreCase(field.name, "host")) continue;
        value = field.value;
        ++hosts;
    }
    if (hosts == 0) {
        return head.version.minor == 0 || fail(ParseErrorKind::BadHost, "there is no Host field");
    }
    if (hosts > 1) return fail(ParseErrorKind::BadHost, "more than one Host field");
    return isAuthority(value) ||
           fail(ParseErrorKind::BadHost, "the Host field is not a host with an optional port");
}

// RFC 9110 9.3.6: CONNECT has no content; what a sender takes for it would be tunnel bytes to us.
bool RequestParser::State::checkConnect() {
    if (framing.kind == BodyKind::Chunked)
        return fail(ParseErrorKind::BadTransferEncoding, "a CONNECT request with content");
    if (framing.kind == BodyKind::Length)
        return fail(ParseErrorKind::BadContentLength, "a CONNECT request with content");
    return true;
}

ParseOutcome RequestParser::State::readBody(QByteArrayView input) {
    const ParseOutcome outcome = body.next(input, trailers);
    if (outcome.step == ParseStep::End) phase = Phase::Ended;
    if (outcome.step == ParseStep::Error) {
        phase = Phase::Failed;
        error = body.error();
    }
    return outcome;
}

RequestParser::RequestParser(ParseLimits limits)
    : m_state(std::make_unique<State>(limits)) {}
RequestParser::~RequestParser() = default;
RequestParser::RequestParser(RequestParser&&) noexcept = default;
RequestParser& RequestParser::operator=(RequestParser&&) noexcept = default;

ParseOutcome RequestParser::next(QByteArrayView input) { return m_state->next(input); }
void RequestParser::reset() { m_state->reset(); }
const RequestHead& RequestParser::head() const { return m_state->head; }
RequestHead RequestParser::takeHead() { return std::exchange(m_state->head, RequestHead()); }
Framing RequestParser::framing() const { return m_state->framing; }
const FieldList& RequestParser::trailers() const { return m_state->trailers; }
const ParseError& RequestParser::error() const { return m_state->error; }
bool RequestParser::isBetweenMessages() const { return m_state->phase == State::Phase::EmptyLines; }

} // namespace sallyport
