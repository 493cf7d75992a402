// SPDX-License-Identifier: MIT
#include "core/http/websocketreader.h"

#include <algorithm>
#include <utility>

namespace sallyport {

namespace {

constexpr unsigned kContinuation = 0x0;
constexpr unsigned kText = 0x1;
constexpr unsigned kBinary = 0x2;
constexpr unsigned kClose = 0x8;
constexpr unsigned kPing = 0x9;
constexpr unsigned kPong = 0xa;
constexpr unsigned kDeflatedBit = 0x40; ///< RSV1, RFC 7692 6
constexpr unsigned kOtherBits = 0x30;
constexpr quint64 kMaxControl = 125;

WebSocketKind kindOf(unsigned opcode) {
    switch (opcode) {
    case kBinary: return WebSocketKind::Binary;
    case kClose: return WebSocketKind::Close;
    case kPing: return WebSocketKind::Ping;
    case kPong: return WebSocketKind::Pong;
    case kText:
    default: return WebSocketKind::Text; // the others are refused before
    }
}

bool isKnown(unsigned opcode) { return opcode <= kBinary || (opcode >= kClose && opcode <= kPong); }

/// Writes `bytes` with the mask undone (RFC 6455 5.3); `at` is their place in the payload.
void unmask(QByteArrayView bytes, const std::array<char, 4>& mask, std::size_t at, char* out) {
    for (qsizetype i = 0; i < bytes.size(); ++i, ++at)
        out[i] = static_cast<char>(bytes[i] ^ mask[at & 3U]);
}

/// Drops a last character that the cut left incomplete.
void cutAtCharacter(QByteArray& text) {
    constexpr qsizetype kLongest = 4;
    for (qsizetype back = 1; back <= std::min(kLongest, text.size()); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if ((byte & 0xc0U) == 0x80U) continue;
        const qsizetype wanted = byte >= 0xf0U ? 4 : byte >= 0xe0U ? 3 : byte >= 0xc0U ? 2 : 1;
        if (wanted > back) text.chop(back);
        return;
    }
}

} // namespace

WebSocketReader::WebSocketReader(WebSocketSender sender, const WebSocketTerms& terms,
                                 qsizetype preview)
    : m_sender(sender)
    , m_kept(preview)
    , m_terms(sender == WebSocketSender::Client ? terms.fromClient : terms.fromServer)
    , m_unreadable(terms.unreadable) {}

std::optional<WebSocketMessage> WebSocketReader::next(QByteArrayView& bytes) {
    while (!bytes.isEmpty() && m_unreadable.isEmpty()) {
        if (!m_isInPayload && !takeHead(bytes)) continue;
        const auto size =
            static_cast<qsizetype>(std::min<quint64>(m_left, static_cast<quint64>(bytes.size())));
        if (size > 0) takePayload(bytes.first(size));
        bytes = bytes.sliced(size);
        if (m_left > 0) continue;
        if (auto message = endFrame()) return message;
    }
    bytes = {};
    return std::nullopt;
}

std::size_t WebSocketReader::headBytes() const {
    if (m_headSize < 2) return 2;
    const unsigned length = m_head[1] & 0x7fU;
    return 2U + (length == 127U ? 8U : length == 126U ? 2U : 0U) + (isMasked() ? 4U : 0U);
}

/// True once the head of a frame is whole and in order.
bool WebSocketReader::takeHead(QByteArrayView& bytes) {
    while (m_headSize < headBytes() && !bytes.isEmpty()) {
        m_head[m_headSize++] = static_cast<unsigned char>(bytes.front());
        bytes = bytes.sliced(1);
    }
    if (m_headSize < headBytes()) return false;
    readLength();
    m_unreadable = faultOfHead();
    if (!m_unreadable.isEmpty()) return false;
    beginFrame();
    return true;
}

void WebSocketReader::readLength() {
    const unsigned length = m_head[1] & 0x7fU;
    const std::size_t more = length == 127U ? 8U : length == 126U ? 2U : 0U;
    m_left = more == 0 ? length : 0;
    for (std::size_t i = 0; i < more; ++i)
        m_left = (m_left << 8U) | m_head[2 + i];
}

QByteArray WebSocketReader::faultOfHead() const {
    constexpr quint64 kMost = 0x7fffffffffffffffULL;
    const unsigned length = m_head[1] & 0x7fU;
    if (m_isClosed) return "bytes behind a close frame";
    if (!isKnown(opcode())) return "a reserved opcode";
    if ((first() & kOtherBits) != 0) return "a reserved bit that no extension uses";
    if (isMasked() != (m_sender == WebSocketSender::Client))
        return isMasked() ? "a masked frame of the server" : "a frame of the client without mask";
    if ((length == 126U && m_left < 126) || (length == 127U && m_left <= 0xffff))
        return "a length in more bytes than it needs";
    if (m_left > kMost) return "a length beyond 63 bits";
    return isControl() ? faultOfControl() : faultOfData();
}

QByteArray WebSocketReader::faultOfControl() const {
    if ((first() & kDeflatedBit) != 0) return "a compressed control frame";
    if (!isFinal()) return "a control frame in fragments";
    if (m_left > kMaxControl) return "a control frame of more than 125 bytes";
    if (opcode() == kClose && m_left == 1) return "a close frame with half a code";
    return {};
}

QByteArray WebSocketReader::faultOfData() const {
    const bool isContinuation = opcode() == kContinuation;
    if (isContinuation && !m_isInMessage) return "a continuation of nothing";
    if (!isContinuation && m_isInMessage) return "a message inside another";
    if ((first() & kDeflatedBit) == 0) return {};
    // RFC 7692 6.1: the bit stands on the first fragment alone.
    return isContinuation || !m_terms ? "a compression bit out of place" : QByteArray();
}

void WebSocketReader::beginFrame() {
    m_isInPayload = true;
    m_maskAt = 0;
    if (isMasked())
        std::copy_n(m_head.begin() + static_cast<std::ptrdiff_t>(m_headSize) - 4, 4,
                    m_mask.begin());
    if (opcode() == kContinuation) {
        ++m_message.frames;
        m_message.bytes += m_left;
        return;
    }
    WebSocketMessage& message = isControl() ? m_control : m_message;
    message.kind = kindOf(opcode());
    message.bytes = m_left;
    if (isControl()) return;
    m_isInMessage = true;
    message.isDeflated = (first() & kDeflatedBit) != 0;
    if (message.isDeflated && !m_inflater && m_kept > 0)
        m_inflater = std::make_unique<WebSocketInflater>(*m_terms);
}

void WebSocketReader::takePayload(QByteArrayView bytes) {
    const auto size = static_cast<std::size_t>(bytes.size());
    if (!isControl() && m_message.isDeflated && m_kept > 0) {
        inflate(bytes);
    } else {
        QByteArray& kept = isControl() ? m_control.preview : m_message.preview;
        const qsizetype start = kept.size();
        const qsizetype most = isControl() ? qsizetype{kMaxControl} : m_kept;
        const QByteArrayView part = bytes.first(std::min(bytes.size(), most - start));
        kept.append(part);
        if (isMasked()) unmask(part, m_mask, m_maskAt, kept.data() + start);
        if (part.size() < bytes.size()) m_message.shown = WebSocketPreview::Cut;
    }
    m_maskAt = (m_maskAt + size) & 3U;
    m_left -= size;
}

void WebSocketReader::inflate(QByteArrayView bytes) {
    if (!isMasked()) {
        m_inflater->feed(bytes, m_message.preview, m_kept);
        return;
    }
    constexpr qsizetype kPiece = 4096; // a multiple of the mask
    std::array<char, kPiece> plain;    // NOLINT: filled right below
    for (qsizetype at = 0; at < bytes.size(); at += kPiece) {
        const QByteArrayView piece = bytes.sliced(at, std::min(kPiece, bytes.size() - at));
        unmask(piece, m_mask, m_maskAt, plain.data());
        m_inflater->feed(QByteArrayView(plain.data(), piece.size()), m_message.preview, m_kept);
    }
}

std::optional<WebSocketMessage> WebSocketReader::endFrame() {
    m_headSize = 0;
    m_isInPayload = false;
    if (isControl()) {
        finishControl();
        return std::exchange(m_control, {});
    }
    if (!isFinal()) return std::nullopt;
    m_isInMessage = false;
    return takeMessage();
}

void WebSocketReader::finishControl() {
    if (m_control.kind != WebSocketKind::Close) return;
    m_isClosed = true;
    if (m_control.bytes < 2) return;
    const auto high = static_cast<unsigned char>(m_control.preview[0]);
    const auto low = static_cast<unsigned char>(m_control.preview[1]);
    m_control.closeCode = static_cast<quint16>(high * 256U + low);
    m_control.preview.remove(0, 2);
    m_control.isUtf8 = QByteArrayView(m_control.preview).isValidUtf8();
}

WebSocketMessage WebSocketReader::takeMessage() {
    if (m_message.isDeflated && m_kept > 0) {
        m_inflater->endMessage(m_message.preview, m_kept);
        if (m_inflater->wasCut()) m_message.shown = WebSocketPreview::Cut;
        if (m_inflater->hasFailed()) m_message.shown = WebSocketPreview::Unread;
    }
    if (m_message.kind == WebSocketKind::Text) {
        if (m_message.shown != WebSocketPreview::Whole) cutAtCharacter(m_message.preview);
        m_message.isUtf8 = QByteArrayView(m_message.preview).isValidUtf8();
    }
    return std::exchange(m_message, {});
}

} // namespace sallyport
