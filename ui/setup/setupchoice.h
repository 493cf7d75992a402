// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"
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
    bool isIntranet = false; ///< with the preset "Claude Code in an intranet"
};

/// The choice that the present `routes.yaml` stands for, to begin with.
struct PresentSetup {
    SetupChoice choice;
    QString credential; ///< `env:NAME`, `file:PATH`; empty for none. The key itself is not read
    bool hasFile = false;
    QString certFile; ///< `tls.cert` and `tls.key`: what the test shows to the gateway
    QString keyFile;
    Via via; ///< how the gateway is reached
};
/// Reads `routes.yaml` of `configDir`; without one the choice is an empty gateway. The error says
/// where the file is wrong: nothing can be edited then.
[[nodiscard]] Result<PresentSetup, QString> presentSetup(const QString& configDir);

/// Why a choice cannot be written yet; empty when it can. Reads no more than whether the CA file
/// exists.
[[nodiscard]] QString setupProblem(const SetupChoice& choice);

/// What saving a choice does to `routes.yaml`.
struct SetupPlan {
    bool hasFormer = false;
    QByteArray former;
    QByteArray routes;   ///< the text afterwards
    QString keyFile;     ///< where the key goes; empty when none was entered
    QString destination; ///< `corp (gateway.corp.example)`; empty for the sandbox
};
/// Reads `routes.yaml` again and changes nothing. Only the upstream that Claude Code's requests go
/// to is edited, or added, and the preset is added where it is asked for; an empty key keeps the
/// credential that stands there. The error says why that cannot be done.
[[nodiscard]] Result<SetupPlan, QString> planSetup(const QString& configDir,
                                                   const SetupChoice& choice);

/// Writes what planSetup() says, `settings.yaml` where there is none, and the key with mode 0600
/// into `configDir`. A `routes.yaml` that changes is kept as routesBackupPath() says. The error
/// names the file; the value is the plan that was carried out.
[[nodiscard]] Result<SetupPlan, QString>
writeSetup(const QString& configDir, const SetupChoice& choice, const QDateTime& now);

} // namespace sallyport
