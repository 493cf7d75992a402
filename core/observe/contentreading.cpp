// SPDX-License-Identifier: MIT
#include "core/observe/contentreading.h"

#include <algorithm>

namespace sallyport {

void ContentReading::feedResponse(QByteArrayView bytes) {
    if (!decoder) {
        response->feed(bytes);
        return;
    }
    // In slices, so that what a piece decodes to is never there all at once.
    constexpr qsizetype kSlice = 4096;
    for (; !bytes.isEmpty(); bytes = bytes.sliced(std::min(bytes.size(), kSlice)))
        response->feed(decoder->feed(bytes.first(std::min(bytes.size(), kSlice))));
}

void ContentReading::watchDeltas(const KnownSecrets& known) {
    if (!response || known.isEmpty()) return;
    response->setDeltaCallback([this, known](QByteArrayView literal) {
        const QByteArrayView text = literal.sliced(1, literal.size() - 2);
        SecretSpans whole;
        static_cast<void>(known.findInStart(text, whole));
        const auto masked = whole.masked(text);
        static_cast<void>(deltas.feed(masked ? QByteArrayView(*masked) : text, known));
    });
}

} // namespace sallyport
