// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QString>

namespace sallyport {

/// Starting at login by an entry of XDG autostart. As long as the entry is as it was written,
/// turning it off removes the file; one that has been edited is edited, and its other lines stay.
class Autostart {
public:
    /// `configHome`: `$XDG_CONFIG_HOME` or `~/.config`; `program`: the absolute path to start.
    Autostart(const QString& configHome, QString program);

    /// The entry is there, and desktops start what it names.
    [[nodiscard]] bool isOn() const;
    /// The error is a sentence that names the file.
    [[nodiscard]] Result<Done, QString> setOn(bool on) const;
    /// The file, whether or not it is there.
    [[nodiscard]] const QString& file() const { return m_file; }

private:
    QString m_file;
    QString m_program;
};

} // namespace sallyport
