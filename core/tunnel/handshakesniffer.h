// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/requestparser.h"
#include "core/http/responseparser.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace sallyport {

/// Looks at the first bytes of a tunnel, in a copy, for a WebSocket handshake in plain text: one
/// request that asks for it, one response that is 101 or refuses. Pure; keeps no more than a head
/// of each side and kMaxEarly bytes after the request. What does not begin with `GET ` costs
/// nothing.
class HandshakeSniffer {
public:
    /// Bytes that a client may send after its request before the response has come; with more the
    /// tunnel stays unread.
    static constexpr qsizetype kMaxEarly = 64 * 1024;
    /// Of the server's bytes up to the end of its 101, interim responses included.
    static constexpr qsizetype kMaxResponse = 64 * 1024;

    enum class Verdict {
        Undecided,
        WebSocket,
        Refused, ///< a final response, and nothing sent after the request before it came
        Other
    };

    /// Call no more once the verdict is not Undecided.
    [[nodiscard]] Verdict clientSent(QByteArrayView bytes);
    [[nodiscard]] Verdict serverSent(QByteArrayView bytes);

    /// Once the verdict is WebSocket: the handshake, and the bytes that came after it.
    [[nodiscard]] const RequestHead& request() const { return m_request; }
    [[nodiscard]] const ResponseHead& response() const { return m_response; }
    [[nodiscard]] const QByteArray& clientRest() const { return m_clientRest; }
    [[nodiscard]] const QByteArray& serverRest() const { return m_serverRest; }

private:
    [[nodiscard]] Verdict readRequest(QByteArrayView bytes);

    QByteArray m_start; ///< the client's first bytes, fewer than four
    std::unique_ptr<RequestParser> m_requestParser;
    std::unique_ptr<ResponseParser> m_responseParser;
    RequestHead m_request;
    ResponseHead m_response;
    bool m_hasRequest = false;
    qsizetype m_serverBytes = 0;
    QByteArray m_clientRest;
    QByteArray m_serverRest;
};

} // namespace sallyport
