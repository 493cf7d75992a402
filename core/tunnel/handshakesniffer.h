// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/messageparser.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace sallyport {

/// Looks at the first octets of a tunnel, in a copy, for a WebSocket handshake in plain text: one
/// request that asks for it, one answer that is 101 or refuses. Pure; keeps no more than a head of
/// each side and kMaxEarly octets behind the request. What does not begin with `GET ` costs
/// nothing.
class HandshakeSniffer {
public:
    /// Octets that a client may send behind its request before the answer has come; with more the
    /// tunnel stays unread.
    static constexpr qsizetype kMaxEarly = 64 * 1024;
    /// Of the server's octets up to the end of its 101, interim answers included.
    static constexpr qsizetype kMaxAnswer = 64 * 1024;

    enum class Verdict {
        Undecided,
        WebSocket,
        Refused, ///< a final answer, and nothing sent behind the request before it came
        Other
    };

    /// Call no more once the verdict is not Undecided.
    [[nodiscard]] Verdict clientSent(QByteArrayView octets);
    [[nodiscard]] Verdict serverSent(QByteArrayView octets);

    /// Once the verdict is WebSocket: the handshake, and the octets that came behind it.
    [[nodiscard]] const RequestHead& request() const { return m_request; }
    [[nodiscard]] const ResponseHead& response() const { return m_response; }
    [[nodiscard]] const QByteArray& clientRest() const { return m_clientRest; }
    [[nodiscard]] const QByteArray& serverRest() const { return m_serverRest; }

private:
    [[nodiscard]] Verdict readRequest(QByteArrayView octets);

    QByteArray m_start; ///< the client's first octets, fewer than four
    std::unique_ptr<RequestParser> m_requestParser;
    std::unique_ptr<ResponseParser> m_responseParser;
    RequestHead m_request;
    ResponseHead m_response;
    bool m_hasRequest = false;
    qsizetype m_serverOctets = 0;
    QByteArray m_clientRest;
    QByteArray m_serverRest;
};

} // namespace sallyport
