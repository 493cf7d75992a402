// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytequeue.h"
#include "core/net/bytestream.h"
#include "core/net/epollloop.h"
#include "core/net/lingeringclose.h"
#include "core/net/lingeringlimit.h"
#include "core/support/deadline.h"

#include <memory>
#include <optional>

namespace sallyport {

/// Plain TCP on a raw descriptor in an EpollLoop.
///
/// An edge is remembered (m_mayRead) until recv() says that there is nothing left; a stream that
/// used up its share, or was told to read again, asks the loop for a turn of its own.
class EpollStream final : public ByteStream, private EpollSource, private LingeringStream {
public:
    /// Bytes that one stream may read before the others get their turn.
    static constexpr qsizetype kShareBytes = 128 * 1024;
    /// Bytes that the kernel may hold without having sent them, of a stream that is written to in
    /// small pieces; the rest stays in pendingBytes(). Without this it takes up to 4 MiB for a peer
    /// that reads nothing, which no watermark counts. What is written in large pieces needs that
    /// room: with 256 KiB a download cost half as much CPU again.
    static constexpr int kMaxUnsentInKernel = 32 * 1024;
    static constexpr qsizetype kSmallWrite = 8 * 1024;
    /// So many small writes without a large one between them make such a stream.
    static constexpr int kSmallWritesInARow = 8;

    /// Takes the connected `descriptor` and puts it into the loop. Both borrowed outlive it.
    [[nodiscard]] static StreamPtr adopt(EpollLoop& loop, DeadlineQueue& deadlines, int descriptor);

    void setObserver(StreamObserver* observer) override;
    void setReading(bool on) override;
    void write(QByteArrayView first, QByteArrayView second) override;
    [[nodiscard]] qsizetype pendingBytes() const override { return m_pending.size(); }
    void finishWriting() override;
    void closeGracefully() override;
    void abort() override;
    [[nodiscard]] bool isReusable() const override;
    [[nodiscard]] quint64 deliveryMark() const override {
        return m_accepted + static_cast<quint64>(m_pending.size());
    }
    [[nodiscard]] Delivery deliverySince(quint64 mark) const override;
    [[nodiscard]] bool isEncrypted() const override { return false; }
    [[nodiscard]] Endpoint peer() const override;
    [[nodiscard]] Endpoint local() const override;

private:
    EpollStream(EpollLoop& loop, DeadlineQueue& deadlines, int descriptor);
    ~EpollStream() override;
    void release() override;
    void handleEvents(std::uint32_t events) override;
    void runDeferred() override { takeTurn(); }
    [[nodiscard]] qsizetype lingeringBytes() const override { return m_pending.size(); }
    void cutLinger() override;

    void boundKernelBuffer(qsizetype written);
    void takeTurn();
    void readShare();
    [[nodiscard]] bool receiveOnce(qsizetype& share);
    void endOfInput(ssize_t received, int error);
    void flushPending();
    [[nodiscard]] qsizetype sendNow(QByteArrayView first, QByteArrayView second);
    void noteSocketError();
    void noteError(int error);
    void failNow();
    void carryOut(const ClosingActions& actions);
    void resetOnClose() const;
    void closeDescriptor();
    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }

    EpollLoop& m_loop;
    DeadlineQueue& m_deadlines;
    StreamObserver* m_observer = nullptr;
    ByteQueue m_pending;
    LingeringClose m_closing;
    std::unique_ptr<Deadline> m_lingerDeadline;
    mutable std::optional<Endpoint> m_peer;
    quint64 m_accepted = 0;                ///< bytes that the kernel took from us
    std::optional<quint64> m_ackedAtStart; ///< counts the handshake
    std::optional<quint64> m_ackedAtEnd;   ///< set before a failed descriptor is closed
    int m_descriptor;
    int m_smallWrites = 0;   ///< in a row; no more are counted once the bound is set
    mutable int m_error = 0; ///< errno that ended the connection
    bool m_reading = false;
    bool m_mayRead = false;            ///< an edge came and recv() has not yet said EAGAIN
    bool m_isPeerClosePending = false; ///< FIN or RST came: a short read does not mean "no more"
    bool m_didTellPeerClosePending = false; ///< streamPeerClosePending() was called
    bool m_wasCongested = false;
    bool m_hasOwner = true;
};

} // namespace sallyport
