// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <cstddef>
#include <vector>

namespace sallyport {

/// A stream in a lingering close that has no owner any more.
class LingeringStream {
public:
    virtual ~LingeringStream() = default;
    /// What its peer has not taken yet.
    [[nodiscard]] virtual qsizetype lingeringBytes() const = 0;
    /// Ends it now; it takes itself out of the list.
    virtual void cutLinger() = 0;
};

/// The streams of one reactor that close without an owner. No limit of connections counts them any
/// more, and each holds a descriptor and up to LingeringClose::kStallTimeout long what its peer
/// does not take: beyond the limits here the oldest are cut.
class LingeringLimit {
public:
    static constexpr std::size_t kMaxStreams = 1024;
    static constexpr qsizetype kMaxPendingBytes = qsizetype{16} * 1024 * 1024;

    /// The one that is added is never cut by it.
    void add(LingeringStream& stream);
    void remove(LingeringStream& stream);

private:
    [[nodiscard]] qsizetype pendingBytes() const;

    std::vector<LingeringStream*> m_streams; ///< the oldest in front
};

} // namespace sallyport
