// SPDX-License-Identifier: MIT
#pragma once

#include <QTranslator>

class QCoreApplication;

namespace sallyport {

/// Lets an application speak the language of the session: our texts and Qt's own. English where
/// we do not speak it. Outlives every text that is shown.
class Language {
public:
    explicit Language(QCoreApplication& application);

private:
    QTranslator m_own;
    QTranslator m_qt;
};

} // namespace sallyport
