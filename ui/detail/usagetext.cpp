// SPDX-License-Identifier: MIT
#include "ui/detail/usagetext.h"

#include "ui/log/rowtext.h"

#include <QCoreApplication>
#include <QStringList>

namespace sallyport {

QString usageText(const Usage& usage) {
    QStringList parts;
    if (usage.input)
        parts += QCoreApplication::translate("Usage", "%1 in").arg(countText(usage.input));
    if (usage.output)
        parts += QCoreApplication::translate("Usage", "%1 out").arg(countText(usage.output));
    if (usage.cacheRead)
        parts += QCoreApplication::translate("Usage", "%1 read from cache")
                     .arg(countText(usage.cacheRead));
    if (usage.cacheWritten)
        parts += QCoreApplication::translate("Usage", "%1 written to cache")
                     .arg(countText(usage.cacheWritten));
    return parts.join(QStringLiteral(" · "));
}

} // namespace sallyport
