// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QLatin1String>
#include <QString>

namespace sallyport {

/// What a copy of `routes.yaml` is made before; it is in the copy's name.
enum class RoutesChange { Setup, Preset, Import };

/// Where a `routes.yaml` is kept that is about to be changed or replaced:
/// `routes.yaml.before-setup-20261121-1722`, with a number where that name is taken, so that no
/// copy is ever overwritten. Empty when there is no `routes.yaml`.
[[nodiscard]] QString routesBackupPath(const QString& configDir, RoutesChange change,
                                       const QDateTime& now);

/// Replaces `routes.yaml` of `configDir`, made when it is not there, and keeps the one before, byte
/// for byte, under routesBackupPath(). Where it holds `text` already, nothing is written. Returns
/// the path of the copy, empty when there is none. The error names the file.
[[nodiscard]] Result<QString, QString> replaceRoutes(const QString& configDir,
                                                     const QByteArray& text, RoutesChange change,
                                                     const QDateTime& now);

} // namespace sallyport
