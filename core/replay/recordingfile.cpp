// SPDX-License-Identifier: MIT
#include "core/replay/recordingfile.h"

#include "core/replay/recordingreader.h"
#include "core/support/regularfile.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace sallyport {

namespace {

using namespace std::chrono_literals;

constexpr auto kBetweenLooks = 1s;

} // namespace

RecordingFile::RecordingFile(QString path, const Clock& clock)
    : m_path(std::move(path))
    , m_name(QFileInfo(m_path).fileName())
    , m_clock(clock) {
    look();
}

std::shared_ptr<Playlist> RecordingFile::playlist() {
    if (m_clock.now() >= m_lookAgain) look();
    return m_playlist;
}

void RecordingFile::look() {
    m_lookAgain = m_clock.now() + kBetweenLooks;
    const QFileInfo now(m_path);
    if (m_failures == 0 && m_playlist && now.lastModified() == m_changed && now.size() == m_size)
        return;
    m_changed = now.lastModified();
    m_size = now.size();
    read();
}

void RecordingFile::read() {
    const auto bytes = readRegularFile(m_path, kMaxRecordingBytes);
    auto exchanges =
        bytes ? readRecording(*bytes)
              : Result<std::vector<RecordedExchange>, RecordingError>(Failure{
                    RecordingError{bytes.error() + QLatin1String("; ") +
                                   QCoreApplication::translate(
                                       "Replay", "name another file in replay, or put it there")}});
    if (exchanges) {
        m_playlist = std::make_shared<Playlist>(std::move(exchanges).value());
        m_problem.clear();
        m_failures = 0;
        return;
    }
    if (++m_failures == 1 && m_playlist) return;
    m_playlist.reset();
    m_problem = m_path + QLatin1String(": ") + exchanges.error().message;
}

} // namespace sallyport
