// SPDX-License-Identifier: MIT
#include "core/observe/bodyredactor.h"

#include <algorithm>

namespace sallyport {

void BodyRedactor::setCoding(QByteArrayView contentEncoding) {
    if (!contentEncoding.isEmpty()) m_decoder = ContentDecoder::forCoding(contentEncoding);
}

void BodyRedactor::decode(QByteArrayView bytes, const KnownSecrets& known) {
    // In slices, so that what a piece decodes to is never there all at once.
    constexpr qsizetype kSlice = 4096;
    while (!bytes.isEmpty() && !isWithheld()) {
        const qsizetype size = std::min(bytes.size(), kSlice);
        static_cast<void>(m_decoded.feed(m_decoder->feed(bytes.first(size)), known));
        bytes = bytes.sliced(size);
    }
}

QByteArrayView BodyRedactor::feed(QByteArrayView bytes, const KnownSecrets& known) {
    if (known.isEmpty()) return bytes;
    if (m_decoder) decode(bytes, known);
    if (isWithheld()) return {};
    // Also where a coding is named: a response may say one that its content does not have.
    return m_raw.feed(bytes, known);
}

QByteArrayView BodyRedactor::finish(const KnownSecrets& known) {
    return isWithheld() ? QByteArrayView() : m_raw.finish(known);
}

} // namespace sallyport
