// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/configerror.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QString>

namespace sallyport {

/// `routes.yaml` text with `enabled` of one route set, and no other byte changed: the line that
/// holds the key is edited, or one is put in after `name:` with the indentation of its
/// neighbours (block style), or inside the braces (flow style). The result is parsed again before
/// it is handed over and differs in exactly that value.
[[nodiscard]] Result<QByteArray, ConfigError> withRouteEnabled(const QByteArray& yaml,
                                                               const QString& fileName,
                                                               const QString& route, bool enabled);

} // namespace sallyport
