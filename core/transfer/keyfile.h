// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

/// Keys of upstreams in files of their own below the configuration, for `credential: file:PATH`.
namespace sallyport {

/// `DIR/credentials/NAME.key`.
[[nodiscard]] QString keyFilePath(const QString& configDir, const QString& name);
/// The same relative to the configuration, as routes.yaml may have it.
[[nodiscard]] QString keyFileReference(const QString& name);
/// The names of those that are there.
[[nodiscard]] QStringList keyFileNames(const QString& configDir);
/// Writes one, 0600 in a folder of 0700. The error is a sentence that names the place.
[[nodiscard]] Result<Done, QString> writeKeyFile(const QString& configDir, const QString& name,
                                                 const QByteArray& key);

} // namespace sallyport
