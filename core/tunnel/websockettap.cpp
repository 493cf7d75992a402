// SPDX-License-Identifier: MIT
#include "core/tunnel/websockettap.h"

namespace sallyport {

WebSocketFacts webSocketFacts(const ResponseHead& answer) {
    WebSocketFacts facts;
    facts.terms = readWebSocketExtensions(answer.fields.combined("Sec-WebSocket-Extensions"));
    if (const auto chosen = answer.fields.first("Sec-WebSocket-Protocol"))
        facts.subprotocol = chosen->toByteArray();
    return facts;
}

std::unique_ptr<WebSocketTap> WebSocketTap::forTunnel(ExchangeRecorder& recorder) {
    const ExchangeRecord& record = recorder.record();
    if (!record.webSocket && record.role != ExchangeRole::Tunnel) return nullptr;
    return std::unique_ptr<WebSocketTap>(new WebSocketTap(recorder));
}

WebSocketTap::WebSocketTap(ExchangeRecorder& recorder)
    : m_recorder(recorder) {
    if (recorder.record().webSocket)
        beginReading();
    else
        m_sniffer = std::make_unique<HandshakeSniffer>();
}

void WebSocketTap::beginReading() {
    const WebSocketTerms& terms = m_recorder.record().webSocket->terms;
    const qsizetype preview =
        m_recorder.keepsContents() ? WebSocketReader::kPreviewOctets : qsizetype{0};
    m_readers.emplace(Readers{WebSocketReader(WebSocketSender::Client, terms, preview),
                              WebSocketReader(WebSocketSender::Server, terms, preview)});
}

bool WebSocketTap::isOver() const {
    if (m_sniffer) return false;
    return !m_readers ||
           (!m_readers->client.unreadable().isEmpty() && !m_readers->server.unreadable().isEmpty());
}

void WebSocketTap::passed(WebSocketSender from, QByteArrayView octets) {
    if (m_sniffer)
        sniff(from, octets);
    else if (m_readers)
        read(from, octets);
}

void WebSocketTap::sniff(WebSocketSender from, QByteArrayView octets) {
    const HandshakeSniffer::Verdict verdict = from == WebSocketSender::Client
                                                  ? m_sniffer->clientSent(octets)
                                                  : m_sniffer->serverSent(octets);
    if (verdict == HandshakeSniffer::Verdict::Undecided) return;
    const std::unique_ptr<HandshakeSniffer> sniffer = std::move(m_sniffer);
    m_wasRefused = verdict == HandshakeSniffer::Verdict::Refused;
    if (verdict != HandshakeSniffer::Verdict::WebSocket) return;
    WebSocketFacts facts = webSocketFacts(sniffer->response());
    facts.path = sniffer->request().target.raw;
    m_recorder.webSocketBegan(std::move(facts));
    beginReading();
    read(WebSocketSender::Client, sniffer->clientRest());
    read(WebSocketSender::Server, sniffer->serverRest());
}

void WebSocketTap::read(WebSocketSender from, QByteArrayView octets) {
    WebSocketReader& reader =
        from == WebSocketSender::Client ? m_readers->client : m_readers->server;
    const auto& facts = m_recorder.record().webSocket;
    while (auto message = reader.next(octets))
        m_recorder.webSocketMessage(from, std::move(*message));
    if (!reader.unreadable().isEmpty() && facts && facts->from(from).unreadable.isEmpty())
        m_recorder.webSocketUnreadable(from, reader.unreadable());
}

} // namespace sallyport
