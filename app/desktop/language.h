// SPDX-License-Identifier: MIT
#pragma once

#include "ui/settings/preferences.h"

#include <QCoreApplication>
#include <QTranslator>

namespace sallyport {

/// Installs the translations of a language, ours and Qt's, and makes its locale the default;
/// English where there is none. Outlives every text that is shown.
class Language {
public:
    Language(QCoreApplication& application, LanguageChoice choice);
    ~Language();
    Language(const Language&) = delete;
    Language& operator=(const Language&) = delete;

    /// Texts that are made from now on are in that language.
    void choose(LanguageChoice choice);

private:
    QCoreApplication& m_application;
    QTranslator m_own;
    QTranslator m_qt;
};

} // namespace sallyport
