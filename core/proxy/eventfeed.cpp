// SPDX-License-Identifier: MIT
#include "core/proxy/eventfeed.h"

#include "core/net/streamsocket.h"
#include "core/observe/exchangejson.h"

#include <QWebSocket>

#include <algorithm>
#include <utility>

namespace sallyport {

namespace {

constexpr QByteArrayView kEndOfHead{"\r\n\r\n"};

} // namespace

EventFeed::EventFeed(DeadlineQueue& deadlines, QObject* parent)
    : QObject(parent)
    , m_deadlines(deadlines)
    , m_server(QStringLiteral("sallyport"), QWebSocketServer::NonSecureMode) {
    connect(&m_server, &QWebSocketServer::newConnection, this, &EventFeed::accepted);
}

EventFeed::~EventFeed() = default;

bool EventFeed::hasReaders() const {
    return std::any_of(m_readers.begin(), m_readers.end(),
                       [](const auto& each) { return each->isOpen(); });
}

void EventFeed::adopt(StreamPtr stream, QByteArray received,
                      std::unique_ptr<ExchangeRecorder> recorder) {
    auto reader =
        std::make_unique<EventFeedReader>(m_deadlines, stream->peer(), std::move(recorder));
    const qsizetype headSize = received.indexOf(kEndOfHead) + kEndOfHead.size();
    reader->setEarly(received.mid(headSize));
    received.truncate(headSize);
    // The server becomes the parent of what comes out of it.
    auto* connection = new StreamSocket(std::move(stream), std::move(received), &m_server);
    reader->setConnection(*connection);
    connect(reader.get(), &EventFeedReader::over, this, &EventFeed::sweepSoon);
    m_readers.push_back(std::move(reader));
    m_server.handleConnection(connection);
}

void EventFeed::accepted() {
    while (QWebSocket* socket = m_server.nextPendingConnection()) {
        const Endpoint peer{socket->peerAddress(), socket->peerPort()};
        const auto reader = std::find_if(m_readers.begin(), m_readers.end(), [&](const auto& each) {
            return !each->isOpen() && !each->isOver() && each->peer() == peer;
        });
        if (reader != m_readers.end())
            (*reader)->open(socket);
        else
            socket->deleteLater();
    }
    tellReaders();
}

void EventFeed::publish(const std::vector<ExchangeRecord>& records) {
    if (!hasReaders()) return;
    for (const ExchangeRecord& record : records) {
        QJsonObject object = toJson(record);
        object.insert(QLatin1String("type"), QLatin1String("exchange"));
        const QString text = jsonText(object);
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
