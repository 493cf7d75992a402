// SPDX-License-Identifier: MIT
#include "core/authority/authoritystatus.h"

#include "core/authority/authorityrenewal.h"

#include <QCoreApplication>

namespace sallyport {

namespace {

QString dayText(const QDateTime& time) { return time.toString(QStringLiteral("yyyy-MM-dd")); }

QString problemOf(const AuthorityFiles& files, const HostList& wanted, const QDateTime& now) {
    if (!files.current)
        return wanted.empty()
                   ? QString()
                   : QCoreApplication::translate("Authority",
                                                 "there is no local authority: `sallyport ca "
                                                 "create` makes one");
    const CaCertificate& current = *files.current;
    if (now >= current.notAfter())
        return QCoreApplication::translate("Authority",
                                           "the local authority has ended on %1: `sallyport ca "
                                           "create` makes a new one")
            .arg(dayText(current.notAfter()));
    for (const QByteArray& host : wanted)
        if (!isSubset({host}, current.hosts()))
            return QCoreApplication::translate(
                       "Authority", "the local authority is not made for %1, which stands in "
                                    "`intercept:` since: `sallyport ca create` makes a new one")
                .arg(QString::fromLatin1(host));
    return {};
}

QString warningOf(const CaCertificate& current, const QDateTime& now) {
    const qint64 days = now.daysTo(current.notAfter());
    if (days > kRenewalDays || now >= current.notAfter()) return {};
    return QCoreApplication::translate("Authority",
                                       "the local authority ends on %1, in %2 days: `sallyport ca "
                                       "create` makes a new one, and this one stays trusted until "
                                       "then")
        .arg(dayText(current.notAfter()))
        .arg(days);
}

} // namespace

AuthorityStatus statusOf(const Result<AuthorityFiles, QString>& loaded,
                         const AuthorityFolder& folder, const HostList& wanted,
                         const QDateTime& now) {
    AuthorityStatus status;
    status.bundlePath = folder.bundlePath();
    if (!loaded) {
        status.problem = loaded.error();
        return status;
    }
    status.problem = problemOf(*loaded, wanted, now);
    if (!loaded->current) return status;
    const CaCertificate& current = *loaded->current;
    status.exists = true;
    status.name = current.name();
    status.fingerprint = current.fingerprint();
    for (const QByteArray& host : current.hosts())
        status.hosts << QString::fromLatin1(host);
    status.notBefore = current.notBefore();
    status.notAfter = current.notAfter();
    if (loaded->previous && now < loaded->previous->notAfter())
        status.previousUntil = loaded->previous->notAfter();
    status.warning = warningOf(current, now);
    return status;
}

AuthorityStatus authorityStatus(const QString& stateDir, const HostList& wanted,
                                const QDateTime& now) {
    const AuthorityFolder folder(stateDir);
    return statusOf(folder.load(), folder, wanted, now);
}

} // namespace sallyport
