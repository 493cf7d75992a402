// SPDX-License-Identifier: MIT
#include "core/observe/log.h"

#include "core/observe/logline.h"
#include "core/observe/logsinks.h"

#include <QCoreApplication>
#include <QTimer>

#include <spdlog/logger.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <vector>

namespace sallyport::log {

namespace {

// One process writes one log: the one state of this room that is not handed around.
std::unique_ptr<spdlog::logger> s_logger;
std::atomic<bool> s_isFlushDue{false};
std::atomic<std::shared_ptr<const KnownSecrets>> s_known;

spdlog::level::level_enum spdlogLevel(Level level) {
    switch (level) {
    case Level::Trace: return spdlog::level::trace;
    case Level::Debug: return spdlog::level::debug;
    case Level::Info: return spdlog::level::info;
    case Level::Warn: return spdlog::level::warn;
    case Level::Error: return spdlog::level::err;
    }
    return spdlog::level::err;
}

/// One timer per second that has lines, none while there are none.
void flushSoon() {
    if (s_isFlushDue.exchange(true, std::memory_order_relaxed)) return;
    QCoreApplication* app = QCoreApplication::instance();
    if (!app || QCoreApplication::closingDown()) {
        flush();
        return;
    }
    constexpr std::chrono::milliseconds kLongest{900};
    QTimer::singleShot(kLongest, app, [] { flush(); });
}

QByteArray& startedLine(Level level, std::string_view event) {
    constexpr qsizetype kTypicalLine = 1024;
    thread_local QByteArray line;
    line.resize(0);
    line.reserve(kTypicalLine);
    appendTimestamp(line, std::chrono::system_clock::now());
    const std::string_view word = levelWord(level);
    line.append(' ').append(word.data(), static_cast<qsizetype>(word.size()));
    line.append(' ').append(event.data(), static_cast<qsizetype>(event.size()));
    return line;
}

void hand(Level level, const QByteArray& line) {
    s_logger->log(spdlogLevel(level),
                  spdlog::string_view_t(line.constData(), static_cast<std::size_t>(line.size())));
    if (level < Level::Warn) flushSoon();
}

} // namespace

void configure(const Options& options) {
    flush();
    std::vector<spdlog::sink_ptr> sinks;
    if (options.isConsole) sinks.push_back(makeConsoleSink());
    QString fileError;
    if (!options.file.isEmpty()) {
        auto file = makeFileSink(options.file);
        if (file)
            sinks.push_back(std::move(file).value());
        else
            fileError = file.error();
    }
    if (sinks.empty() && !fileError.isEmpty()) sinks.push_back(makeConsoleSink());
    s_logger.reset();
    if (sinks.empty()) return;
    s_logger = std::make_unique<spdlog::logger>("sallyport", sinks.begin(), sinks.end());
    s_logger->flush_on(spdlog::level::warn);
    setLevel(options.level);
    if (!fileError.isEmpty())
        write(Level::Warn, "log_file_unusable", {{"file", options.file}, {"error", fileError}});
}

void setLevel(Level level) {
    if (s_logger) s_logger->set_level(spdlogLevel(level));
}

void setKnownSecrets(const KnownSecrets& known) {
    s_known.store(std::make_shared<const KnownSecrets>(known));
}

bool isEnabled(Level level) { return s_logger && s_logger->should_log(spdlogLevel(level)); }

void write(Level level, std::string_view event, std::initializer_list<Pair> pairs) {
    if (!isEnabled(level)) return;
    QByteArray& line = startedLine(level, event);
    for (const Pair& pair : pairs)
        appendPair(line, pair.key, QByteArrayView(pair.value));
    if (const auto known = s_known.load())
        if (auto masked = known->masked(line)) line = std::move(*masked);
    hand(level, line);
}

void writeLine(Level level, std::string_view event, QByteArrayView pairs) {
    if (!isEnabled(level)) return;
    QByteArray& line = startedLine(level, event);
    line.append(pairs);
    hand(level, line);
}

void flush() {
    s_isFlushDue.store(false, std::memory_order_relaxed);
    if (s_logger) s_logger->flush();
}

} // namespace sallyport::log
