// SPDX-License-Identifier: MIT
#include "core/claudecode/places.h"

#include <QDir>
#include <QFileInfo>

namespace sallyport {

namespace {

QString managedSettingsFile() {
#if defined(Q_OS_WIN)
    return QStringLiteral("C:/Program Files/ClaudeCode/managed-settings.json");
#elif defined(Q_OS_MACOS)
    return QStringLiteral("/Library/Application Support/ClaudeCode/managed-settings.json");
#else
    return QStringLiteral("/etc/claude-code/managed-settings.json");
#endif
}

QString userSettingsFile() {
    const QString own = qEnvironmentVariable("CLAUDE_CONFIG_DIR");
    const QString folder =
        own.isEmpty() ? QString(QDir::homePath() + QLatin1String("/.claude")) : own;
    return QDir::cleanPath(QDir::current().absoluteFilePath(folder) +
                           QLatin1String("/settings.json"));
}

QString projectFile(QLatin1String name) {
    return QDir::current().absoluteFilePath(QLatin1String(".claude/") + name);
}

} // namespace

ClaudePlaces ClaudePlaces::fromEnvironment(EnvTarget target) {
    ClaudePlaces places;
    places.noProxy = qEnvironmentVariable("NO_PROXY", qEnvironmentVariable("no_proxy"));
    places.strongerFiles << managedSettingsFile();
    const QString local = projectFile(QLatin1String("settings.local.json"));
    switch (target) {
    case EnvTarget::Project: places.settingsFile = local; return places;
    case EnvTarget::Claude: break;
    }
    places.settingsFile = userSettingsFile();
    // In the home folder the project's settings are the user's.
    for (const QString& file : {local, projectFile(QLatin1String("settings.json"))}) {
        if (resolvedPath(file) != resolvedPath(places.settingsFile)) places.strongerFiles << file;
    }
    return places;
}

QString resolvedPath(const QString& path) {
    const QFileInfo info(path);
    const QString canonical = info.canonicalFilePath();
    if (!canonical.isEmpty()) return canonical;
    // A link whose target is missing: the target is what would be made.
    if (info.isSymLink() && info.symLinkTarget() != info.absoluteFilePath())
        return QDir::cleanPath(info.symLinkTarget());
    const QString folder = info.absolutePath();
    if (folder == info.absoluteFilePath()) return folder;
    return QDir::cleanPath(resolvedPath(folder) + u'/' + info.fileName());
}

} // namespace sallyport
