// SPDX-License-Identifier: MIT
#include "core/transfer/keyfile.h"

#include "core/support/atomicfile.h"
#include "core/support/paths.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace sallyport {

QString keyFileReference(const QString& name) {
    return QLatin1String("credentials/") + name + QLatin1String(".key");
}

QString keyFilePath(const QString& configDir, const QString& name) {
    return configDir + u'/' + keyFileReference(name);
}

QStringList keyFileNames(const QString& configDir) {
    QStringList names;
    const QDir folder(QFileInfo(keyFilePath(configDir, QStringLiteral("x"))).absolutePath());
    const auto files = folder.entryList({QStringLiteral("*.key")}, QDir::Files);
    for (const QString& file : files)
        names << file.chopped(4);
    return names;
}

Result<Done, QString> writeKeyFile(const QString& configDir, const QString& name,
                                   const QByteArray& key) {
    const QString file = keyFilePath(configDir, name);
    const QString folder = QFileInfo(file).absolutePath();
    if (!paths::ensurePrivateDir(folder))
        return Failure{
            QCoreApplication::translate("Setup", "The folder %1 cannot be made.").arg(folder)};
    return writeFileAtomically(file, key + '\n', kPrivateFile);
}

} // namespace sallyport
