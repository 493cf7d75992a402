// SPDX-License-Identifier: MIT
#pragma once

#include <QSettings>

namespace sallyport {

/// What becomes of Claude Code's settings when Sallyport is quit while they lead to it.
enum class QuitChoice { Ask, Restore, Keep };

/// What the user chose for the tray application, kept in an ini file.
class Preferences {
public:
    /// `settings` outlives this.
    explicit Preferences(QSettings& settings)
        : m_settings(settings) {}

    [[nodiscard]] QuitChoice quitChoice() const;
    void setQuitChoice(QuitChoice choice);
    /// True until it is turned off.
    [[nodiscard]] bool hasNotifications() const;
    void setNotifications(bool on);

private:
    QSettings& m_settings;
};

} // namespace sallyport
