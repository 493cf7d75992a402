// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/yamledit.h"

#include <QByteArray>
#include <QString>

namespace sallyport {

/// One gateway of a first `routes.yaml`.
struct FirstGateway {
    QString name = QStringLiteral("corp");
    QString url;
    QString credential;    ///< `env:NAME`, `file:PATH`, `none`; empty: none
    bool isApiKey = false; ///< x-api-key instead of bearer
    QString caFile;
};
/// It as an entry of `upstreams:`.
[[nodiscard]] yaml::ListEntry upstreamEntry(const FirstGateway& gateway);
/// The text of a first `routes.yaml` with it, commented for people.
[[nodiscard]] QByteArray firstRoutesText(const FirstGateway& gateway);
/// The same for the sandbox.
[[nodiscard]] QByteArray sandboxRoutesText();
/// A commented `settings.yaml` with the defaults.
[[nodiscard]] QByteArray firstSettingsText();

} // namespace sallyport
