// SPDX-License-Identifier: MIT
#include "core/claudecode/settingspaths.h"

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

/// `file` in `$CLAUDE_CONFIG_DIR`, else in `otherwise`.
QString inConfigDir(const QString& otherwise, QLatin1String file) {
    const QString own = qEnvironmentVariable("CLAUDE_CONFIG_DIR");
    const QString folder = own.isEmpty() ? otherwise : own;
    return QDir::cleanPath(QDir::current().absoluteFilePath(folder) + u'/' + file);
}

QString userSettingsFile() {
    return inConfigDir(QDir::homePath() + QLatin1String("/.claude"),
                       QLatin1String("settings.json"));
}

QString projectFile(QLatin1String name) {
    return QDir::current().absoluteFilePath(QLatin1String(".claude/") + name);
}

/// The order in which Claude Code looks for a proxy.
QString proxyOfProcess() {
    for (const char* name : {"https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"})
        if (const QString proxy = qEnvironmentVariable(name); !proxy.isEmpty()) return proxy;
    return {};
}

SettingsPaths pathsOf(const QString& settingsFile) {
    SettingsPaths paths{settingsFile, {managedSettingsFile()}, {}};
    paths.noProxy = qEnvironmentVariable("NO_PROXY", qEnvironmentVariable("no_proxy"));
    paths.proxy = proxyOfProcess();
    return paths;
}

} // namespace

SettingsPaths SettingsPaths::fromEnvironment(ClientTarget target) {
    const QString local = projectFile(QLatin1String("settings.local.json"));
    if (target == ClientTarget::Project) return pathsOf(local);
    SettingsPaths paths = pathsOf(userSettingsFile());
    paths.clientStateFile = inConfigDir(QDir::homePath(), QLatin1String(".claude.json"));
    // In the home folder the project's settings are the user's.
    for (const QString& file : {local, projectFile(QLatin1String("settings.json"))}) {
        if (resolvedPath(file) != resolvedPath(paths.settingsFile)) paths.strongerFiles << file;
    }
    return paths;
}

SettingsPaths SettingsPaths::ofFolder(const QString& folder) {
    return pathsOf(QDir::cleanPath(QDir::current().absoluteFilePath(folder) +
                                   QLatin1String("/settings.json")));
}

SettingsPaths SettingsPaths::ofProject(const QString& folder) {
    return pathsOf(QDir::cleanPath(folder + QLatin1String("/.claude/settings.local.json")));
}

SettingsPaths SettingsPaths::ofFile(const QString& settingsFile, Form form) {
    SettingsPaths paths = pathsOf(settingsFile);
    if (form == Form::VsCode) paths.strongerFiles.clear();
    paths.form = form;
    return paths;
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
