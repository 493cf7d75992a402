// SPDX-License-Identifier: MIT
#include "core/http/brotlicoding.h"

#include <brotli/decode.h>

#include <new>

namespace sallyport {

namespace {

class BrotliCoding final : public Coding {
public:
    BrotliCoding()
        : m_state(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)) {
        if (!m_state) throw std::bad_alloc();
    }

    DecodeResult decode(QByteArrayView bytes, QByteArray& out, qint64 room) override {
        auto available = static_cast<std::size_t>(bytes.size());
        const auto* next = reinterpret_cast<const std::uint8_t*>(bytes.data());
        const qsizetype before = out.size();
        while (BrotliDecoderIsFinished(m_state.get()) == BROTLI_FALSE) {
            std::size_t none = 0;
            const auto result = BrotliDecoderDecompressStream(m_state.get(), &available, &next,
                                                              &none, nullptr, nullptr);
            if (result == BROTLI_DECODER_RESULT_ERROR) return DecodeResult::Failed;
            if (!takeOutput(out, before + room)) return DecodeResult::Cut;
            if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) break;
        }
        return DecodeResult::All;
    }

private:
    struct Destroy {
        void operator()(BrotliDecoderState* state) const { BrotliDecoderDestroyInstance(state); }
    };

    /// The decoder's own ring is copied from, so that no piece is sized by guessing.
    bool takeOutput(QByteArray& out, qsizetype most) {
        while (BrotliDecoderHasMoreOutput(m_state.get()) == BROTLI_TRUE) {
            std::size_t size = 0;
            const std::uint8_t* bytes = BrotliDecoderTakeOutput(m_state.get(), &size);
            const QByteArrayView piece(bytes, static_cast<qsizetype>(size));
            if (!appendUpTo(most, out, piece)) return false;
        }
        return true;
    }

    std::unique_ptr<BrotliDecoderState, Destroy> m_state;
};

} // namespace

std::unique_ptr<Coding> makeBrotliCoding() { return std::make_unique<BrotliCoding>(); }

} // namespace sallyport
