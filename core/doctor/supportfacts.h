// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/checkresult.h"

#include <QJsonObject>
#include <QString>

#include <vector>

namespace sallyport {

/// What a ticket needs beside the requests: `version`, `system`, and as lists of lines `doctor`,
/// `settings` and `routes`, the files of `configDir` as maskedYaml() has them. None of it holds a
/// secret. Blocks for two small files.
[[nodiscard]] QJsonObject supportFacts(const QString& configDir,
                                       const std::vector<CheckResult>& results);

} // namespace sallyport
