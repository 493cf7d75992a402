// SPDX-License-Identifier: MIT
#include "core/transfer/upstreamname.h"

#include <QHostAddress>
#include <QUrl>

namespace sallyport {

namespace {

/// Lower-case letters and digits of ASCII; one dash in the place of all else between them.
QString plainName(const QString& text) {
    constexpr qsizetype kMaxName = 40;
    QString name;
    for (const QChar c : text) {
        const bool isPlain = c.unicode() < 128 && c.isLetterOrNumber();
        if (isPlain)
            name += c.toLower();
        else if (!name.isEmpty() && !name.endsWith(u'-'))
            name += u'-';
    }
    name.truncate(kMaxName);
    while (name.endsWith(u'-'))
        name.chop(1);
    return name;
}

} // namespace

QString gatewayName(const QString& url) {
    const QString host = QUrl(url.trimmed()).host();
    const bool isAddress = !QHostAddress(host).isNull();
    const QString name = isAddress ? QString() : plainName(host.section(u'.', 0, 0));
    if (name.isEmpty() || name == QLatin1String("sandbox")) return QStringLiteral("corp");
    return name;
}

QString freeUpstreamName(const QString& called, const QString& url, const QStringList& taken) {
    const bool isHost = called == QUrl(url).host();
    const QString own = isHost ? QString() : plainName(called);
    const QString first = own.isEmpty() || own == QLatin1String("sandbox") ? gatewayName(url) : own;
    QString name = first;
    for (int number = 2; taken.contains(name); ++number)
        name = first + u'-' + QString::number(number);
    return name;
}

} // namespace sallyport
