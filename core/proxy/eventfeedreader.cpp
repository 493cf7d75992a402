// SPDX-License-Identifier: MIT
#include "core/proxy/eventfeedreader.h"

#include "core/observe/exchangejson.h"
#include "core/observe/log.h"

#include <utility>

namespace sallyport {

namespace {

constexpr quint64 kMaxIncoming = 4096;
/// RFC 6455 7.4, registry of close codes; Qt has no name for it.
constexpr auto kTryAgainLater = static_cast<QWebSocketProtocol::CloseCode>(1013);

} // namespace

EventFeedReader::EventFeedReader(DeadlineQueue& deadlines, const Endpoint& peer,
                                 std::unique_ptr<ExchangeRecorder> recorder)
    : m_peer(peer)
    , m_recorder(std::move(recorder))
    , m_frames(WebSocketSender::Client, {}, 0)
    , m_closeDeadline(deadlines, [this] { ended(); }) {}

EventFeedReader::~EventFeedReader() {
    if (m_connection) m_connection->setInspector({});
}

bool EventFeedReader::accepts(QByteArrayView bytes) {
    while (m_frames.next(bytes)) {
    }
    if (m_frames.unreadable().isEmpty()) return true;
    if (m_socket) closeForFault();
    return false;
}

void EventFeedReader::setEarly(QByteArray bytes) {
    if (accepts(bytes)) m_early = std::move(bytes);
}

void EventFeedReader::setConnection(StreamSocket& connection) {
    m_connection = &connection;
    connection.setInspector([this](QByteArrayView bytes) { return accepts(bytes); });
    // Until the handshake has its response, the end of the connection is the end of the exchange.
    connect(&connection, &StreamSocket::disconnected, this, &EventFeedReader::ended);
}

void EventFeedReader::open(QWebSocket* socket) {
    m_socket.reset(socket);
    socket->setParent(nullptr);
    socket->setMaxAllowedIncomingFrameSize(kMaxIncoming);
    socket->setMaxAllowedIncomingMessageSize(kMaxIncoming);
    connect(socket, &QWebSocket::disconnected, this, &EventFeedReader::ended);
    // After QWebSocket has read, and has written its pongs.
    if (m_connection)
        connect(m_connection, &StreamSocket::readyRead, this, &EventFeedReader::boundPending);
    if (!m_frames.unreadable().isEmpty())
        closeForFault();
    else if (m_connection && !m_early.isEmpty())
        m_connection->deliver(std::exchange(m_early, {}));
}

void EventFeedReader::send(const QString& text) {
    if (!m_socket || m_isOver || m_closeDeadline.isArmed()) return;
    m_socket->sendTextMessage(text);
    boundPending();
}

void EventFeedReader::boundPending() {
    if (m_isOver || m_closeDeadline.isArmed() || m_socket->bytesToWrite() <= kMaxPending) return;
    const QString reason = QStringLiteral("reading too slowly; records were left out");
    QJsonObject notice{{QLatin1String("message"), reason},
                       {QLatin1String("type"), QLatin1String("notice")}};
    m_socket->sendTextMessage(jsonText(notice));
    log::write(log::Level::Warn, "events_reader_dropped",
               {{"client", m_recorder->record().client},
                {"pending_bytes", qint64{m_socket->bytesToWrite()}}});
    close(kTryAgainLater, reason, QStringLiteral("the reader was too slow"));
}

void EventFeedReader::closeForFault() {
    const QString fault = QString::fromLatin1(m_frames.unreadable());
    close(QWebSocketProtocol::CloseCodeProtocolError, fault,
          QStringLiteral("the reader is no WebSocket client: %1").arg(fault));
}

void EventFeedReader::close(QWebSocketProtocol::CloseCode code, const QString& reason,
                            const QString& error) {
    if (!m_socket || m_isOver || m_closeDeadline.isArmed()) return;
    m_error = error;
    m_closeDeadline.arm(kCloseTimeout);
    m_socket->close(code, reason);
}

void EventFeedReader::ended() {
    if (m_isOver) return;
    m_isOver = true;
    m_closeDeadline.disarm();
    if (m_socket)
        m_recorder->ended(ExchangeEnd::Complete, m_error);
    else
        m_recorder.reset();
    emit over();
}

} // namespace sallyport
