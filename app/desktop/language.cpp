// SPDX-License-Identifier: MIT
#include "app/desktop/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace sallyport {

Language::Language(QCoreApplication& application) {
    const QLocale locale;
    const QString folder = QStringLiteral(":/i18n");
    const bool isSpoken =
        m_own.load(locale, QStringLiteral("sallyport"), QStringLiteral("_"), folder);
    // English has a file too: it knows one request from two.
    if (isSpoken || m_own.load(QStringLiteral("sallyport_en"), folder))
        application.installTranslator(&m_own);
    if (isSpoken && m_qt.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                              QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        application.installTranslator(&m_qt);
}

} // namespace sallyport
