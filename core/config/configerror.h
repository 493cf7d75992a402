// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace sallyport {

namespace yaml {
struct Problem;
}

/// What is wrong with a file, where, and what would be right.
struct ConfigError {
    QString file;
    int line = 0;   ///< from 1; 0 when the file as a whole is meant
    int column = 0; ///< from 1
    QString message;

    /// `FILE:LINE:COLUMN: message`
    [[nodiscard]] QString toString() const;
    friend bool operator==(const ConfigError&, const ConfigError&) = default;
};

/// The problem as people are told it; `yaml` is the text of the file.
[[nodiscard]] ConfigError configErrorAt(const QString& file, const QByteArray& yaml,
                                        const yaml::Problem& problem);

} // namespace sallyport
