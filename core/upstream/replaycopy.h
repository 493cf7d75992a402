// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"

#include <QByteArray>
#include <QByteArrayView>

#include <utility>

namespace sallyport {

/// A copy of the content that a reused connection was given, for the case that the connection
/// turns out to have been closed before any of it came. Whole or nothing.
class ReplayCopy {
public:
    /// More than this is not kept, …
    static constexpr qsizetype kMaxOctets = ByteStream::kHighWatermark;
    /// … and more than this not for long.
    static constexpr qsizetype kSmallOctets = 16 * 1024;

    /// From the first octet of content on.
    void begin() {
        m_octets.resize(0);
        m_isWhole = true;
    }
    void add(QByteArrayView framed) {
        if (!m_isWhole) return;
        if (m_octets.size() + framed.size() > kMaxOctets)
            drop();
        else
            m_octets.append(framed.data(), framed.size());
    }
    void drop() {
        m_octets = QByteArray();
        m_isWhole = false;
    }
    /// All that was given since begin() is here.
    [[nodiscard]] bool isWhole() const { return m_isWhole; }
    [[nodiscard]] bool isLarge() const { return m_octets.size() > kSmallOctets; }
    /// Hands the octets over and keeps nothing more.
    [[nodiscard]] QByteArray take() {
        m_isWhole = false;
        return std::exchange(m_octets, {});
    }

private:
    QByteArray m_octets;
    bool m_isWhole = false;
};

} // namespace sallyport
