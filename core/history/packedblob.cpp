// SPDX-License-Identifier: MIT
#include "core/history/packedblob.h"

#include <QByteArrayView>

#include <zstd.h>

#include <algorithm>
#include <memory>
#include <new>

namespace sallyport::packedblob {

namespace {

// Where qCompress() puts the size of the content: none has one so large.
constexpr QByteArrayView kPlainMark("\xff\xff\xff\xff", 4);
constexpr QByteArrayView kZstdMark("\xff\xff\xff\xfe", 4);

/// Zstandard's own measure for quick: a body of 300 KiB costs some 1 ms, zlib's quickest 4 ms.
constexpr int kLevel = 1;

struct FreeContext {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

/// Kept from call to call: a new one costs as much as a small content.
ZSTD_CCtx* context() {
    thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> kept(ZSTD_createCCtx());
    if (!kept) throw std::bad_alloc();
    return kept.get();
}

QByteArray compressed(const QByteArray& content) {
    const auto size = static_cast<std::size_t>(content.size());
    const std::size_t bound = ZSTD_compressBound(size);
    QByteArray out(kZstdMark.size() + static_cast<qsizetype>(bound), Qt::Uninitialized);
    std::copy(kZstdMark.begin(), kZstdMark.end(), out.begin());
    const std::size_t written = ZSTD_compressCCtx(context(), out.data() + kZstdMark.size(), bound,
                                                  content.constData(), size, kLevel);
    Q_ASSERT(ZSTD_isError(written) == 0);
    out.truncate(kZstdMark.size() + static_cast<qsizetype>(written));
    out.squeeze();
    return out;
}

QByteArray decompressed(QByteArrayView frame) {
    const auto size = static_cast<std::size_t>(frame.size());
    const unsigned long long claimed = ZSTD_getFrameContentSize(frame.data(), size);
    // ZSTD_CONTENTSIZE_UNKNOWN and _ERROR are the two largest numbers.
    if (claimed > static_cast<unsigned long long>(kMaxContent)) return {};
    QByteArray out(static_cast<qsizetype>(claimed), Qt::Uninitialized);
    const std::size_t got = ZSTD_decompress(out.data(), claimed, frame.data(), size);
    if (ZSTD_isError(got) != 0 || got != claimed) return {};
    return out;
}

} // namespace

QByteArray packed(const QByteArray& content) {
    if (content.size() >= kLeastCompressed) return compressed(content);
    return QByteArray(kPlainMark.data(), kPlainMark.size()).append(content);
}

QByteArray unpacked(const QByteArray& blob) {
    const QByteArrayView view(blob);
    if (view.startsWith(kPlainMark)) return blob.sliced(kPlainMark.size());
    if (view.startsWith(kZstdMark)) return decompressed(view.sliced(kZstdMark.size()));
    return qUncompress(blob);
}

} // namespace sallyport::packedblob
