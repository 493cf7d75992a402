// SPDX-License-Identifier: MIT
#include "core/http/websocketinflater.h"

#include <algorithm>
#include <array>
#include <limits>
#include <new>

// zlib's macros cast in the old style.
#pragma GCC diagnostic ignored "-Wold-style-cast"
#define ZLIB_CONST
#include <zlib.h>

namespace sallyport {

namespace {

/// RFC 7692 7.2.1: the end of each message's last block, which is left out on the way.
constexpr QByteArrayView kLeftOut("\x00\x00\xff\xff", 4);
constexpr qsizetype kPiece = 16 * 1024;

} // namespace

struct WebSocketInflater::Stream {
    explicit Stream(int windowBits) {
        // A window of 8 bits is deflated as one of 9 by zlib; ours may be larger than agreed.
        if (inflateInit2(&z, -std::max(windowBits, 9)) != Z_OK) throw std::bad_alloc();
    }
    ~Stream() { inflateEnd(&z); }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    z_stream z{};
};

WebSocketInflater::WebSocketInflater(DeflateTerms terms)
    : m_terms(terms) {}

WebSocketInflater::~WebSocketInflater() = default;

void WebSocketInflater::begin() {
    if (m_isInMessage) return;
    m_isInMessage = true;
    m_wasCut = false;
    m_hasFailed = m_isGivenUp;
    if (m_hasFailed) return;
    if (!m_stream)
        m_stream = std::make_unique<Stream>(m_terms.windowBits);
    else if (!m_terms.keepsContext)
        inflateReset(&m_stream->z);
}

void WebSocketInflater::fail() {
    m_hasFailed = true;
    // What is missing now, later messages may refer to.
    m_isGivenUp = m_isGivenUp || m_terms.keepsContext;
    m_stream.reset();
}

void WebSocketInflater::feed(QByteArrayView bytes, QByteArray& out, qsizetype most) {
    begin();
    constexpr qsizetype kMost = std::numeric_limits<uInt>::max() / 2;
    while (!bytes.isEmpty() && !m_hasFailed) {
        if (m_wasCut && !m_terms.keepsContext) return;
        const QByteArrayView piece = bytes.first(std::min(bytes.size(), kMost));
        bytes = bytes.sliced(piece.size());
        m_stream->z.next_in = reinterpret_cast<const Bytef*>(piece.data());
        m_stream->z.avail_in = static_cast<uInt>(piece.size());
        if (!inflatePiece(out, most)) fail();
    }
}

bool WebSocketInflater::inflatePiece(QByteArray& out, qsizetype most) {
    z_stream& z = m_stream->z;
    std::array<char, kPiece> plain; // NOLINT: filled by inflate()
    while (true) {
        const uInt before = z.avail_in;
        z.next_out = reinterpret_cast<Bytef*>(plain.data());
        // Without context one byte beyond what is kept tells enough.
        const qsizetype wanted =
            m_terms.keepsContext ? qsizetype{kPiece} : std::min(kPiece, most - out.size() + 1);
        z.avail_out = static_cast<uInt>(wanted);
        const int result = inflate(&z, Z_SYNC_FLUSH);
        const qsizetype size = wanted - static_cast<qsizetype>(z.avail_out);
        const qsizetype kept = std::min(size, most - out.size());
        out.append(QByteArrayView(plain.data(), kept));
        m_wasCut = m_wasCut || kept < size;
        m_taken += before - z.avail_in;
        m_inflated += static_cast<quint64>(size);
        if (m_wasCut && !m_terms.keepsContext) return true;
        if (result == Z_STREAM_END ? !goOnBehindEnd() : result != Z_OK && result != Z_BUF_ERROR)
            return false;
        if (m_inflated > kFreeBytes + kRatio * m_taken) {
            m_isGivenUp = true;
            return false;
        }
        if (z.avail_in == 0 && z.avail_out > 0) return true;
    }
}

/// RFC 7692 7.2.3.4: a sender may mark a block as the last, and go on with another, which may
/// refer to what was before it.
bool WebSocketInflater::goOnBehindEnd() {
    std::array<Bytef, 32 * 1024> window; // NOLINT: filled by zlib
    uInt size = 0;
    z_stream& z = m_stream->z;
    if (inflateGetDictionary(&z, window.data(), &size) != Z_OK) return false;
    if (inflateReset(&z) != Z_OK) return false;
    // Counted as work: two bytes are enough for such a block.
    m_inflated += size;
    return inflateSetDictionary(&z, window.data(), size) == Z_OK;
}

void WebSocketInflater::endMessage(QByteArray& out, qsizetype most) {
    if (!m_isInMessage)
        begin();
    else
        feed(kLeftOut, out, most);
    m_isInMessage = false;
}

} // namespace sallyport
