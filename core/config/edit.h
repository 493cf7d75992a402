// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/loader.h"

namespace sallyport {

/// `routes.yaml` text with `enabled` of one route set, and no other byte changed: the line that
/// holds the key is edited, or one is put in behind `name:` with the indentation of its
/// neighbours (block style), or inside the braces (flow style). The result is parsed again before
/// it is handed over and differs in exactly that value.
[[nodiscard]] Result<QByteArray, ConfigError> withRouteEnabled(const QByteArray& yaml,
                                                               const QString& fileName,
                                                               const QString& route, bool enabled);

/// The text of a first `routes.yaml` with one gateway, commented for people.
struct FirstGateway {
    QString name = QStringLiteral("corp");
    QString url;
    QString credential;    ///< `env:NAME`, `file:PATH`, `none`
    bool isApiKey = false; ///< x-api-key instead of bearer
    QString caFile;
};
[[nodiscard]] QByteArray firstRoutesText(const FirstGateway& gateway);
/// The same for the sandbox.
[[nodiscard]] QByteArray sandboxRoutesText();
/// A commented `settings.yaml` with the defaults.
[[nodiscard]] QByteArray firstSettingsText();

} // namespace sallyport
