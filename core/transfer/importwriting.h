// SPDX-License-Identifier: MIT
#pragma once

#include "core/transfer/importplan.h"

namespace sallyport {

/// The text that an import is added to: `routes.yaml`, or what a first one holds.
struct ImportBase {
    QString path; ///< of routes.yaml
    bool hasFile = false;
    QByteArray text;
};
/// The error is a sentence that names the file.
[[nodiscard]] Result<ImportBase, QString> importBase(const QString& configDir);

/// `settings.yaml` beside the `routes.yaml` of `base`.
[[nodiscard]] QString settingsPath(const ImportBase& base);
/// What of `settings`, those of an exported configuration, writeImport() writes into
/// `settings.yaml`: all of it, or nothing where that file is there.
[[nodiscard]] QByteArray settingsToWrite(const ImportBase& base, const QByteArray& settings);

/// Writes what a plan says: keys that go into files first, then `routes.yaml`, the one before kept
/// as routesBackupPath() says, and what settingsToWrite() says. Keys that go into the keychain are
/// there already. Nothing is written when `routes.yaml` is not `base` any more. Returns the path of
/// the copy, which may be empty. The error is a sentence.
[[nodiscard]] Result<QString, QString> writeImport(const ImportBase& base, const ImportPlan& plan,
                                                   KeyPlace keyPlace, const QByteArray& settings);

} // namespace sallyport
