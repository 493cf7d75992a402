// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

/// The text of an entry of XDG autostart (Desktop Entry Specification 1.5). Pure.
namespace sallyport::autostartentry {

/// As it is written at first: starts `program`, an absolute path, hidden, after the panel where the
/// desktop can wait for that.
[[nodiscard]] QByteArray madeFor(const QString& program);
/// Whether desktops start what it names: no `Hidden=true`, no `X-GNOME-Autostart-enabled=false`.
[[nodiscard]] bool isOn(const QByteArray& entry);
/// The entry turned on, with only the lines changed that keep it from being started. An `Exec` that
/// is missing, or whose program `isThere` says is gone, becomes that of madeFor().
[[nodiscard]] QByteArray turnedOn(const QByteArray& entry, const QString& program,
                                  bool (*isThere)(const QString& program));
/// The entry turned off by `Hidden=true`, with all other lines as they are.
[[nodiscard]] QByteArray turnedOff(const QByteArray& entry);

} // namespace sallyport::autostartentry
