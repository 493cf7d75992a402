// SPDX-License-Identifier: MIT
#include "core/tls/tlshandshake.h"

#include "core/tls/tlsstream.h"

#include <QCoreApplication>

namespace sallyport {

namespace {

StreamError handshakeError(const QString& why) {
    return {StreamFault::TlsFailed,
            QCoreApplication::translate("TlsFailure", "TLS handshake failed: %1").arg(why)};
}

} // namespace

TlsHandshake::TlsHandshake(StreamPtr inner, std::unique_ptr<TlsEngine> engine,
                           TlsSurroundings surroundings, Observer& observer)
    : m_inner(std::move(inner))
    , m_engine(std::move(engine))
    , m_surroundings(surroundings)
    , m_observer(observer) {
    m_engine->handshake();
    flush();
    if (m_engine->state() == TlsEngine::State::Failed) {
        m_surroundings.deferredTasks.add(*this);
        return;
    }
    m_inner->setObserver(this);
    m_inner->setReading(true);
}

void TlsHandshake::flush() {
    const QByteArray output = m_engine->takeOutput();
    if (!output.isEmpty()) m_inner->write(output);
}

void TlsHandshake::streamReceived(QByteArrayView bytes) {
    m_engine->setInput(bytes);
    m_engine->handshake();
    m_engine->keepRest();
    flush();
    switch (m_engine->state()) {
    case TlsEngine::State::Handshaking: return;
    case TlsEngine::State::Failed: fail(m_engine->error()); return;
    case TlsEngine::State::Open:
    case TlsEngine::State::PeerClosed: break;
    }
    Observer& observer = m_observer;
    observer.handshakeDone(
        TlsStream::adopt(std::move(m_inner), std::move(m_engine), m_surroundings));
}

void TlsHandshake::streamPeerFinished() {
    fail(
        handshakeError(QCoreApplication::translate("TlsFailure", "the peer ended the connection")));
}

void TlsHandshake::streamFailed(const StreamError& error) { fail(handshakeError(error.detail)); }

void TlsHandshake::fail(StreamError error) {
    const TlsHandshakeFailure failure{std::move(error), m_engine->peerAlert(),
                                      m_engine->state() != TlsEngine::State::Failed};
    Observer& observer = m_observer;
    // Gracefully, so that the alert that says why reaches the peer.
    m_inner->closeGracefully();
    m_inner.reset();
    observer.handshakeFailed(failure);
}

} // namespace sallyport
