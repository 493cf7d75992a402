// SPDX-License-Identifier: MIT
#include "tests/faults/closingorigin.h"

#include <QString>

#include <array>
#include <cerrno>
#include <chrono>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sallyport::test {

namespace {

constexpr int kSliceMs = 20; ///< until the thread looks whether it is to stop

bool isReadable(int descriptor, int timeoutMs) {
    pollfd wanted{descriptor, POLLIN, 0};
    return ::poll(&wanted, 1, timeoutMs) > 0;
}

void resetAndClose(int connection) {
    const linger now{1, 0};
    ::setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(connection);
}

/// The number at the beginning of the content, and the size of the request once it is whole.
struct Request {
    int number = -1;
    qsizetype size = 0;
};

Request parse(const QByteArray& input) {
    const qsizetype head = input.indexOf("\r\n\r\n");
    if (head < 0) return {};
    const qsizetype field = input.indexOf("Content-Length: ");
    if (field < 0 || field > head) return {};
    const qsizetype value = field + 16;
    const qsizetype length = input.mid(value, input.indexOf('\r', value) - value).toLongLong();
    const QByteArray number = input.mid(head + 4, 6);
    const qsizetype size = head + 4 + length;
    return {number.size() == 6 ? number.toInt() : -1, input.size() < size ? 0 : size};
}

} // namespace

ClosingOrigin::ClosingOrigin(int listener, std::vector<Ending> endings, int requests, unsigned seed)
    : m_listener(listener)
    , m_endings(std::move(endings))
    , m_fates(static_cast<std::size_t>(requests))
    , m_random(seed)
    , m_thread([this] { run(); }) {}

ClosingOrigin::~ClosingOrigin() { stop(); }

void ClosingOrigin::stop() {
    m_isStopped = true;
    if (m_thread.joinable()) m_thread.join();
}

void ClosingOrigin::run() {
    while (!m_isStopped) {
        if (!isReadable(m_listener, kSliceMs)) continue;
        const int connection = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) continue;
        const int on = 1;
        ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        ++m_connections;
        m_input.clear();
        serve(connection);
    }
}

void ClosingOrigin::serve(int connection) {
    const unsigned answers = 1 + random(12);
    for (unsigned i = 0; i < answers; ++i) {
        const int number = readRequest(connection);
        if (number < 0) {
            ::close(connection);
            return;
        }
        const QByteArray text = QByteArray::number(number).rightJustified(6, '0');
        const QByteArray response("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n" + text);
        ::send(connection, response.data(), static_cast<std::size_t>(response.size()),
               MSG_NOSIGNAL);
    }
    end(connection, m_endings[random(static_cast<unsigned>(m_endings.size()))]);
}

int ClosingOrigin::readRequest(int connection) {
    std::array<char, 65536> bytes; // NOLINT: filled by recv()
    while (!m_isStopped) {
        const Request request = parse(m_input);
        if (request.size > 0) {
            m_input.remove(0, request.size);
            ++m_fates[static_cast<std::size_t>(request.number)].done;
            return request.number;
        }
        if (!isReadable(connection, kSliceMs)) continue;
        const auto count = ::recv(connection, bytes.data(), bytes.size(), 0);
        if (count <= 0) return -1;
        m_input.append(bytes.data(), static_cast<qsizetype>(count));
    }
    return -1;
}

void ClosingOrigin::end(int connection, Ending how) {
    switch (how) {
    case Ending::CloseAMomentLater: waitAMoment(); [[fallthrough]];
    case Ending::CloseAtOnce:
        // As close() does it, but what was there before the end can still be seen.
        ::shutdown(connection, SHUT_RDWR);
        dropRest(connection);
        break;
    case Ending::ResetAMomentLater: waitAMoment(); [[fallthrough]];
    case Ending::ResetAtOnce: resetAndClose(connection); return;
    case Ending::CloseUnread:
        while (!m_isStopped && !isReadable(connection, kSliceMs)) {
        }
        break;
    case Ending::ReadAndClose: readAndAct(connection); break;
    case Ending::ReadAndReset:
        readAndAct(connection);
        resetAndClose(connection);
        return;
    case Ending::HalfCloseAndDrop:
        ::shutdown(connection, SHUT_WR);
        while (!m_isStopped && !isReadable(connection, kSliceMs)) {
        }
        dropRest(connection);
        break;
    }
    ::close(connection);
}

void ClosingOrigin::readAndAct(int connection) {
    const int number = readRequest(connection);
    if (number >= 0) m_fates[static_cast<std::size_t>(number)].isTaken = true;
}

void ClosingOrigin::dropRest(int connection) {
    std::array<char, 65536> bytes; // NOLINT: filled by recv()
    while (true) {
        const auto count = ::recv(connection, bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (count <= 0) break;
        m_input.append(bytes.data(), static_cast<qsizetype>(count));
    }
    const Request request = parse(m_input);
    if (request.number >= 0) m_fates[static_cast<std::size_t>(request.number)].isTaken = true;
}

/// Too short for a timer; the next request leaves within these microseconds.
void ClosingOrigin::waitAMoment() {
    const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(random(400));
    while (std::chrono::steady_clock::now() < until) {
    }
}

} // namespace sallyport::test
