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

} // namespace sallyport
