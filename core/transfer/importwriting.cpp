// SPDX-License-Identifier: MIT
#include "core/transfer/importwriting.h"

#include "core/config/defaultfiles.h"
#include "core/config/filerewrite.h"
#include "core/config/routesbackup.h"
#include "core/support/atomicfile.h"
#include "core/support/paths.h"
#include "core/transfer/keyfile.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>

namespace sallyport {

QString settingsPath(const ImportBase& base) {
    return QFileInfo(base.path).absolutePath() + QLatin1String("/settings.yaml");
}

Result<ImportBase, QString> importBase(const QString& configDir) {
    ImportBase base{configDir + QLatin1String("/routes.yaml"), false, {}};
    auto text = readText(base.path);
    if (!text) return Failure{text.error()};
    base.hasFile = text->has_value();
    base.text = text->value_or(sandboxRoutesText());
    return base;
}

QByteArray settingsToWrite(const ImportBase& base, const QByteArray& settings) {
    return QFileInfo::exists(settingsPath(base)) ? QByteArray() : settings;
}

Result<QString, QString> writeImport(const ImportBase& base, const ImportPlan& plan,
                                     KeyPlace keyPlace, const QByteArray& settings) {
    const QString dir = QFileInfo(base.path).absolutePath();
    const auto present = importBase(dir);
    if (!present) return Failure{present.error()};
    if (present->text != base.text)
        return Failure{QCoreApplication::translate(
                           "Import", "%1 has been changed in the meantime; nothing was written.")
                           .arg(base.path)};
    if (!paths::ensurePrivateDir(dir))
        return Failure{
            QCoreApplication::translate("Setup", "The folder %1 cannot be made.").arg(dir)};
    for (const ImportedKey& key : plan.keys) {
        if (keyPlace != KeyPlace::File) break;
        if (auto done = writeKeyFile(dir, key.name, key.secret); !done)
            return Failure{done.error()};
    }
    const QByteArray ours = settingsToWrite(base, settings);
    if (!ours.isEmpty())
        if (auto done = writeFileAtomically(settingsPath(base), ours); !done)
            return Failure{done.error()};
    return replaceRoutes(dir, plan.text, RoutesChange::Import, QDateTime::currentDateTime());
}

} // namespace sallyport
