// SPDX-License-Identifier: MIT
#include "core/claudecode/noproxylist.h"

#include <QUrl>

#include <algorithm>

namespace sallyport {

namespace {

/// Names under which a proxy must not be asked for us. Claude Code exempts no loopback by itself.
QStringList ownHosts(const QString& baseUrl) {
    QStringList hosts{QStringLiteral("127.0.0.1"), QStringLiteral("localhost")};
    const QString host = QUrl(baseUrl).host();
    if (host.isEmpty() || hosts.contains(host)) return hosts;
    // QUrl drops the brackets of an IPv6 address; a client may compare with or without them.
    if (host.contains(u':')) hosts << QString(u'[' + host + u']');
    return hosts << host;
}

/// The list as it is, followed by the hosts that it lacks. `*` covers all where it stands alone.
QString mergedNoProxy(const QString& existing, const QStringList& hosts) {
    const QStringList present = noProxyEntries(existing);
    if (present == QStringList{QStringLiteral("*")}) return existing;
    QString merged = existing;
    for (const QString& host : hosts) {
        if (present.contains(host, Qt::CaseInsensitive)) continue;
        if (!merged.isEmpty() && !merged.endsWith(u',')) merged += u',';
        merged += host;
    }
    return merged;
}

/// Whether Claude Code (2.1.329), or a library in it, reads an entry of NO_PROXY as one for a
/// host: `*`, the host itself, `.suffix` or `*suffix`, each perhaps with a port, or with a dot
/// after it.
bool isExempt(const QString& host, QString entry) {
    if (const qsizetype colon = entry.lastIndexOf(u':'); colon > 0) entry.truncate(colon);
    while (entry.endsWith(u'.'))
        entry.chop(1);
    if (entry.startsWith(u'*')) return host.endsWith(entry.sliced(1), Qt::CaseInsensitive);
    if (entry.compare(host, Qt::CaseInsensitive) == 0) return true;
    return entry.startsWith(u'.') && QString(u'.' + host).endsWith(entry, Qt::CaseInsensitive);
}

/// The list without what would exempt one of the hosts.
QString withoutHosts(const QString& existing, const QStringList& hosts) {
    QStringList entries = noProxyEntries(existing);
    const qsizetype before = entries.size();
    entries.removeIf([&hosts](const QString& entry) {
        return std::any_of(hosts.begin(), hosts.end(),
                           [&entry](const QString& host) { return isExempt(host, entry); });
    });
    return entries.size() == before ? existing : entries.join(u',');
}

} // namespace

QStringList noProxyEntries(const QString& list) {
    return list.simplified().replace(u' ', u',').split(u',', Qt::SkipEmptyParts);
}

QString noProxyList(const QString& existing, const QString& baseUrl,
                    const QStringList& throughProxy) {
    return mergedNoProxy(withoutHosts(existing, throughProxy), ownHosts(baseUrl));
}

} // namespace sallyport
