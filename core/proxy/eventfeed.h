// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"
#include "core/observe/exchangelog.h"
#include "core/proxy/eventfeedreader.h"
#include "core/support/deadline.h"

#include <QByteArray>
#include <QObject>
#include <QWebSocketServer>

#include <functional>
#include <memory>
#include <vector>

namespace sallyport {

/// `/_sallyport/events`: sends every record that changes, as JSON in a text message, to each
/// reader. What readers send is not used.
///
/// A reader that does not keep up is never waited for, see EventFeedReader.
class EventFeed : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t kMaxReaders = 16;

    explicit EventFeed(DeadlineQueue& deadlines, QObject* parent = nullptr);
    ~EventFeed() override;

    [[nodiscard]] bool hasRoom() const { return m_readers.size() < kMaxReaders; }
    [[nodiscard]] bool hasReaders() const;
    /// Called when the first reader comes and when the last one goes.
    void setReadersCallback(std::function<void()> changed) { m_changed = std::move(changed); }
    /// Takes a connection on which a valid WebSocket handshake came. `received` is what of it a
    /// WebSocket needs, with what came after it; the 101 is sent here.
    void adopt(StreamPtr stream, QByteArray received, std::unique_ptr<ExchangeRecorder> recorder);
    void publish(const std::vector<ExchangeRecord>& records);
    /// Closes all with 1001 (going away).
    void closeAll();

private:
    void accepted();
    void sweepSoon();
    void sweep();
    void tellReaders();

    DeadlineQueue& m_deadlines;
    QWebSocketServer m_server;
    std::vector<std::unique_ptr<EventFeedReader>> m_readers;
    std::function<void()> m_changed;
    bool m_hadReaders = false;
    bool m_isSweepPosted = false;
};

} // namespace sallyport
