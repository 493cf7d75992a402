// SPDX-License-Identifier: MIT
#include "core/support/unixsignals.h"

#ifdef Q_OS_UNIX
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace sallyport {

#ifdef Q_OS_UNIX

namespace {

// A signal handler has nothing but what is static.
std::array<int, 2> g_pipe{-1, -1};

extern "C" void passOn(int number) {
    const int saved = errno;
    const auto byte = static_cast<unsigned char>(number);
    [[maybe_unused]] const ssize_t written = ::write(g_pipe[0], &byte, 1);
    errno = saved;
}

void setNonBlocking(int descriptor) {
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

} // namespace

UnixSignals::UnixSignals(std::vector<int> numbers, QObject* parent)
    : QObject(parent)
    , m_numbers(std::move(numbers)) {
    Q_ASSERT(g_pipe[0] < 0);
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, g_pipe.data()) != 0) return;
    for (const int descriptor : g_pipe)
        setNonBlocking(descriptor);
    m_notifier = std::make_unique<QSocketNotifier>(g_pipe[1], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { read(); });
    struct sigaction action = {};
    action.sa_handler = passOn;
    action.sa_flags = SA_RESTART;
    for (const int number : m_numbers)
        ::sigaction(number, &action, nullptr);
}

UnixSignals::~UnixSignals() {
    for (const int number : m_numbers)
        std::signal(number, SIG_DFL);
    m_notifier.reset();
    for (int& descriptor : g_pipe) {
        if (descriptor >= 0) ::close(descriptor);
        descriptor = -1;
    }
}

void UnixSignals::read() {
    std::array<unsigned char, 16> numbers{};
    const ssize_t count = ::read(g_pipe[1], numbers.data(), numbers.size());
    for (ssize_t i = 0; i < count; ++i)
        emit arrived(numbers[static_cast<std::size_t>(i)]);
}

#else

UnixSignals::UnixSignals(std::vector<int> numbers, QObject* parent)
    : QObject(parent)
    , m_numbers(std::move(numbers)) {}
UnixSignals::~UnixSignals() = default;
void UnixSignals::read() {}

#endif

} // namespace sallyport
