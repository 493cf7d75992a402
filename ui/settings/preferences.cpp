// SPDX-License-Identifier: MIT
#include "ui/settings/preferences.h"

namespace sallyport {

namespace {
const QString kQuit = QStringLiteral("quit/connected"); ///< `restore` or `keep`; absent: ask
const QString kNotify = QStringLiteral("notifications");
const QString kLanguage = QStringLiteral("language"); ///< `en` or `zh_CN`; absent: the session's
} // namespace

QString Preferences::fileIn(const QString& stateDir) {
    return stateDir + QLatin1String("/desktop.ini");
}

LanguageChoice Preferences::languageChoice() const {
    const QString word = m_settings.value(kLanguage).toString();
    if (word == QLatin1String("en")) return LanguageChoice::English;
    return word == QLatin1String("zh_CN") ? LanguageChoice::Chinese : LanguageChoice::System;
}

void Preferences::setLanguageChoice(LanguageChoice choice) {
    switch (choice) {
    case LanguageChoice::System: m_settings.remove(kLanguage); return;
    case LanguageChoice::English: m_settings.setValue(kLanguage, QStringLiteral("en")); return;
    case LanguageChoice::Chinese: m_settings.setValue(kLanguage, QStringLiteral("zh_CN")); return;
    }
}

QuitChoice Preferences::quitChoice() const {
    const QString word = m_settings.value(kQuit).toString();
    if (word == QLatin1String("restore")) return QuitChoice::Restore;
    return word == QLatin1String("keep") ? QuitChoice::Keep : QuitChoice::Ask;
}

void Preferences::setQuitChoice(QuitChoice choice) {
    switch (choice) {
    case QuitChoice::Ask: m_settings.remove(kQuit); return;
    case QuitChoice::Restore: m_settings.setValue(kQuit, QStringLiteral("restore")); return;
    case QuitChoice::Keep: m_settings.setValue(kQuit, QStringLiteral("keep")); return;
    }
}

bool Preferences::hasNotifications() const { return m_settings.value(kNotify, true).toBool(); }

void Preferences::setNotifications(bool on) { m_settings.setValue(kNotify, on); }

} // namespace sallyport
