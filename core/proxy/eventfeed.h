// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"
#include "core/observe/exchangelog.h"
#include "core/support/deadline.h"

#include <QByteArray>
#include <QObject>
#include <QWebSocketServer>

#include <functional>
#include <memory>
#include <vector>

namespace sallyport {

/// `/_sallyport/events`: sends every record that changes, as JSON in a text message, to whoever
/// reads along. What readers send is not looked at.
///
/// A reader that does not keep up is never waited for: when too much is pending for it, it gets a
/// notice, a close frame with 1013 (try again later), and is let go.
class EventFeed : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t kMaxReaders = 16;
    /// Bytes that may be pending for one reader.
    static constexpr qint64 kMaxBehind = 1024 * 1024;
    /// For a reader to answer a close frame.
    static constexpr std::chrono::milliseconds kCloseTimeout{5000};

    explicit EventFeed(DeadlineQueue& deadlines, QObject* parent = nullptr);
    ~EventFeed() override;

    [[nodiscard]] bool hasRoom() const { return m_readers.size() + m_waiting.size() < kMaxReaders; }
    [[nodiscard]] bool hasReaders() const { return !m_readers.empty(); }
    /// Called when the first reader comes and when the last one goes.
    void setReadersCallback(std::function<void()> changed) { m_changed = std::move(changed); }
    /// Takes a connection on which a valid WebSocket handshake came. `received` is what of it a
    /// WebSocket needs, with what came behind it; the response is given here.
    void adopt(StreamPtr stream, QByteArray received, std::unique_ptr<ExchangeRecorder> recorder);
    void publish(const std::vector<ExchangeRecord>& records);
    /// Says goodbye with 1001 (going away).
    void closeAll();

private:
    class Reader;
    void accepted();
    [[nodiscard]] std::unique_ptr<ExchangeRecorder> takeWaiting(const Endpoint& peer);
    void sweepSoon();
    void sweep();
    void tellReaders();

    DeadlineQueue& m_deadlines;
    QWebSocketServer m_server;
    /// Of the connections whose handshake the server has not answered yet.
    struct Waiting {
        Endpoint peer;
        std::unique_ptr<ExchangeRecorder> recorder;
    };
    std::vector<Waiting> m_waiting;
    std::vector<std::unique_ptr<Reader>> m_readers;
    std::function<void()> m_changed;
    bool m_hadReaders = false;
    bool m_isSweepPosted = false;
};

} // namespace sallyport
