// SPDX-License-Identifier: MIT
#include "core/doctor/listenerreading.h"

#include "core/support/defaultport.h"

#include <QHostAddress>
#include <QUrl>

namespace sallyport {

namespace {

bool isLoopbackHost(const QString& host) {
    return host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0 ||
           QHostAddress(host).isLoopback();
}

bool isAnyInterface(const QString& host) {
    return host == QLatin1String("0.0.0.0") || host == QLatin1String("::");
}

int portOf(const QUrl& url) {
    return url.port(url.scheme() == QLatin1String("https") ? kHttpsPort : kHttpPort);
}

} // namespace

bool isLoopbackUrl(const QString& url) { return isLoopbackHost(QUrl(url).host()); }

bool leadsTo(const QString& url, const QString& address) {
    if (address.isEmpty()) return false;
    const QUrl asked(url);
    const QUrl ours(QLatin1String("http://") + address);
    if (asked.host().isEmpty() || portOf(asked) != portOf(ours)) return false;
    const bool isReachedByLoopback = isLoopbackHost(ours.host()) || isAnyInterface(ours.host());
    if (isLoopbackHost(asked.host()) && isReachedByLoopback) return true;
    return asked.host() == ours.host();
}

} // namespace sallyport
