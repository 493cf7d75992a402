// SPDX-License-Identifier: MIT
#include "core/config/loader.h"

#include "core/config/routesfile.h"
#include "core/config/settingsfile.h"
#include "core/config/yamltree.h"
#include "core/support/regularfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace sallyport {

namespace {

/// The bytes of a file; nothing when there is none.
Result<std::optional<QByteArray>, ConfigError> bytesOf(const QString& path) {
    const QFileInfo info(path);
    // A dangling link is a file that cannot be read, not one that is missing.
    if (!info.exists() && !info.isSymLink()) return std::optional<QByteArray>();
    const auto unreadable = [&](const QString& reason) {
        return Failure{ConfigError{
            path, 0, 0,
            QCoreApplication::translate("Config", "cannot be read: %1; mend that, or move the file "
                                                  "away to run with the defaults")
                .arg(reason)}};
    };
    if (info.exists() && !info.isFile())
        return unreadable(QCoreApplication::translate("Config", "it is not a file"));
    // One byte more than allowed, so that what is too large is seen without reading all of it.
    auto bytes = readRegularFileStart(path, yaml::kMaxFileBytes + 1);
    if (!bytes) return unreadable(bytes.error());
    return std::optional(std::move(bytes).value());
}

/// The clients of the settings name upstreams of the routes.
std::optional<ConfigError> checkClients(Config& config, const QByteArray& settings,
                                        const QString& path) {
    QStringList names;
    for (const UpstreamConfig& upstream : config.upstreams)
        names.append(upstream.name);
    const UpstreamConfig sandbox = defaultRoutes().upstreams.front();
    const auto usesSandbox = [&](const ClientConfig& each) {
        return each.upstream == sandbox.name;
    };
    const auto& clients = config.settings.clients;
    if (!names.contains(sandbox.name) && std::any_of(clients.begin(), clients.end(), usesSandbox)) {
        config.upstreams.push_back(sandbox);
        names.append(sandbox.name);
    }
    const auto checked = parseSettings(settings, path, names);
    return checked ? std::nullopt : std::optional(checked.error());
}

} // namespace

Result<std::shared_ptr<const Config>, ConfigError> loadConfig(const QString& dir) {
    auto config = std::make_shared<Config>();
    const QString settingsPath = QDir(dir).absoluteFilePath(QStringLiteral("settings.yaml"));
    const auto settingsBytes = bytesOf(settingsPath);
    if (!settingsBytes) return Failure{settingsBytes.error()};
    if (*settingsBytes) {
        auto settings = parseSettings(**settingsBytes, settingsPath);
        if (!settings) return Failure{settings.error()};
        config->settings = std::move(settings).value();
    }
    const QString routesPath = QDir(dir).absoluteFilePath(QStringLiteral("routes.yaml"));
    const auto routesBytes = bytesOf(routesPath);
    if (!routesBytes) return Failure{routesBytes.error()};
    auto routes = *routesBytes ? parseRoutes(**routesBytes, routesPath)
                               : Result<RoutesFile, ConfigError>(defaultRoutes());
    if (!routes) return Failure{routes.error()};
    config->upstreams = std::move(routes->upstreams);
    config->routes = std::move(routes->routes);
    config->forward = std::move(routes->forward);
    config->forwardVia = std::move(routes->forwardVia);
    config->intercept = std::move(routes->intercept);
    if (*settingsBytes)
        if (auto error = checkClients(*config, **settingsBytes, settingsPath))
            return Failure{std::move(*error)};
    return std::shared_ptr<const Config>(std::move(config));
}

} // namespace sallyport
