// SPDX-License-Identifier: MIT
#include "core/claudecode/vscodefiles.h"

#include <QFileInfo>

namespace sallyport {

QStringList vsCodeFiles(const QString& configHome, const QString& home) {
    const QStringList programs{QStringLiteral("Code"), QStringLiteral("Code - Insiders"),
                               QStringLiteral("VSCodium"), QStringLiteral("Cursor"),
                               QStringLiteral("Windsurf")};
    QStringList folders;
    for (const QString& program : programs)
        folders << configHome + u'/' + program + QLatin1String("/User");
    // In WSL and over SSH the extension runs under the server of VS Code.
    folders << home + QLatin1String("/.vscode-server/data/Machine");
    const QString usual = folders.front();
    folders.removeIf([](const QString& folder) { return !QFileInfo(folder).isDir(); });
    if (folders.isEmpty()) folders << usual;
    for (QString& folder : folders)
        folder += QLatin1String("/settings.json");
    return folders;
}

} // namespace sallyport
