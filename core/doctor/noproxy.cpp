// SPDX-License-Identifier: MIT
#include "core/doctor/noproxy.h"

#include "core/claudecode/noproxylist.h"
#include "core/support/hostport.h"

#include <algorithm>

namespace sallyport {

bool isPastProxy(const QString& noProxy, const QString& host, quint16 port) {
    const QString name = host.toLower();
    const QString bracketed = name.contains(u':') ? QString(u'[' + name + u']') : name;
    const QString withPort = hostPort(name, port);
    const QStringList entries = noProxyEntries(noProxy.toLower());
    return std::any_of(entries.begin(), entries.end(), [&](const QString& entry) {
        if (entry == QLatin1String("*") || entry == withPort) return true;
        if (entry.startsWith(u'.')) return name.endsWith(entry) || name == entry.mid(1);
        return entry == name || entry == bracketed;
    });
}

} // namespace sallyport
