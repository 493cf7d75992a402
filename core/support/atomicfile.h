// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QFileDevice>
#include <QString>

#include <optional>

namespace sallyport {

/// Mode 0600: the owner reads and writes.
inline constexpr QFileDevice::Permissions kPrivateFile =
    QFileDevice::ReadOwner | QFileDevice::WriteOwner;

/// Replaces the content of the file at `path`, whole or not at all: temporary file beside the
/// resolved link, fsync, rename, fsync of the folder. An existing file keeps its mode unless
/// `mode` is given; a new one gets `mode` or 0600. Symbolic links are kept and written through.
/// The error is a sentence that names the file and the reason.
[[nodiscard]] Result<Done, QString>
writeFileAtomically(const QString& path, const QByteArray& content,
                    std::optional<QFileDevice::Permissions> mode = std::nullopt);

/// How replaceFileAtomically() ended without an error.
enum class FileReplacement {
    Replaced,
    ChangedMeanwhile, ///< another program has written the file; its content is what is there
};

/// writeFileAtomically(), but only while the file holds `expected` (nothing: while there is none).
/// On Linux both files are exchanged in one step (`renameat2`), and exchanged back when the one
/// that came out is not the expected one; elsewhere the file is compared right before the rename.
[[nodiscard]] Result<FileReplacement, QString>
replaceFileAtomically(const QString& path, const std::optional<QByteArray>& expected,
                      const QByteArray& content);

} // namespace sallyport
