// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QString>

namespace sallyport {

/// What a person typed into the first-run dialog.
struct SetupChoice {
    bool isSandbox = false;
    QString url;
    QString key; ///< the credential itself; written to a file of its own, never into routes.yaml
    bool isApiKey = false;
    QString caFile;
};

/// Why a choice cannot be written yet; empty when it can. Pure.
[[nodiscard]] QString setupProblem(const SetupChoice& choice);
/// A name for the gateway, made from its host (`gateway.corp.example` gives `gateway`).
[[nodiscard]] QString gatewayName(const QString& url);

/// Writes `routes.yaml`, `settings.yaml` where there is none, and the key with mode 0600 into
/// `configDir`. A `routes.yaml` that is there is kept beside as `routes.yaml.before-setup`. The
/// error names the file.
[[nodiscard]] Result<Done, QString> writeSetup(const QString& configDir, const SetupChoice& choice);

} // namespace sallyport
