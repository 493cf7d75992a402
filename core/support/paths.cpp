// SPDX-License-Identifier: MIT
#include "core/support/paths.h"

#include <QDir>
#include <QFileInfo>

namespace sallyport::paths {

namespace {

QString ownDirUnder(const char* ownVariable, const char* xdgVariable, QLatin1String fallback) {
    const QString own = qEnvironmentVariable(ownVariable);
    if (!own.isEmpty()) return QDir::cleanPath(QDir::current().absoluteFilePath(own));
    const QString xdg = qEnvironmentVariable(xdgVariable);
    // XDG: a relative path there is invalid and must be ignored.
    const QString base =
        QDir::isAbsolutePath(xdg) ? xdg : QString(QDir::homePath() + u'/' + fallback);
    return QDir::cleanPath(base + QLatin1String("/sallyport"));
}

} // namespace

QString configDir() {
    return ownDirUnder("SALLYPORT_CONFIG_DIR", "XDG_CONFIG_HOME", QLatin1String(".config"));
}

QString stateDir() {
    return ownDirUnder("SALLYPORT_STATE_DIR", "XDG_STATE_HOME", QLatin1String(".local/state"));
}

bool ensurePrivateDir(const QString& path) {
    if (QFileInfo(path).isDir()) return true;
    const QString parent = QFileInfo(path).absolutePath();
    if (parent != path && !ensurePrivateDir(parent)) return false;
    return QDir().mkdir(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner) ||
           QFileInfo(path).isDir();
}

} // namespace sallyport::paths
