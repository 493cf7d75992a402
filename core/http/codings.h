// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <algorithm>
#include <memory>

namespace sallyport {

enum class Unfolded {
    All,    ///< the input is used up, and all that it unfolds to was appended
    Cut,    ///< there was more than the room allows
    Failed, ///< the input is not of the coding
};

/// One content coding being undone, incrementally.
class Coding {
public:
    virtual ~Coding() = default;
    /// Appends what `bytes` unfold to, at most `room` bytes of it, to `out`. What stands
    /// behind the coding's own end is ignored where that can be told. Not to be called again after
    /// Cut or Failed.
    [[nodiscard]] virtual Unfolded unfold(QByteArrayView bytes, QByteArray& out, qint64 room) = 0;
};

/// Appends `bytes` as far as `out` may grow to `most`; false when that was not all of it.
[[nodiscard]] inline bool appendUpTo(qsizetype most, QByteArray& out, QByteArrayView bytes) {
    const qsizetype room = most - out.size();
    out.append(bytes.first(std::min(bytes.size(), room)));
    return bytes.size() <= room;
}

/// RFC 1952; several members one behind the other are one content.
[[nodiscard]] std::unique_ptr<Coding> makeGzipCoding();
/// RFC 1950, and the bare RFC 1951 that some servers send under the same name.
[[nodiscard]] std::unique_ptr<Coding> makeDeflateCoding();
/// RFC 7932.
[[nodiscard]] std::unique_ptr<Coding> makeBrotliCoding();
/// RFC 8878.
[[nodiscard]] std::unique_ptr<Coding> makeZstdCoding();

} // namespace sallyport
