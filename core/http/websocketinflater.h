// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/websocketextensions.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace sallyport {

/// Undoes permessage-deflate (RFC 7692 7.2.2) in the copy of one direction that is shown; only the
/// beginning of each message is kept.
///
/// What it costs is bounded. Where messages do not refer to earlier ones, nothing is inflated
/// beyond what is kept. Where they do, the rest is inflated into nothing to keep the window, up to
/// kFreeBytes over the life of the connection and kRatio bytes for each compressed one beyond
/// that; a direction that wants more (a decompression bomb) is given up: hasFailed() from then on.
/// Memory: some 44 KiB, from the first compressed message on.
class WebSocketInflater {
public:
    static constexpr quint64 kFreeBytes = 16 * 1024 * 1024;
    static constexpr quint64 kRatio = 100;

    explicit WebSocketInflater(DeflateTerms terms);
    ~WebSocketInflater();
    WebSocketInflater(const WebSocketInflater&) = delete;
    WebSocketInflater& operator=(const WebSocketInflater&) = delete;

    /// Appends what a piece of a message's payload inflates to, as far as `out` may grow to `most`.
    void feed(QByteArrayView bytes, QByteArray& out, qsizetype most);
    /// The payload of the message is whole.
    void endMessage(QByteArray& out, qsizetype most);
    /// Whether the message under way, or the one that just ended, inflates to more than was kept.
    [[nodiscard]] bool wasCut() const { return m_wasCut; }
    /// Whether the message under way, or the one that just ended, could not be read: not deflate,
    /// or given up. With context that holds for all that follow.
    [[nodiscard]] bool hasFailed() const { return m_hasFailed; }

private:
    struct Stream;
    void begin();
    void fail();
    [[nodiscard]] bool inflatePiece(QByteArray& out, qsizetype most);
    [[nodiscard]] bool goOnBehindEnd();

    DeflateTerms m_terms;
    std::unique_ptr<Stream> m_stream; ///< null before the first message, and after a failure
    quint64 m_taken = 0;
    quint64 m_inflated = 0;
    bool m_isInMessage = false;
    bool m_wasCut = false;
    bool m_hasFailed = false;
    bool m_isGivenUp = false;
};

} // namespace sallyport
