// SPDX-License-Identifier: MIT
#include "app/desktop/endsignals.h"

#ifdef Q_OS_UNIX
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#endif

namespace sallyport {

#ifdef Q_OS_UNIX

namespace {

// All that a signal handler can reach is what is static.
std::array<int, 2> g_pipe{-1, -1};

extern "C" void noteSignal(int number) {
    const int saved = errno;
    const char byte = static_cast<char>(number);
    [[maybe_unused]] const auto written = ::write(g_pipe[1], &byte, 1);
    errno = saved;
}

} // namespace

EndSignals::EndSignals(QObject* parent)
    : QObject(parent) {
    Q_ASSERT(g_pipe[0] < 0);
    std::signal(SIGPIPE, SIG_IGN);
    if (::pipe2(g_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) return;
    m_notifier = std::make_unique<QSocketNotifier>(g_pipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { take(); });
    struct sigaction action = {};
    action.sa_handler = noteSignal;
    action.sa_flags = SA_RESTART;
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        ::sigaction(number, &action, nullptr);
}

EndSignals::~EndSignals() {
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        std::signal(number, SIG_DFL);
    m_notifier.reset();
    for (int& end : g_pipe) {
        if (end >= 0) ::close(end);
        end = -1;
    }
}

void EndSignals::take() {
    char byte = 0;
    while (::read(g_pipe[0], &byte, 1) == 1) {
        if (byte == SIGHUP)
            emit reloadRequested();
        else
            emit endRequested();
    }
}

#else

EndSignals::EndSignals(QObject* parent)
    : QObject(parent) {}
EndSignals::~EndSignals() = default;
void EndSignals::take() {}

#endif

} // namespace sallyport
