// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <algorithm>

namespace sallyport {

enum class DecodeResult {
    All,    ///< the input is used up, and all that it decodes to was appended
    Cut,    ///< there was more than the room allows
    Failed, ///< the input is not of the coding
};

/// One content coding being undone, incrementally.
class Coding {
public:
    virtual ~Coding() = default;
    /// Appends what `bytes` decode to, at most `room` bytes of it, to `out`. What comes
    /// after the coding's own end is ignored where that can be told. Not to be called again after
    /// Cut or Failed.
    [[nodiscard]] virtual DecodeResult decode(QByteArrayView bytes, QByteArray& out,
                                              qint64 room) = 0;
};

/// Appends `bytes` as far as `out` may grow to `most`; false when that was not all of it.
[[nodiscard]] inline bool appendUpTo(qsizetype most, QByteArray& out, QByteArrayView bytes) {
    const qsizetype room = most - out.size();
    out.append(bytes.first(std::min(bytes.size(), room)));
    return bytes.size() <= room;
}

} // namespace sallyport
