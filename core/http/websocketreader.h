// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/websocketextensions.h"
#include "core/http/websocketinflater.h"

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <memory>
#include <optional>

namespace sallyport {

/// The side that sends in the direction that is read; a client masks, a server does not (RFC
/// 6455 5.1).
enum class WebSocketSender { Client, Server };

/// What a message is, by its opcode (RFC 6455 11.8).
enum class WebSocketKind { Text, Binary, Close, Ping, Pong };

/// How much of a message its preview is.
enum class WebSocketPreview {
    Whole,
    Cut,    ///< the beginning
    Unread, ///< compressed, and it could not be inflated (further)
};

/// One message (RFC 6455 5.6) or control frame (5.5), without mask and compression.
struct WebSocketMessage {
    WebSocketKind kind = WebSocketKind::Text;
    bool isDeflated = false;
    bool isUtf8 = true; ///< of text and of the reason of a close, as far as it was kept
    WebSocketPreview shown = WebSocketPreview::Whole;
    quint32 frames = 1;
    quint64 bytes = 0;  ///< of payload as it went over the wire: compressed, without frame heads
    QByteArray preview; ///< the payload's beginning; of a close, its reason
    std::optional<quint16> closeCode; ///< of a close that gives one (7.4)
    friend bool operator==(const WebSocketMessage&, const WebSocketMessage&) = default;
};

/// Reads one direction of a WebSocket after its handshake, in a copy that delays nothing;
/// incremental, without I/O, in pieces of any size. What it keeps is bounded by one preview.
///
///     while (auto message = reader.next(bytes)) …
///
/// A fault of protocol ends the reading, not the relay. A text that is not UTF-8 is no such fault
/// here: its frames can be told apart, and the close frame that follows is worth seeing; what lies
/// beyond the preview is counted and not looked at.
class WebSocketReader {
public:
    /// Kept of each message, as a rule.
    static constexpr qsizetype kPreviewBytes = 4096;

    /// `preview`: bytes kept of each message; with 0 nothing is inflated either. The reason of a
    /// close is kept in any case.
    WebSocketReader(WebSocketSender sender, const WebSocketTerms& terms,
                    qsizetype preview = kPreviewBytes);

    /// Takes bytes from the front up to the end of a message, and gives it; takes all of them and
    /// gives nothing when there is none. The fragments of a message are joined, control frames
    /// between them come first. Once unreadable, takes all and gives nothing.
    [[nodiscard]] std::optional<WebSocketMessage> next(QByteArrayView& bytes);
    /// Why nothing more can be read, one clause; empty while it can.
    [[nodiscard]] QByteArrayView unreadable() const { return m_unreadable; }
    /// False inside a frame or a fragmented message.
    [[nodiscard]] bool isBetweenMessages() const { return m_headSize == 0 && !m_isInMessage; }

private:
    [[nodiscard]] bool takeHead(QByteArrayView& bytes);
    [[nodiscard]] QByteArray faultOfHead() const;
    [[nodiscard]] QByteArray faultOfControl() const;
    [[nodiscard]] QByteArray faultOfData() const;
    void readLength();
    void beginFrame();
    void takePayload(QByteArrayView bytes);
    void inflate(QByteArrayView bytes);
    [[nodiscard]] std::optional<WebSocketMessage> endFrame();
    [[nodiscard]] WebSocketMessage takeMessage();
    void finishControl();
    [[nodiscard]] unsigned first() const { return m_head[0]; }
    [[nodiscard]] unsigned opcode() const { return first() & 0x0fU; }
    [[nodiscard]] bool isControl() const { return (first() & 0x08U) != 0; }
    [[nodiscard]] bool isFinal() const { return (first() & 0x80U) != 0; }
    [[nodiscard]] bool isMasked() const { return (m_head[1] & 0x80U) != 0; }
    [[nodiscard]] std::size_t headBytes() const;

    WebSocketSender m_sender;
    qsizetype m_kept;
    std::optional<DeflateTerms> m_terms;
    std::unique_ptr<WebSocketInflater> m_inflater; ///< from the first compressed message on
    QByteArray m_unreadable;
    std::array<unsigned char, 14> m_head{};
    std::size_t m_headSize = 0; ///< bytes of m_head that are there; 0 between two frames
    std::array<char, 4> m_mask{};
    std::size_t m_maskAt = 0;
    quint64 m_left = 0; ///< bytes of the frame's payload still to come
    bool m_isInPayload = false;
    bool m_isInMessage = false; ///< between the first and the last fragment
    bool m_isClosed = false;
    WebSocketMessage m_message; ///< data, over all its fragments
    WebSocketMessage m_control;
};

} // namespace sallyport
