// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QDateTime>
#include <QString>

namespace sallyport {

/// The input of the set-up dialog.
struct SetupChoice {
    bool isSandbox = false;
    QString url;
    QString key; ///< the credential itself; written to a file of its own, never into routes.yaml
    bool isApiKey = false;
    QString caFile;
};

/// Why a choice cannot be written yet; empty when it can. Reads no more than whether the CA file
/// exists.
[[nodiscard]] QString setupProblem(const SetupChoice& choice);
/// A name for the gateway, made from its host (`gateway.corp.example` gives `gateway`).
[[nodiscard]] QString gatewayName(const QString& url);

/// Where a `routes.yaml` that the dialog replaces is kept:
/// `routes.yaml.before-setup-20261121-1722`, with a number where that name is taken, so that no
/// copy is ever overwritten. Empty when there is no `routes.yaml`.
[[nodiscard]] QString routesBackupPath(const QString& configDir, const QDateTime& now);

/// Writes `routes.yaml`, `settings.yaml` where there is none, and the key with mode 0600 into
/// `configDir`. A `routes.yaml` that is there and differs is kept as routesBackupPath() says. The
/// error names the file.
[[nodiscard]] Result<Done, QString> writeSetup(const QString& configDir, const SetupChoice& choice,
                                               const QDateTime& now);

} // namespace sallyport
