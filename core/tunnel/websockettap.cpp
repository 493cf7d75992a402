// SPDX-License-Identifier: MIT
#include "core/tunnel/websockettap.h"

#include "core/tunnel/websocketsummary.h"

namespace sallyport {

std::unique_ptr<WebSocketTap> WebSocketTap::forTunnel(ExchangeRecorder& recorder) {
    const ExchangeRecord& record = recorder.record();
    if (!record.webSocket && record.role != RequestRole::Tunnel) return nullptr;
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
        m_recorder.keepsContents() ? WebSocketReader::kPreviewBytes : qsizetype{0};
    m_readers.emplace(Readers{WebSocketReader(WebSocketSender::Client, terms, preview),
                              WebSocketReader(WebSocketSender::Server, terms, preview)});
}

bool WebSocketTap::isOver() const {
    if (m_sniffer) return false;
    return !m_readers ||
           (!m_readers->client.unreadable().isEmpty() && !m_readers->server.unreadable().isEmpty());
}

void WebSocketTap::passed(WebSocketSender from, QByteArrayView bytes) {
    if (m_sniffer)
        sniff(from, bytes);
    else if (m_readers)
        read(from, bytes);
}

void WebSocketTap::sniff(WebSocketSender from, QByteArrayView bytes) {
    const HandshakeSniffer::Verdict verdict = from == WebSocketSender::Client
                                                  ? m_sniffer->clientSent(bytes)
                                                  : m_sniffer->serverSent(bytes);
    if (verdict == HandshakeSniffer::Verdict::Undecided) return;
    const std::unique_ptr<HandshakeSniffer> sniffer = std::move(m_sniffer);
    m_wasRefused = verdict == HandshakeSniffer::Verdict::Refused;
    if (verdict != HandshakeSniffer::Verdict::WebSocket) return;
    WebSocketSummary facts = webSocketSummary(sniffer->response());
    facts.path = sniffer->request().target.text;
    m_recorder.webSocketBegan(std::move(facts));
    beginReading();
    read(WebSocketSender::Client, sniffer->clientRest());
    read(WebSocketSender::Server, sniffer->serverRest());
}

void WebSocketTap::read(WebSocketSender from, QByteArrayView bytes) {
    WebSocketReader& reader =
        from == WebSocketSender::Client ? m_readers->client : m_readers->server;
    const auto& facts = m_recorder.record().webSocket;
    while (auto message = reader.next(bytes))
        m_recorder.webSocketMessage(from, std::move(*message));
    if (!reader.unreadable().isEmpty() && facts && facts->from(from).unreadable.isEmpty())
        m_recorder.webSocketUnreadable(from, reader.unreadable());
}

} // namespace sallyport
