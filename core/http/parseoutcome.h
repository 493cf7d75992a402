// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

#include <cstddef>

namespace sallyport {

/// Bounds of what a parser keeps. Beyond them it is an error, never a silent cut.
struct ParseLimits {
    qsizetype head = 64 * 1024;     ///< bytes of start line and field section together
    qsizetype target = 16 * 1024;   ///< bytes of a request target
    std::size_t fields = 256;       ///< lines of a head, and of a trailer section
    qsizetype chunkLine = 4096;     ///< bytes of a chunk-size line with its extensions
    qsizetype trailers = 16 * 1024; ///< bytes of a trailer section
    /// Bytes of chunk extensions in one message, less the bytes of content that came with them:
    /// extensions are dropped and may not outweigh the content that is passed on.
    qsizetype chunkExtensions = 64 * 1024;
};

/// What one step of a parser found.
enum class ParseStep {
    NeedMore, ///< all input was taken; ask again when there is more
    Head,     ///< head() is complete and its framing is known
    Body,     ///< `body` is the next piece of content
    End,      ///< the message is complete; trailers() is set. The rest of the input is not ours
    Error,    ///< final: error() says why. Every later call gives the same
};

struct ParseOutcome {
    ParseStep step = ParseStep::NeedMore;
    qsizetype consumed = 0; ///< bytes of the input that were taken and must not be given again
    QByteArrayView body;    ///< a part of the input; for ParseStep::Body
};

} // namespace sallyport
