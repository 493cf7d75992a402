// SPDX-License-Identifier: MIT
#include "core/tunnel/handshakesniffer.h"

#include "core/http/websockethandshake.h"

#include <utility>

namespace sallyport {

namespace {
/// RFC 6455 4.1: the method of a handshake is GET.
constexpr QByteArrayView kStart("GET ");
} // namespace

HandshakeSniffer::Verdict HandshakeSniffer::clientSent(QByteArrayView bytes) {
    if (m_hasRequest) {
        if (m_clientRest.size() + bytes.size() > kMaxEarly) return Verdict::Other;
        m_clientRest.append(bytes);
        return Verdict::Undecided;
    }
    if (m_requestParser) return readRequest(bytes);
    if (m_start.isEmpty() && bytes.size() >= kStart.size())
        return bytes.startsWith(kStart) ? readRequest(bytes) : Verdict::Other;
    m_start.append(bytes);
    const QByteArray start = m_start;
    if (start.size() >= kStart.size())
        return start.startsWith(kStart) ? readRequest(start) : Verdict::Other;
    return kStart.startsWith(start) ? Verdict::Undecided : Verdict::Other;
}

HandshakeSniffer::Verdict HandshakeSniffer::readRequest(QByteArrayView bytes) {
    if (!m_requestParser) m_requestParser = std::make_unique<RequestParser>();
    const ParseOutcome outcome = m_requestParser->next(bytes);
    if (outcome.step == ParseStep::NeedMore) return Verdict::Undecided;
    if (outcome.step != ParseStep::Head ||
        !asksForWebSocket(m_requestParser->head(), m_requestParser->framing()))
        return Verdict::Other;
    m_hasRequest = true;
    m_request = m_requestParser->takeHead();
    m_requestParser.reset();
    return clientSent(bytes.sliced(outcome.consumed));
}

HandshakeSniffer::Verdict HandshakeSniffer::serverSent(QByteArrayView bytes) {
    m_serverBytes += bytes.size();
    // A side that sends first, or for so long, is no HTTP server that got this request.
    if (!m_hasRequest) return Verdict::Other;
    if (!m_responseParser) {
        m_responseParser = std::make_unique<ResponseParser>();
        m_responseParser->expectResponseTo("GET");
    }
    while (true) {
        const ParseOutcome outcome = m_responseParser->next(bytes);
        bytes = bytes.sliced(outcome.consumed);
        if (outcome.step == ParseStep::NeedMore)
            return m_serverBytes > kMaxResponse ? Verdict::Other : Verdict::Undecided;
        if (outcome.step == ParseStep::End) {
            if (m_response.status == 101) break;
            m_responseParser->reset();
            continue;
        }
        if (outcome.step != ParseStep::Head) return Verdict::Other;
        m_response = m_responseParser->takeHead();
        const bool isSwitch =
            m_response.status == 101 && m_response.fields.hasToken("Upgrade", "websocket");
        if (isSwitch || m_response.isInterim()) continue;
        const bool isRefusal = m_response.status >= 200 && m_clientRest.isEmpty();
        return isRefusal ? Verdict::Refused : Verdict::Other;
    }
    m_serverRest = bytes.toByteArray();
    return Verdict::WebSocket;
}

} // namespace sallyport
