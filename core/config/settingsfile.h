// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"
#include "core/config/configerror.h"
#include "core/support/result.h"

#include <QStringList>

#include <optional>

namespace sallyport {

/// Reads `settings.yaml` text. An unknown key is an error that names the nearest known one; a key
/// of a later version says "not yet", unless its value means what happens anyway. Relative paths in
/// values are taken from the folder of `fileName`. Of several errors the first in the file is told.
/// A client's upstream has to be one of `upstreams`, where those are known.
[[nodiscard]] Result<Settings, ConfigError>
parseSettings(const QByteArray& yaml, const QString& fileName,
              const std::optional<QStringList>& upstreams = std::nullopt);

} // namespace sallyport
