// SPDX-License-Identifier: MIT
#include "core/http/zstdcoding.h"

#include <zstd.h>

#include <array>
#include <new>

namespace sallyport {

namespace {

/// RFC 9659: an HTTP sender must not need a window above 8 MiB; more would be our memory.
constexpr int kMaxWindowLog = 23;
constexpr std::size_t kPiece = 16 * 1024;

class ZstdCoding final : public Coding {
public:
    ZstdCoding()
        : m_stream(ZSTD_createDStream()) {
        if (!m_stream) throw std::bad_alloc();
        ZSTD_DCtx_setParameter(m_stream.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
    }

    DecodeResult decode(QByteArrayView bytes, QByteArray& out, qint64 room) override {
        ZSTD_inBuffer in{bytes.data(), static_cast<std::size_t>(bytes.size()), 0};
        const qsizetype most = out.size() + room;
        // Through a buffer here, so that a small event does not keep a large allocation alive.
        std::array<char, kPiece> piece;
        while (true) {
            ZSTD_outBuffer plain{piece.data(), piece.size(), 0};
            const std::size_t result = ZSTD_decompressStream(m_stream.get(), &plain, &in);
            if (ZSTD_isError(result) != 0) return DecodeResult::Failed;
            const auto size = static_cast<qsizetype>(plain.pos);
            if (!appendUpTo(most, out, {piece.data(), size})) return DecodeResult::Cut;
            if (in.pos == in.size && plain.pos < plain.size) return DecodeResult::All;
        }
    }

private:
    struct Free {
        void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
    };
    std::unique_ptr<ZSTD_DStream, Free> m_stream;
};

} // namespace

std::unique_ptr<Coding> makeZstdCoding() { return std::make_unique<ZstdCoding>(); }

} // namespace sallyport
