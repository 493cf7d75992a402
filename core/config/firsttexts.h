// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace sallyport {

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
