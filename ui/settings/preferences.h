// SPDX-License-Identifier: MIT
#pragma once

#include <QSettings>

namespace sallyport {

/// What becomes of Claude Code's settings when Sallyport is quit while they lead to it.
enum class QuitChoice { Ask, Restore, Keep };

/// The language of the screens.
enum class LanguageChoice { System, English, Chinese };

/// What the user chose for the tray application, kept in an ini file.
class Preferences {
public:
    /// The file in a state folder.
    [[nodiscard]] static QString fileIn(const QString& stateDir);

    /// `settings` outlives this.
    explicit Preferences(QSettings& settings)
        : m_settings(settings) {}

    [[nodiscard]] QuitChoice quitChoice() const;
    void setQuitChoice(QuitChoice choice);
    /// True until it is turned off.
    [[nodiscard]] bool hasNotifications() const;
    void setNotifications(bool on);

    /// That of the session until another one is chosen.
    [[nodiscard]] LanguageChoice languageChoice() const;
    void setLanguageChoice(LanguageChoice choice);

private:
    QSettings& m_settings;
};

} // namespace sallyport
