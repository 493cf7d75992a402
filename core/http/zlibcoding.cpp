// SPDX-License-Identifier: MIT
#include "core/http/zlibcoding.h"

#include <algorithm>
#include <array>
#include <limits>
#include <new>
#include <utility>

// zlib's macros cast in the old style.
#pragma GCC diagnostic ignored "-Wold-style-cast"
#define ZLIB_CONST
#include <zlib.h>

namespace sallyport {

namespace {

constexpr std::size_t kPiece = 16 * 1024;

enum class Wrapping { Gzip, Zlib, Bare };

int windowBits(Wrapping wrapping) {
    switch (wrapping) {
    case Wrapping::Gzip: return MAX_WBITS + 16;
    case Wrapping::Zlib: return MAX_WBITS;
    case Wrapping::Bare: break;
    }
    return -MAX_WBITS;
}

class ZlibCoding final : public Coding {
public:
    explicit ZlibCoding(Wrapping wrapping)
        : m_wrapping(wrapping) {
        if (inflateInit2(&m_stream, windowBits(wrapping)) != Z_OK) throw std::bad_alloc();
    }
    ~ZlibCoding() override { inflateEnd(&m_stream); }
    ZlibCoding(const ZlibCoding&) = delete;
    ZlibCoding& operator=(const ZlibCoding&) = delete;

    DecodeResult decode(QByteArrayView bytes, QByteArray& out, qint64 room) override {
        constexpr qsizetype kMost = std::numeric_limits<uInt>::max() / 2;
        while (!bytes.isEmpty() && !m_isBehindEnd) {
            const QByteArrayView piece = bytes.first(std::min(bytes.size(), kMost));
            const DecodeResult result = m_wrapping == Wrapping::Zlib && m_isUntried
                                            ? tryWrapping(piece, out, room)
                                            : inflatePiece(piece, out, room);
            if (result != DecodeResult::All) return result;
            bytes = bytes.sliced(piece.size());
        }
        return DecodeResult::All;
    }

private:
    /// The first bytes tell the two meanings of `deflate` apart: a zlib header is a multiple of
    /// 31 and names method 8.
    DecodeResult tryWrapping(QByteArrayView piece, QByteArray& out, qint64 room) {
        m_start.append(piece);
        if (m_start.size() < 2) return DecodeResult::All;
        m_isUntried = false;
        const auto first = static_cast<unsigned char>(m_start[0]);
        const auto second = static_cast<unsigned char>(m_start[1]);
        const bool isZlib = (first & 0x0f) == 8 && (first * 256 + second) % 31 == 0;
        if (!isZlib && inflateReset2(&m_stream, windowBits(Wrapping::Bare)) != Z_OK)
            return DecodeResult::Failed;
        const QByteArray start = std::exchange(m_start, QByteArray());
        return inflatePiece(start, out, room);
    }

    DecodeResult inflatePiece(QByteArrayView piece, QByteArray& out, qint64 room) {
        m_stream.next_in = reinterpret_cast<const Bytef*>(piece.data());
        m_stream.avail_in = static_cast<uInt>(piece.size());
        if (m_isAtEnd && !startNextMember()) return DecodeResult::All;
        const qsizetype most = out.size() + room;
        // Through a buffer here, so that a small event does not keep a large allocation alive.
        std::array<char, kPiece> plain;
        while (true) {
            m_stream.next_out = reinterpret_cast<Bytef*>(plain.data());
            m_stream.avail_out = static_cast<uInt>(plain.size());
            const int result = inflate(&m_stream, Z_SYNC_FLUSH);
            const auto size = static_cast<qsizetype>(plain.size() - m_stream.avail_out);
            if (!appendUpTo(most, out, {plain.data(), size})) return DecodeResult::Cut;
            if (result == Z_STREAM_END) {
                m_isAtEnd = true;
                if (m_stream.avail_in == 0 || !startNextMember()) return DecodeResult::All;
                continue;
            }
            if (result != Z_OK && result != Z_BUF_ERROR) return DecodeResult::Failed;
            if (m_stream.avail_in == 0 && m_stream.avail_out > 0) return DecodeResult::All;
        }
    }

    /// False when what follows the end is not another member, and so nothing of ours.
    bool startNextMember() {
        constexpr unsigned char kGzipStart = 0x1f;
        const bool isMember = m_wrapping == Wrapping::Gzip && *m_stream.next_in == kGzipStart;
        m_isBehindEnd = !isMember;
        m_isAtEnd = false;
        return isMember && inflateReset(&m_stream) == Z_OK;
    }

    z_stream m_stream{};
    Wrapping m_wrapping;
    QByteArray m_start;
    bool m_isUntried = true;
    bool m_isAtEnd = false;
    bool m_isBehindEnd = false;
};

} // namespace

std::unique_ptr<Coding> makeGzipCoding() { return std::make_unique<ZlibCoding>(Wrapping::Gzip); }
std::unique_ptr<Coding> makeDeflateCoding() { return std::make_unique<ZlibCoding>(Wrapping::Zlib); }

} // namespace sallyport
