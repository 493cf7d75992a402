// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/configerror.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QString>

namespace sallyport {

/// `settings.yaml` text with `history.enabled` set, and no other byte changed: the value is edited,
/// or a line is put into `history:`, or `history:` is added at the end. The result is parsed again
/// before it is handed over and differs in exactly that value.
[[nodiscard]] Result<QByteArray, ConfigError>
withHistoryEnabled(const QByteArray& yaml, const QString& fileName, bool isEnabled);

/// The same for `settings.yaml` of that folder, which is made where there is none.
[[nodiscard]] Result<Done, QString> switchHistory(const QString& dir, bool isEnabled);

} // namespace sallyport
