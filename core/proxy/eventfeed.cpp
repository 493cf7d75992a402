// SPDX-License-Identifier: MIT
#include "core/proxy/eventfeed.h"

#include "core/net/streamsocket.h"
#include "core/observe/exchangejson.h"
#include "core/observe/log.h"
#include "core/support/deferred.h"

#include <QWebSocket>

#include <algorithm>

namespace sallyport {

namespace {

constexpr quint64 kMaxIncoming = 4096;
/// RFC 6455 7.4, registry of close codes; Qt has no name for it.
constexpr auto kTryAgainLater = static_cast<QWebSocketProtocol::CloseCode>(1013);

QString textOf(QJsonObject object, QLatin1String type) {
    object.insert(QLatin1String("type"), type);
    return jsonText(object);
}

} // namespace

/// One reader, until its connection has ended.
class EventFeed::Reader {
public:
    Reader(EventFeed& feed, QWebSocket* socket, std::unique_ptr<ExchangeRecorder> recorder)
        : m_feed(feed)
        , m_socket(socket)
        , m_recorder(std::move(recorder))
        , m_lingerDeadline(feed.m_deadlines, [this] { over(); }) {
        socket->setParent(nullptr);
        socket->setMaxAllowedIncomingFrameSize(kMaxIncoming);
        socket->setMaxAllowedIncomingMessageSize(kMaxIncoming);
        QObject::connect(socket, &QWebSocket::disconnected, &feed, [this] { over(); });
    }
    ~Reader() { m_socket->disconnect(); }

    [[nodiscard]] bool isOver() const { return m_isOver; }

    void send(const QString& text) {
        if (m_isOver || m_lingerDeadline.isArmed()) return;
        m_socket->sendTextMessage(text);
        if (m_socket->bytesToWrite() > kMaxBehind) drop();
    }

    void close(QWebSocketProtocol::CloseCode code, const QString& reason, const QString& error) {
        if (m_isOver || m_lingerDeadline.isArmed()) return;
        m_error = error;
        m_lingerDeadline.arm(kCloseTimeout);
        m_socket->close(code, reason);
    }

private:
    void drop() {
        const QString reason = QStringLiteral("reading too slowly; records were left out");
        m_socket->sendTextMessage(
            textOf({{QLatin1String("message"), reason}}, QLatin1String("notice")));
        log::write(log::Level::Warn, "events_reader_dropped",
                   {{"client", m_recorder->record().client},
                    {"pending_bytes", qint64{m_socket->bytesToWrite()}}});
        close(kTryAgainLater, reason, QStringLiteral("the reader was too slow"));
    }

    void over() {
        if (m_isOver) return;
        m_isOver = true;
        m_lingerDeadline.disarm();
        m_recorder->ended(ExchangeEnd::Complete, m_error);
        m_feed.sweepSoon();
    }

    EventFeed& m_feed;
    Deferred<QWebSocket> m_socket;
    std::unique_ptr<ExchangeRecorder> m_recorder;
    Deadline m_lingerDeadline; ///< armed once a close frame has gone out
    QString m_error;
    bool m_isOver = false;
};

EventFeed::EventFeed(DeadlineQueue& deadlines, QObject* parent)
    : QObject(parent)
    , m_deadlines(deadlines)
    , m_server(QStringLiteral("sallyport"), QWebSocketServer::NonSecureMode) {
    connect(&m_server, &QWebSocketServer::newConnection, this, &EventFeed::accepted);
}

EventFeed::~EventFeed() = default;

void EventFeed::adopt(StreamPtr stream, QByteArray received,
                      std::unique_ptr<ExchangeRecorder> recorder) {
    const Endpoint peer = stream->peer();
    m_waiting.push_back({peer, std::move(recorder)});
    // The server becomes the parent of what comes out of it.
    auto* socket = new StreamSocket(std::move(stream), std::move(received), &m_server);
    // Before the handshake is answered its end is the end of the exchange.
    connect(socket, &StreamSocket::disconnected, this, [this, peer] { takeWaiting(peer).reset(); });
    m_server.handleConnection(socket);
}

std::unique_ptr<ExchangeRecorder> EventFeed::takeWaiting(const Endpoint& peer) {
    const auto found = std::find_if(m_waiting.begin(), m_waiting.end(),
                                    [&](const Waiting& each) { return each.peer == peer; });
    if (found == m_waiting.end()) return nullptr;
    auto recorder = std::move(found->recorder);
    m_waiting.erase(found);
    return recorder;
}

void EventFeed::accepted() {
    while (QWebSocket* socket = m_server.nextPendingConnection()) {
        auto recorder = takeWaiting({socket->peerAddress(), socket->peerPort()});
        if (recorder)
            m_readers.push_back(std::make_unique<Reader>(*this, socket, std::move(recorder)));
        else
            socket->deleteLater();
    }
    tellReaders();
}

void EventFeed::publish(const std::vector<ExchangeRecord>& records) {
    if (m_readers.empty()) return;
    for (const ExchangeRecord& record : records) {
        const QString text = textOf(toJson(record), QLatin1String("exchange"));
        for (const auto& reader : m_readers)
            reader->send(text);
    }
}

void EventFeed::closeAll() {
    for (const auto& reader : m_readers)
        reader->close(QWebSocketProtocol::CloseCodeGoingAway,
                      QStringLiteral("Sallyport stops listening"), {});
}

void EventFeed::sweepSoon() {
    if (m_isSweepPosted) return;
    m_isSweepPosted = true;
    QMetaObject::invokeMethod(this, &EventFeed::sweep, Qt::QueuedConnection);
}

void EventFeed::sweep() {
    m_isSweepPosted = false;
    std::erase_if(m_readers, [](const auto& reader) { return reader->isOver(); });
    tellReaders();
}

void EventFeed::tellReaders() {
    if (std::exchange(m_hadReaders, hasReaders()) == hasReaders()) return;
    if (m_changed) m_changed();
}

} // namespace sallyport
