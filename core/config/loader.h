// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <vector>

namespace sallyport {

/// What is wrong with a file, where, and what would be right.
struct ConfigError {
    QString file;
    int line = 0;   ///< from 1; 0 when the file as a whole is meant
    int column = 0; ///< from 1
    QString message;

    /// `FILE:LINE:COLUMN: message`
    [[nodiscard]] QString toString() const;
    friend bool operator==(const ConfigError&, const ConfigError&) = default;
};

/// Reads `settings.yaml` text. An unknown key is an error that names the nearest known one; a key
/// of a later version says "not yet", unless its value means what happens anyway. Relative paths in
/// values are taken from the folder of `fileName`. Of several errors the first in the file is told.
[[nodiscard]] Result<Settings, ConfigError> parseSettings(const QByteArray& yaml,
                                                          const QString& fileName);
struct RoutesFile {
    std::vector<UpstreamConfig> upstreams;
    std::vector<Route> routes;
    ForwardPolicy forward;
    friend bool operator==(const RoutesFile&, const RoutesFile&) = default;
};
/// Reads `routes.yaml` text; cross-references (upstream names, duplicates) are checked. A route may
/// name the upstream `sandbox` without an entry for it: it is built in, and added. An empty file
/// has no routes.
[[nodiscard]] Result<RoutesFile, ConfigError> parseRoutes(const QByteArray& yaml,
                                                          const QString& fileName);

/// Reads both files of `dir` and checks what spans them. A missing `settings.yaml` means the
/// defaults; a missing `routes.yaml` means defaultRoutes(). A file that exists and cannot be read
/// is an error.
[[nodiscard]] Result<std::shared_ptr<const Config>, ConfigError> loadConfig(const QString& dir);

/// What is served without a `routes.yaml`: everything to the built-in sandbox.
[[nodiscard]] RoutesFile defaultRoutes();

} // namespace sallyport
