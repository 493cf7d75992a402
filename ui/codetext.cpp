// SPDX-License-Identifier: MIT
#include "ui/codetext.h"

#include <QStringList>

namespace sallyport {

QString codeText(const QString& plain) {
    const QStringList parts = plain.toHtmlEscaped().split(u'`');
    QString out = parts.front();
    for (qsizetype i = 1; i < parts.size(); ++i) {
        const bool isCode = i % 2 == 1 && i + 1 < parts.size();
        if (isCode)
            out += QLatin1String("<code>") + parts[i] + QLatin1String("</code>");
        else
            out += (i % 2 == 1 ? QStringLiteral("`") : QString()) + parts[i];
    }
    return out.replace(u'\n', QLatin1String("<br>"));
}

} // namespace sallyport
