// SPDX-License-Identifier: MIT
#include "app/desktop/language.h"

#include <QLibraryInfo>
#include <QLocale>

namespace sallyport {

namespace {

QLocale localeOf(LanguageChoice choice) {
    switch (choice) {
    case LanguageChoice::System: return QLocale::system();
    case LanguageChoice::English: return QLocale(QLocale::English);
    case LanguageChoice::Chinese: return QLocale(QLocale::Chinese, QLocale::China);
    }
    Q_UNREACHABLE();
}

} // namespace

Language::Language(QCoreApplication& application, LanguageChoice choice)
    : m_application(application) {
    choose(choice);
}

Language::~Language() {
    m_application.removeTranslator(&m_own);
    m_application.removeTranslator(&m_qt);
}

void Language::choose(LanguageChoice choice) {
    m_application.removeTranslator(&m_own);
    m_application.removeTranslator(&m_qt);
    const QLocale locale = localeOf(choice);
    QLocale::setDefault(locale);
    const QString folder = QStringLiteral(":/i18n");
    const bool isSpoken =
        m_own.load(locale, QStringLiteral("sallyport"), QStringLiteral("_"), folder);
    // English has a file too: it knows one request from two.
    if (isSpoken || m_own.load(QStringLiteral("sallyport_en"), folder))
        m_application.installTranslator(&m_own);
    if (isSpoken && m_qt.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                              QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        m_application.installTranslator(&m_qt);
}

} // namespace sallyport
