// SPDX-License-Identifier: MIT
#pragma once

#include "core/authority/authorityfolder.h"
#include "core/authority/authorityrenewal.h"
#include "core/support/result.h"

#include <QString>

namespace sallyport {

/// What was made of the local authority.
struct AuthorityUpdate {
    AuthorityStep step = AuthorityStep::Nothing; ///< what was done
    bool keptOld = false;                        ///< the one before stays trusted until its end
    AuthorityFiles files;                        ///< as they are now
};

/// An authority is made by a person's wish only; afterwards it is kept fit.
enum class AuthorityWish { KeepFit, Create };

/// Carries out planAuthority() on the folder, under a lock of its own (`ca.lock` beside it) that is
/// waited for 2 s. Writes nothing where nothing has to be done. The error is a clause.
[[nodiscard]] Result<AuthorityUpdate, QString> updateAuthority(const QString& stateDir,
                                                               const HostList& wanted,
                                                               const QDateTime& now,
                                                               AuthorityWish wish);

/// What people are told of an update: what was made, and what has to be started again. Empty where
/// nothing was.
[[nodiscard]] QString updateText(const AuthorityUpdate& update, const QString& bundlePath);

} // namespace sallyport
