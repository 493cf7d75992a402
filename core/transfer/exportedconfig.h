// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/configerror.h"
#include "core/support/result.h"
#include "core/transfer/foundprovider.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace sallyport {

/// A configuration as another person may have it.
struct ExportedConfig {
    QByteArray text;      ///< YAML of two documents, `routes.yaml` and `settings.yaml`
    QStringList replaced; ///< where a secret stood: `routes[0].request_headers.set.X-Api-Key`
};

/// The two files of `configDir`, absent where there is none.
struct ConfigTexts {
    std::optional<QByteArray> routes;
    std::optional<QByteArray> settings;
};

/// Both files without secrets: what withoutYamlSecrets() leaves of each, after lines that say what
/// each upstream's credential is called and how it is given. The routes that are exported load. The
/// error is that of a file that does not.
[[nodiscard]] Result<ExportedConfig, ConfigError> exportedConfig(const ConfigTexts& texts,
                                                                 const QString& configDir);

/// What such a text holds, or a `routes.yaml` alone: its upstreams, routes and settings. The error
/// is a sentence that names the place.
[[nodiscard]] Result<ImportSource, QString> exportSource(const QByteArray& text,
                                                         const QString& file);

} // namespace sallyport
