// SPDX-License-Identifier: MIT
#include "core/config/configerror.h"

#include "core/config/yamlposition.h"

namespace sallyport {

QString ConfigError::toString() const {
    if (line <= 0) return file + QLatin1String(": ") + message;
    return QStringLiteral("%1:%2:%3: %4").arg(file).arg(line).arg(column).arg(message);
}

ConfigError configErrorAt(const QString& file, const QByteArray& yaml,
                          const yaml::Problem& problem) {
    const auto [line, column] = yaml::lineColumnOf(yaml, problem.place);
    return {file, line, column, problem.message};
}

} // namespace sallyport
