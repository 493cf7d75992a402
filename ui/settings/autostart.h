// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QString>

namespace sallyport {

/// Starting at login by an entry of XDG autostart. The entry is a file of ours alone; turning it
/// off removes the file.
class Autostart {
public:
    /// `configHome`: `$XDG_CONFIG_HOME` or `~/.config`; `program`: the absolute path to start.
    Autostart(const QString& configHome, QString program);

    [[nodiscard]] bool isOn() const;
    /// The error is a sentence that names the file.
    [[nodiscard]] Result<Done, QString> setOn(bool on) const;
    /// The entry: starts hidden, after the panel where the desktop can wait for that.
    [[nodiscard]] QByteArray entry() const;

private:
    QString m_file;
    QString m_program;
};

} // namespace sallyport
