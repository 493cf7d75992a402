// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/framing.h"
#include "core/http/parseoutcome.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace sallyport {

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

} // namespace sallyport
