// SPDX-License-Identifier: MIT
// The part of an exchange's story that a WebSocket tells.
#include "core/observe/exchangelog.h"
#include "core/observe/exchangering.h"
#include "core/secrets/redact.h"

namespace sallyport {

bool ExchangeRecorder::keepsContents() const { return m_ring.keepsBodies(); }

void ExchangeRecorder::webSocketBegan(WebSocketSummary facts) {
    if (hasEnded()) return;
    facts.path = redactedTarget(facts.path);
    facts.subprotocol = redactedText(facts.subprotocol);
    m_story->detail.record.webSocket = std::move(facts);
    m_ring.markChanged(*m_story);
}

void ExchangeRecorder::webSocketMessage(WebSocketSender from, WebSocketMessage message) {
    auto& facts = m_story->detail.record.webSocket;
    if (hasEnded() || !facts) return;
    WebSocketSent& sent = facts->from(from);
    const bool isData =
        message.kind == WebSocketKind::Text || message.kind == WebSocketKind::Binary;
    ++(isData ? sent.messages : sent.controls);
    if (!message.preview.isEmpty()) message.preview = redactedContent(message.preview);
    if (message.kind == WebSocketKind::Close) {
        sent.hasClosed = true;
        sent.closeCode = message.closeCode;
        sent.closeReason = QString::fromUtf8(message.preview);
    }
    if (m_ring.keepsBodies())
        m_ring.keepMessage(*m_story, {facts->total(), micros(), from, std::move(message)});
    m_ring.markChanged(*m_story);
}

void ExchangeRecorder::webSocketUnreadable(WebSocketSender from, QByteArrayView why) {
    auto& facts = m_story->detail.record.webSocket;
    if (hasEnded() || !facts) return;
    facts->from(from).unreadable = why.toByteArray();
    m_ring.markChanged(*m_story);
}

void ExchangeRecorder::webSocketEnded(WebSocketEnd end) {
    auto& facts = m_story->detail.record.webSocket;
    if (hasEnded() || !facts) return;
    facts->end = end;
    m_ring.markChanged(*m_story);
}

} // namespace sallyport
