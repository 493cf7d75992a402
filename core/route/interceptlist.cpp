// SPDX-License-Identifier: MIT
#include "core/route/interceptlist.h"

#include <QString>

namespace sallyport {

namespace {

bool takesHost(const InterceptEntry& entry, QByteArrayView host) {
    if (!entry.host.startsWith("*.")) return host == entry.host;
    const QByteArrayView suffix = QByteArrayView(entry.host).sliced(1);
    return host.size() > suffix.size() && host.endsWith(suffix);
}

/// An exact name is longer than any suffix that takes it, but for the asterisk.
bool isCloser(const InterceptEntry& a, const InterceptEntry& b) {
    const bool isExact = !a.host.startsWith("*.");
    return isExact || (b.host.startsWith("*.") && a.host.size() > b.host.size());
}

} // namespace

QByteArray InterceptEntry::toBytes() const {
    if (port == kDefaultPort) return host;
    const QByteArray shown = host.contains(':') ? QByteArray('[' + host + ']') : host;
    return shown + ':' + QByteArray::number(port);
}

const InterceptEntry* InterceptList::find(QByteArrayView host, quint16 port) const {
    if (host.endsWith('.')) host.chop(1);
    const InterceptEntry* best = nullptr;
    for (const InterceptEntry& entry : entries)
        if (entry.port == port && takesHost(entry, host) && (!best || isCloser(entry, *best)))
            best = &entry;
    return best;
}

} // namespace sallyport
