// SPDX-License-Identifier: MIT
#pragma once

#include "core/replay/playlist.h"
#include "core/support/clock.h"

#include <QDateTime>
#include <QString>

#include <memory>

namespace sallyport {

/// The file of a `replay:` upstream. Looked at again at most once a second, and read when its size
/// or time has changed; a file that is being written, and cannot be read at one look, does not take
/// away what was read before: only the second look does. Lives on the thread of its transport.
class RecordingFile {
public:
    /// The clock outlives it.
    RecordingFile(QString path, const Clock& clock);

    /// What is served now; null where problem() says why not. A list that was given out stays as it
    /// is when the file changes.
    [[nodiscard]] std::shared_ptr<Playlist> playlist();
    /// `FILE: what is wrong; what to do`, by the latest look; empty while it can be served.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    /// Without its folder.
    [[nodiscard]] const QString& name() const { return m_name; }

private:
    void look();
    void read();

    const QString m_path;
    const QString m_name;
    const Clock& m_clock;
    Monotonic m_lookAgain{};
    QDateTime m_changed;
    qint64 m_size = -1;
    int m_failures = 0;
    QString m_problem;
    std::shared_ptr<Playlist> m_playlist;
};

} // namespace sallyport
