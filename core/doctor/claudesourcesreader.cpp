// SPDX-License-Identifier: MIT
#include "core/doctor/claudesourcesreader.h"

#include "core/support/regularfile.h"

#include <QFileInfo>
#include <QProcessEnvironment>

namespace sallyport {

namespace {

SettingsText readText(SettingsLayer layer, const QString& file) {
    constexpr qsizetype kMaxBytes = qsizetype{16} * 1024 * 1024;
    SettingsText read{layer, file};
    const QFileInfo info(file);
    if (file.isEmpty() || (!info.exists() && !info.isSymLink())) return read;
    auto bytes = readRegularFile(file, kMaxBytes);
    if (bytes)
        read.text = std::move(bytes).value();
    else
        read.problem = bytes.error();
    return read;
}

SettingsLayer layerOf(const SettingsPaths& paths, const QString& file) {
    if (file == paths.strongerFiles.value(0)) return SettingsLayer::Managed;
    return file.endsWith(QLatin1String("/settings.local.json")) ? SettingsLayer::ProjectLocal
                                                                : SettingsLayer::Project;
}

} // namespace

ClaudeSources readClaudeSources(const SettingsPaths& paths,
                                std::map<QByteArray, QByteArray> environment) {
    ClaudeSources sources;
    for (const QString& file : paths.strongerFiles)
        sources.files.push_back(readText(layerOf(paths, file), file));
    sources.files.push_back(readText(SettingsLayer::User, paths.settingsFile));
    sources.remembered = readText(SettingsLayer::Remembered, paths.clientStateFile);
    sources.environment = std::move(environment);
    return sources;
}

std::map<QByteArray, QByteArray> processEnvironment() {
    std::map<QByteArray, QByteArray> variables;
    const QProcessEnvironment system = QProcessEnvironment::systemEnvironment();
    const QStringList names = system.keys();
    for (const QString& name : names)
        variables.emplace(name.toUtf8(), system.value(name).toUtf8());
    return variables;
}

} // namespace sallyport
