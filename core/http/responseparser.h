// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/framing.h"
#include "core/http/parseoutcome.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace sallyport {

/// Incremental, sans-I/O parser for responses (RFC 9112), used as RequestParser. Interim responses
/// (1xx but 101) come as Head followed by End. After the head of a 101, or of a 2xx to CONNECT,
/// comes End: what follows is not HTTP.
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
