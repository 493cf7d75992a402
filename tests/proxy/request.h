// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/requestparser.h"

#include <QByteArray>

namespace sallyport::test {

/// The head of a request given as lines separated by '\n'; asserts that it parses.
inline std::pair<RequestHead, Framing> parsed(QByteArray lines) {
    lines.replace("\n", "\r\n");
    lines.append("\r\n\r\n");
    RequestParser parser;
    const ParseOutcome outcome = parser.next(lines);
    Q_ASSERT_X(outcome.step == ParseStep::Head, "parsed", parser.error().reason.constData());
    const Framing framing = parser.framing();
    return {parser.takeHead(), framing};
}

} // namespace sallyport::test
