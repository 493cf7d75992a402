// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QHostAddress>
#include <QString>

#include <memory>

namespace sallyport {

/// Where a connection leads to or comes from.
struct Endpoint {
    QHostAddress address;
    quint16 port = 0;
    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// Why a stream failed.
enum class StreamFault {
    ResolveFailed, ///< no address for the name
    Refused,       ///< connection refused, host or network unreachable
    Denied,        ///< every resolved address is refused by the caller's address rule
    TimedOut,      ///< the connection was not made in time
    TlsFailed,     ///< handshake failed
    TlsUntrusted,  ///< the peer's certificate is not trusted, has ended, or is for another name
    Reset,         ///< connection reset, or TLS ended without a closure alert
    NoDescriptors, ///< EMFILE or ENFILE
    ProxyLogin,    ///< a proxy on the way asks for a login, or does not take the one it got
    ProxyRefused,  ///< a proxy on the way will not connect there
    ProxyLoop,     ///< a proxy on the way leads back here
    Other,
};

struct StreamError {
    StreamFault fault = StreamFault::Other;
    QString detail; ///< one clause for people, with the evidence
};

/// What is known of bytes that were written.
enum class Delivery {
    /// The peer has taken none of them and never will: none left this machine, or the peer had
    /// ended its side before the first of them came and then reset the connection. A peer that has
    /// ended its side can send no response, and reads on only to drop (RFC 9112 9.6).
    None,
    /// The peer has ended its side, and nothing says yet that it took any of them. A reset that
    /// follows can make it None.
    Undecided,
    Unknown, ///< some may have been taken, or nobody can tell
};

/// Receives the events of a stream. Calls come from the stream's thread, never from inside one of
/// the calls of ByteStream. Any call of ByteStream, and letting the stream go, is allowed in them;
/// once it is let go, or aborted, no call comes any more.
class StreamObserver {
public:
    virtual ~StreamObserver() = default;
    /// Bytes that came, in order; valid inside the call only. The observer keeps what it does not
    /// use at once.
    virtual void streamReceived(QByteArrayView bytes) = 0;
    /// The peer will send no more (FIN, close_notify); writing may go on. After the last bytes.
    virtual void streamPeerFinished() = 0;
    /// Reading is off, and the peer's end has come after bytes that are still unread: for an
    /// observer that need not read them to know what the end means. At most once;
    /// streamPeerFinished() comes all the same when they are read. Only a stream that can see it
    /// without reading calls it: the one on epoll.
    virtual void streamPeerClosePending() {}
    /// What was pending has fallen below the low watermark after isCongested() had been true, or
    /// has become nothing.
    virtual void streamWritable() = 0;
    /// The stream is over, for cause. The last call.
    virtual void streamFailed(const StreamError& error) = 0;
};

/// One established connection: bytes in, bytes out. Nothing above core/net names a socket class.
///
/// Starts with reading off. Lives on the thread that made it; not thread-safe. Owned through
/// StreamPtr, which may be reset from inside any call of the observer.
class ByteStream {
public:
    /// Above this many pending bytes isCongested() becomes true, …
    static constexpr qsizetype kHighWatermark = 256 * 1024;
    /// … and streamWritable() is called once below this many.
    static constexpr qsizetype kLowWatermark = 64 * 1024;

    virtual ~ByteStream() = default;
    ByteStream(const ByteStream&) = delete;
    ByteStream& operator=(const ByteStream&) = delete;

    /// Never null while reading is on.
    virtual void setObserver(StreamObserver* observer) = 0;
    /// Turns the delivery of bytes (and of the peer's end) on and off. While off the peer is held
    /// back by TCP. Failures that show without reading are told all the same, and what was still
    /// unread is lost with them; with reading on it is delivered first.
    virtual void setReading(bool on) = 0;
    /// Sends both, in order, as one; what the kernel refuses is kept and sent later. Not bounded
    /// here: a writer asks isCongested() and stops its source.
    virtual void write(QByteArrayView first, QByteArrayView second = {}) = 0;
    [[nodiscard]] virtual qsizetype pendingBytes() const = 0;
    [[nodiscard]] bool isCongested() const { return pendingBytes() > kHighWatermark; }
    /// Half-close: no more is written after what is pending.
    virtual void finishWriting() = 0;
    /// Sends what is pending, half-closes, then reads and drops what still comes for up to a
    /// second so that the peer gets our last bytes before a reset (RFC 9112 9.6), and lets go.
    /// Takes the stream from its observer: no call comes after it.
    virtual void closeGracefully() = 0;
    /// Ends both directions at once with a reset, so that a cut cannot be mistaken for an end.
    virtual void abort() = 0;
    /// True when nothing waits to be read and the peer has neither ended nor failed; asks the
    /// kernel. For a pooled connection right before it is used again.
    [[nodiscard]] virtual bool isReusable() const = 0;
    /// Where writing stands; what is written from here on is what deliverySince() speaks of.
    [[nodiscard]] virtual quint64 deliveryMark() const { return 0; }
    /// Evidence about what was written since `mark`, also inside streamFailed(). Anything that does
    /// not run on a TCP stream that can ask its kernel says Unknown. An acknowledgement that is
    /// missing is no evidence by itself: a peer may read a request, act, and reset the connection
    /// before its kernel acknowledges anything.
    [[nodiscard]] virtual Delivery deliverySince(quint64 mark) const {
        Q_UNUSED(mark)
        return Delivery::Unknown;
    }
    [[nodiscard]] virtual bool isEncrypted() const = 0;
    [[nodiscard]] virtual Endpoint peer() const = 0;
    [[nodiscard]] virtual Endpoint local() const = 0;

protected:
    ByteStream() = default;
    friend struct StreamRelease;
    /// Cuts the observer off, closes, and frees the object when that is safe. Where
    /// closeGracefully() was called the lingering close goes on without an owner.
    virtual void release() = 0;
};

struct StreamRelease {
    void operator()(ByteStream* stream) const {
        if (stream) stream->release();
    }
};

/// Sole owner of a stream; letting go closes at once what was not closed gracefully.
using StreamPtr = std::unique_ptr<ByteStream, StreamRelease>;

} // namespace sallyport
