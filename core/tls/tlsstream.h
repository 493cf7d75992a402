// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"
#include "core/net/deferredtask.h"
#include "core/support/deadline.h"
#include "core/tls/tlsengine.h"
#include "core/tls/tlshandshake.h"

#include <chrono>
#include <memory>
#include <optional>

namespace sallyport {

/// TLS over another stream, client or server, after the handshake (TlsHandshake makes it).
///
/// The peer's end is its close_notify (RFC 8446 6.1). An end of the inner stream without it fails
/// with Reset, since anybody on the way can make one: what is delimited by its connection is cut
/// then (RFC 9112 9.8). finishWriting() sends close_notify and ends the inner stream's direction;
/// reading goes on, TLS 1.2 peers then close as well.
///
/// What it keeps: of input what one call of the inner stream brought when reading stopped inside
/// it, and one record (16 KiB) that is not whole; of output nothing, plain bytes are encrypted at
/// once and wait, with 22 to 29 bytes more per 16 KiB, in the inner stream: pendingBytes() is its
/// pendingBytes().
///
/// deliveryMark() and deliverySince() are the inner stream's. That is sound: all that was written
/// before a mark is encrypted and inside the inner stream by then, and all after it comes after it
/// there, so that no byte of a record taken means no byte of its content taken. A close_notify
/// without a FIN so far is Undecided: the FIN that can prove something follows it closely.
class TlsStream final : public ByteStream,
                        public std::enable_shared_from_this<TlsStream>,
                        private StreamObserver,
                        private DeferredTask {
public:
    /// Plain bytes that one call of streamReceived() brings at most.
    static constexpr std::size_t kPlainBytes = 32 * 1024;
    /// What may wait of our responses to the peer's key updates and refused renegotiations; a peer
    /// that asks for more and reads nothing has failed.
    static constexpr qsizetype kMaxControlBytes = 16 * 1024;
    /// After a FIN without close_notify after which what we wrote may be proven to be untaken: how
    /// long the reset is waited for that proves it.
    static constexpr std::chrono::milliseconds kProof{1000};

    /// `engine` is Open, and the input that it keeps comes first. Reading is off.
    [[nodiscard]] static StreamPtr adopt(StreamPtr inner, std::unique_ptr<TlsEngine> engine,
                                         TlsSurroundings surroundings);
    ~TlsStream() override = default;

    void setObserver(StreamObserver* observer) override;
    void setReading(bool on) override;
    void write(QByteArrayView first, QByteArrayView second) override;
    [[nodiscard]] qsizetype pendingBytes() const override;
    void finishWriting() override;
    void closeGracefully() override;
    void abort() override;
    [[nodiscard]] bool isReusable() const override;
    [[nodiscard]] quint64 deliveryMark() const override;
    [[nodiscard]] Delivery deliverySince(quint64 mark) const override;
    [[nodiscard]] bool isEncrypted() const override { return true; }
    /// TlsEngine::peerChain().
    [[nodiscard]] std::vector<CertificateSummary> peerChain() const {
        return m_engine->peerChain();
    }
    [[nodiscard]] Endpoint peer() const override { return m_inner->peer(); }
    [[nodiscard]] Endpoint local() const override { return m_inner->local(); }

private:
    TlsStream(StreamPtr inner, std::unique_ptr<TlsEngine> engine, TlsSurroundings surroundings);
    void release() override;

    void streamReceived(QByteArrayView bytes) override;
    void streamPeerFinished() override;
    void streamPeerClosePending() override;
    void streamWritable() override;
    void streamFailed(const StreamError& error) override;
    void runDeferred() override;

    void pump();
    void deliver();
    [[nodiscard]] qsizetype decrypt(std::span<char> room);
    void flush();
    void flushControl();
    void sendClosure();
    void noteTruncation();
    void awaitProof();
    void tellOutcome();
    void fail();
    void wake() { m_surroundings.deferredTasks.add(*this); }

    StreamPtr m_inner; ///< null once released
    std::unique_ptr<TlsEngine> m_engine;
    TlsSurroundings m_surroundings;
    std::shared_ptr<TlsStream> m_self; ///< what StreamPtr owns; calls under way share it
    StreamObserver* m_observer = nullptr;
    std::optional<StreamError> m_failure;
    std::unique_ptr<Deadline> m_proof;     ///< armed while a truncation waits to be told
    mutable std::optional<quint64> m_mark; ///< the last one that was asked for
    qsizetype m_controlBytes = 0;          ///< sent unasked since nothing was pending
    bool m_isOver = false;                 ///< failed and told, closed, aborted or released
    bool m_reading = false;
    bool m_finishing = false;  ///< our close_notify is sent
    bool m_innerEnded = false; ///< FIN
    bool m_innerFailed = false;
    bool m_didTellEnd = false;
};

} // namespace sallyport
