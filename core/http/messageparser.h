// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/head.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace sallyport {

/// Bounds of what a parser keeps. Beyond them it is an error, never a silent cut.
struct ParseLimits {
    qsizetype head = 64 * 1024;     ///< bytes of start line and field section together
    qsizetype target = 16 * 1024;   ///< bytes of a request target
    std::size_t fields = 256;       ///< lines of a head, and of a trailer section
    qsizetype chunkLine = 4096;     ///< bytes of a chunk-size line with its extensions
    qsizetype trailers = 16 * 1024; ///< bytes of a trailer section
    /// Bytes of chunk extensions in one message, less the bytes of content that came with them:
    /// what nobody reads may not outweigh what is passed on.
    qsizetype chunkExtensions = 64 * 1024;
};

/// What one step of a parser found.
enum class ParseStep {
    NeedMore, ///< all input was taken; ask again when there is more
    Head,     ///< head() is complete and its framing is known
    Body,     ///< `body` is the next piece of content
    End,      ///< the message is complete; trailers() is set. The rest of the input is not ours
    Error,    ///< final: error() says why. Every later call gives the same
};

struct ParseOutcome {
    ParseStep step = ParseStep::NeedMore;
    qsizetype consumed = 0; ///< bytes of the input that were taken and must not be given again
    QByteArrayView body;    ///< a part of the input; for ParseStep::Body
};

/// Incremental, sans-I/O parser for requests (RFC 9112). Feed what came; it keeps what it needs.
///
///     while (true) { auto o = parser.next(input); input = input.sliced(o.consumed); … }
///
/// Empty lines before a request line are skipped (2.2), at most 8 bytes of them. Strict
/// otherwise: whatever two parsers could read in two ways is an error. A message may come in
/// pieces of any size, with the same outcome.
class RequestParser {
public:
    explicit RequestParser(ParseLimits limits = {});
    ~RequestParser();
    RequestParser(RequestParser&&) noexcept;
    RequestParser& operator=(RequestParser&&) noexcept;

    ParseOutcome next(QByteArrayView input);
    /// Ready for the next message on the same connection; only after ParseStep::End.
    void reset();

    [[nodiscard]] const RequestHead& head() const;
    [[nodiscard]] RequestHead takeHead();
    [[nodiscard]] Framing framing() const;
    [[nodiscard]] const FieldList& trailers() const;
    [[nodiscard]] const ParseError& error() const;
    /// True when not one byte of a next message has been seen (empty lines do not count).
    [[nodiscard]] bool isBetweenMessages() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// The same for responses. Interim responses (1xx but 101) come as Head followed by End.
/// After the head of a 101, or of a 2xx to CONNECT, comes End: what follows is not HTTP.
class ResponseParser {
public:
    explicit ResponseParser(ParseLimits limits = {});
    ~ResponseParser();
    ResponseParser(ResponseParser&&) noexcept;
    ResponseParser& operator=(ResponseParser&&) noexcept;

    /// Starts the reading of one response (interim ones included) to a request with that method.
    void expectResponseTo(QByteArrayView method);
    ParseOutcome next(QByteArrayView input);
    /// The connection ended. End when that ends the content (UntilClose), else Error with
    /// ParseErrorKind::Truncated.
    ParseOutcome finish();
    /// Ready for the next head: after End of an interim response, or of a whole one.
    void reset();

    [[nodiscard]] const ResponseHead& head() const;
    [[nodiscard]] ResponseHead takeHead();
    [[nodiscard]] Framing framing() const;
    [[nodiscard]] const FieldList& trailers() const;
    [[nodiscard]] const ParseError& error() const;
    /// True when not one byte of a response has been seen since the last reset().
    [[nodiscard]] bool isBetweenMessages() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sallyport
