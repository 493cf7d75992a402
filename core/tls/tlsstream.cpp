// SPDX-License-Identifier: MIT
#include "core/tls/tlsstream.h"

#include <QCoreApplication>

#include <array>
#include <utility>

namespace sallyport {

StreamPtr TlsStream::adopt(StreamPtr inner, std::unique_ptr<TlsEngine> engine,
                           TlsSurroundings surroundings) {
    const std::shared_ptr<TlsStream> made(
        new TlsStream(std::move(inner), std::move(engine), surroundings));
    made->m_self = made;
    return StreamPtr(made.get());
}

TlsStream::TlsStream(StreamPtr inner, std::unique_ptr<TlsEngine> engine,
                     TlsSurroundings surroundings)
    : m_inner(std::move(inner))
    , m_engine(std::move(engine))
    , m_surroundings(surroundings) {
    m_inner->setReading(false);
    m_inner->setObserver(this);
}

void TlsStream::release() {
    const auto self = std::move(m_self);
    m_observer = nullptr;
    m_surroundings.deferredTasks.remove(*this);
    m_proof.reset();
    // A peer that reads it knows that we have ended (RFC 8446 6.1); what was pending before it is
    // dropped with it, and then the cut shows.
    if (!m_isOver) sendClosure();
    m_isOver = true;
    m_inner.reset();
}

void TlsStream::setObserver(StreamObserver* observer) {
    m_observer = observer;
    if (observer && m_failure && !m_isOver) wake();
}

void TlsStream::setReading(bool on) {
    if (m_reading == on || m_isOver) return;
    m_reading = on;
    m_inner->setReading(on);
    if (on) wake(); // for what is kept, or was not told
}

void TlsStream::write(QByteArrayView first, QByteArrayView second) {
    Q_ASSERT(!m_finishing);
    if (m_isOver || m_finishing || m_failure) return;
    m_engine->write(first, second);
    flush();
    if (m_engine->state() != TlsEngine::State::Failed) return;
    m_failure = m_engine->error();
    wake();
}

void TlsStream::flush() {
    const QByteArray output = m_engine->takeOutput();
    if (!output.isEmpty() && !m_finishing) m_inner->write(output);
}

qsizetype TlsStream::pendingBytes() const { return m_isOver ? 0 : m_inner->pendingBytes(); }

void TlsStream::sendClosure() {
    if (m_finishing) return;
    if (!m_innerFailed) m_engine->closeWriting();
    flush();
    m_finishing = true;
}

void TlsStream::finishWriting() {
    if (m_isOver || m_finishing) return;
    sendClosure();
    m_inner->finishWriting();
}

void TlsStream::closeGracefully() {
    m_observer = nullptr;
    if (m_isOver) return;
    sendClosure();
    m_isOver = true;
    m_surroundings.deferredTasks.remove(*this);
    m_proof.reset();
    m_inner->closeGracefully();
}

void TlsStream::abort() {
    m_observer = nullptr;
    m_isOver = true;
    m_surroundings.deferredTasks.remove(*this);
    m_proof.reset();
    m_inner->abort();
}

bool TlsStream::isReusable() const {
    return !m_isOver && !m_failure && !m_innerEnded && !m_finishing &&
           m_engine->state() == TlsEngine::State::Open && !m_engine->hasInput() &&
           m_inner->isReusable();
}

quint64 TlsStream::deliveryMark() const {
    m_mark = m_inner->deliveryMark();
    return *m_mark;
}

Delivery TlsStream::deliverySince(quint64 mark) const {
    const Delivery known = m_inner->deliverySince(mark);
    const bool isEndOnItsWay = m_engine->state() == TlsEngine::State::PeerClosed && !m_innerEnded &&
                               !m_innerFailed && !m_isOver;
    return known == Delivery::Unknown && isEndOnItsWay ? Delivery::Undecided : known;
}

void TlsStream::streamReceived(QByteArrayView bytes) {
    const auto self = shared_from_this();
    // RFC 8446 6.1: what comes after a closure alert must be ignored.
    if (m_isOver || m_failure || m_engine->state() != TlsEngine::State::Open) return;
    m_engine->setInput(bytes);
    deliver();
    m_engine->keepRest();
    tellOutcome();
}

void TlsStream::streamPeerFinished() {
    const auto self = shared_from_this();
    m_innerEnded = true;
    pump();
}

void TlsStream::streamPeerClosePending() {
    if (m_observer && !m_didTellEnd) m_observer->streamPeerClosePending();
}

void TlsStream::streamWritable() {
    if (m_inner->pendingBytes() == 0) m_controlBytes = 0;
    if (m_observer) m_observer->streamWritable();
}

void TlsStream::streamFailed(const StreamError& error) {
    const auto self = shared_from_this();
    m_innerFailed = true;
    m_proof.reset();
    if (m_isOver) return;
    deliver();
    noteTruncation();
    if (!m_failure) m_failure = error;
    tellOutcome();
}

void TlsStream::runDeferred() {
    const auto self = shared_from_this();
    pump();
}

void TlsStream::pump() {
    deliver();
    noteTruncation();
    tellOutcome();
}

void TlsStream::deliver() {
    std::array<char, kPlainBytes> plain; // NOLINT: filled by decrypt()
    while (!m_isOver && m_reading && !m_failure && m_engine->state() == TlsEngine::State::Open) {
        const qsizetype count = decrypt(plain);
        flushControl();
        if (m_engine->state() == TlsEngine::State::Failed) m_failure = m_engine->error();
        if (count == 0) return;
        m_observer->streamReceived(QByteArrayView(plain.data(), count));
    }
}

qsizetype TlsStream::decrypt(std::span<char> room) {
    std::size_t filled = 0;
    while (filled < room.size()) {
        const qsizetype count = m_engine->read(room.subspan(filled));
        if (count == 0) break;
        filled += static_cast<std::size_t>(count);
    }
    return static_cast<qsizetype>(filled);
}

void TlsStream::flushControl() {
    const QByteArray output = m_engine->takeOutput();
    if (output.isEmpty() || m_finishing) return;
    m_inner->write(output);
    m_controlBytes = m_inner->pendingBytes() == 0 ? 0 : m_controlBytes + output.size();
    if (m_controlBytes <= kMaxControlBytes) return;
    m_failure = {
        StreamFault::Other,
        QCoreApplication::translate("TlsFailure", "the peer asks for new keys and reads nothing")};
}

void TlsStream::noteTruncation() {
    if (!m_innerEnded || !m_reading || m_isOver || m_failure ||
        m_engine->state() != TlsEngine::State::Open)
        return;
    m_failure = {StreamFault::Reset,
                 QCoreApplication::translate("TlsFailure", "ended without a closure alert")};
    awaitProof();
}

void TlsStream::awaitProof() {
    if (m_innerFailed || !m_mark || m_inner->deliveryMark() == *m_mark ||
        m_inner->deliverySince(*m_mark) != Delivery::Undecided)
        return;
    m_proof = std::make_unique<Deadline>(m_surroundings.deadlines, [this] {
        const auto self = shared_from_this();
        m_proof.reset();
        tellOutcome();
    });
    m_proof->arm(kProof);
}

void TlsStream::tellOutcome() {
    if (m_isOver || !m_observer) return;
    if (m_engine->state() == TlsEngine::State::PeerClosed && !m_didTellEnd && m_reading) {
        m_didTellEnd = true;
        m_observer->streamPeerFinished();
    }
    if (m_failure && !m_proof && !m_isOver && m_observer) fail();
}

void TlsStream::fail() {
    StreamObserver& observer = *std::exchange(m_observer, nullptr);
    const StreamError failure = *m_failure;
    if (!m_innerFailed) {
        // So that an alert that says why reaches the peer.
        sendClosure();
        m_inner->closeGracefully();
    }
    m_isOver = true;
    observer.streamFailed(failure);
}

} // namespace sallyport
