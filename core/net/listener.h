// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"
#include "core/support/result.h"

#include <QObject>

#include <functional>
#include <memory>

namespace sallyport {

class StreamReactor;

/// Why a listener could not be opened.
struct ListenError {
    bool isTaken = false; ///< another process holds the port
    QString detail;       ///< names address and port, and where known the owner of the port
};

/// Accepts connections and hands them over as streams with TCP_NODELAY set. Where the process has
/// run out of descriptors it rests and tries again ten times a second.
/// Lives on the thread of its reactor.
class Listener : public QObject {
    Q_OBJECT
public:
    /// `accepted` gets every connection, from the event loop.
    Listener(StreamReactor& reactor, std::function<void(StreamPtr)> accepted,
             QObject* parent = nullptr);
    ~Listener() override;

    /// Opens the port; 0 picks a free one. Backlog 1024.
    [[nodiscard]] Result<Endpoint, ListenError> listen(const QHostAddress& address, quint16 port);
    void close();
    /// While paused the kernel's backlog holds newcomers.
    void setPaused(bool paused);
    [[nodiscard]] bool isListening() const;

private:
    class Server;
    std::unique_ptr<Server> m_server;
};

} // namespace sallyport
