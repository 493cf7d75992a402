// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

#include <functional>

namespace sallyport {

/// Keys whose responses are still on disk and must not be used again, in a file until those are
/// gone. To add one is a write of 32 bytes: it holds when the process is killed in the next moment.
/// A loss of power may undo it.
class ForgottenKeys {
public:
    /// Beyond so many the file says that all keys are forgotten.
    static constexpr qint64 kMost = 4096;

    /// `path` is in a folder that is made when the first key is added.
    explicit ForgottenKeys(const QString& path)
        : m_file(path) {}

    void add(const QByteArray& key);
    /// The responses of all keys are gone.
    void clear();
    /// Which keys are in that file. One that is damaged has all.
    [[nodiscard]] static std::function<bool(const QByteArray& key)> read(const QString& path);

private:
    [[nodiscard]] bool open();

    QFile m_file;
};

} // namespace sallyport
