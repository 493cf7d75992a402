// SPDX-License-Identifier: MIT
#include "core/observe/logsinks.h"

#include "core/support/paths.h"

#include <QFile>
#include <QFileInfo>

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>

#include <cstdio>
#include <mutex>
#include <string>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace sallyport::log {

namespace {

constexpr std::size_t kMaxFileBytes = 5U * 1024U * 1024U;
constexpr std::size_t kOldFiles = 2;
constexpr std::size_t kMaxPending = 32U * 1024U;

bool isTerminal() {
#ifdef Q_OS_UNIX
    return ::isatty(STDERR_FILENO) == 1;
#else
    return true;
#endif
}

class ConsoleSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    ConsoleSink() = default;
    ConsoleSink(const ConsoleSink&) = delete;
    ConsoleSink& operator=(const ConsoleSink&) = delete;
    ~ConsoleSink() override { writeOut(); }

protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        m_pending.append(message.payload.data(), message.payload.size());
        m_pending += '\n';
        if (m_isTerminal || m_pending.size() > kMaxPending) writeOut();
    }
    void flush_() override { writeOut(); }

private:
    void writeOut() {
        if (m_pending.empty()) return;
        std::fwrite(m_pending.data(), 1, m_pending.size(), stderr);
        m_pending.clear();
    }

    std::string m_pending;
    const bool m_isTerminal = isTerminal();
};

spdlog::file_event_handlers privateFileEvents() {
    spdlog::file_event_handlers events;
#ifdef Q_OS_UNIX
    // Made here with its mode, so that it is never there with another one.
    events.before_open = [](const spdlog::filename_t& name) {
        const int fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (fd >= 0) ::close(fd);
    };
    events.after_open = [](const spdlog::filename_t&, std::FILE* file) {
        ::fchmod(::fileno(file), S_IRUSR | S_IWUSR);
        ::fcntl(::fileno(file), F_SETFD, FD_CLOEXEC);
    };
#endif
    return events;
}

} // namespace

std::shared_ptr<spdlog::sinks::sink> makeConsoleSink() { return std::make_shared<ConsoleSink>(); }

Result<std::shared_ptr<spdlog::sinks::sink>, QString> makeFileSink(const QString& path) {
    const QString folder = QFileInfo(path).absolutePath();
    if (!paths::ensurePrivateDir(folder))
        return Failure{QString(QLatin1String("cannot make the folder ") + folder)};
    try {
        auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
            QFile::encodeName(path).toStdString(), kMaxFileBytes, kOldFiles, false,
            privateFileEvents());
        // The line is made by us, whole; spdlog adds its end.
        sink->set_formatter(std::make_unique<spdlog::pattern_formatter>("%v"));
        return std::shared_ptr<spdlog::sinks::sink>(std::move(sink));
    } catch (const spdlog::spdlog_ex& error) {
        return Failure{QString::fromUtf8(error.what())};
    }
}

} // namespace sallyport::log
