// SPDX-License-Identifier: MIT
#include "core/net/lingeringlimit.h"

#include <algorithm>
#include <numeric>

namespace sallyport {

void LingeringLimit::add(LingeringStream& stream) {
    while (m_streams.size() >= kMaxStreams)
        m_streams.front()->cutLinger();
    if (stream.lingeringBytes() > 0) {
        // One without pending bytes would be cut for nothing.
        const auto holds = [](const LingeringStream* each) { return each->lingeringBytes() > 0; };
        for (auto oldest = std::find_if(m_streams.begin(), m_streams.end(), holds);
             oldest != m_streams.end() &&
             pendingBytes() + stream.lingeringBytes() > kMaxPendingBytes;
             oldest = std::find_if(m_streams.begin(), m_streams.end(), holds))
            (*oldest)->cutLinger();
    }
    m_streams.push_back(&stream);
}

void LingeringLimit::remove(LingeringStream& stream) { std::erase(m_streams, &stream); }

qsizetype LingeringLimit::pendingBytes() const {
    return std::accumulate(
        m_streams.begin(), m_streams.end(), qsizetype{0},
        [](qsizetype sum, const LingeringStream* each) { return sum + each->lingeringBytes(); });
}

} // namespace sallyport
