// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QString>

namespace sallyport {

/// `<stateDir>/token`: where the token that clients show to this machine's gateway is kept.
[[nodiscard]] QString localTokenFile(const QString& stateDir);

/// The kept token. The error is a sentence with the way out: there is none yet, the file is a
/// symbolic link or not a plain file, belongs to somebody else, can be read by others, or does not
/// hold a token.
[[nodiscard]] Result<QByteArray, QString> readLocalToken(const QString& stateDir);

/// The kept token, or a new one (`sp-` and 32 URL-safe characters from the system's random source)
/// when there is no file: written 0600, its folder made 0700. When two processes make one at the
/// same time, both get the one that was kept. Errors as readLocalToken().
[[nodiscard]] Result<QByteArray, QString> readOrMakeLocalToken(const QString& stateDir);

} // namespace sallyport
