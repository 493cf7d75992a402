// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace sallyport {

/// Undoes a content coding (gzip, deflate, br, zstd) in the copy that is shown or counted; what is
/// passed on is never decoded. Incremental: a flush of the encoder comes out at once.
class ContentDecoder {
public:
    /// Bytes of plain text after which a decoder stops; a small response can decode to gigabytes.
    struct Limit {
        qint64 bytes = 32 * 1024 * 1024;
        qint64 perCodedByte = 0; ///< so many more for each byte that was fed
    };

    virtual ~ContentDecoder() = default;
    /// What `bytes` decode to. Empty text after an error or beyond the limit.
    [[nodiscard]] virtual QByteArray feed(QByteArrayView bytes) = 0;
    /// True once the bytes turned out not to be of the coding.
    [[nodiscard]] virtual bool hasFailed() const = 0;
    /// True once there was more plain text than the limit; what feed() gave up to it is good.
    [[nodiscard]] virtual bool wasCut() const = 0;

    /// A decoder with the limit of what is shown, for the value of a Content-Encoding field,
    /// several codings undone in turn; `identity` and an empty value give one that copies; null for
    /// a coding we do not know and for more than four.
    [[nodiscard]] static std::unique_ptr<ContentDecoder> forCoding(QByteArrayView contentEncoding) {
        return forCoding(contentEncoding, Limit{});
    }
    [[nodiscard]] static std::unique_ptr<ContentDecoder> forCoding(QByteArrayView contentEncoding,
                                                                   const Limit& limit);
};

} // namespace sallyport
