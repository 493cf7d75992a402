// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"

#include <QByteArray>
#include <QByteArrayView>

#include <utility>

namespace sallyport {

/// A copy of the content that a reused connection was given, for the case that the connection
/// turns out to have been closed before any of it came. Whole or nothing.
class RequestBodyCopy {
public:
    /// More than this is not kept, …
    static constexpr qsizetype kMaxBytes = ByteStream::kHighWatermark;
    /// … and more than this not for long.
    static constexpr qsizetype kSmallBytes = 16 * 1024;

    /// From the first byte of content on; `announced` is its Content-Length, 0 where there is none.
    void begin(quint64 announced) {
        m_announced = announced;
        m_isWhole = true;
    }
    void add(QByteArrayView framed) {
        if (!m_isWhole || framed.isEmpty()) return;
        if (m_bytes.size() + framed.size() > kMaxBytes) {
            drop();
            return;
        }
        // Growing piece by piece copies what is there again; but an announcement alone reserves
        // nothing.
        const auto announced = static_cast<qsizetype>(qMin<quint64>(m_announced, kMaxBytes));
        if (m_bytes.isEmpty() && framed.size() < announced && framed.size() >= announced / 8)
            m_bytes.reserve(announced);
        m_bytes.append(framed.data(), framed.size());
    }
    void drop() {
        m_bytes = QByteArray();
        m_isWhole = false;
    }
    /// All that was given since begin() is here.
    [[nodiscard]] bool isWhole() const { return m_isWhole; }
    [[nodiscard]] bool isLarge() const { return m_bytes.size() > kSmallBytes; }
    /// Returns the bytes and keeps nothing more.
    [[nodiscard]] QByteArray take() {
        m_isWhole = false;
        return std::exchange(m_bytes, {});
    }

private:
    QByteArray m_bytes;
    quint64 m_announced = 0;
    bool m_isWhole = false;
};

} // namespace sallyport
