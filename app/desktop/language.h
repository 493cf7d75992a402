// SPDX-License-Identifier: MIT
#pragma once

#include <QTranslator>

class QCoreApplication;

namespace sallyport {

/// Installs the translations for the locale of the session, ours and Qt's; English where there is
/// none. Outlives every text that is shown.
class Language {
public:
    explicit Language(QCoreApplication& application);

private:
    QTranslator m_own;
    QTranslator m_qt;
};

} // namespace sallyport
