// SPDX-License-Identifier: MIT
#pragma once

#include "core/authority/authorityfolder.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace sallyport {

/// How the local authority stands, for people and for checks. Holds no secret.
struct AuthorityStatus {
    QString bundlePath;      ///< for NODE_EXTRA_CA_CERTS; absolute, whether it is there or not
    bool exists = false;     ///< there is a current certificate that can be read
    QString name;            ///< its common name
    QString fingerprint;     ///< SHA-256, upper case with colons
    QStringList hosts;       ///< that it may certify
    QDateTime notBefore;     ///< UTC
    QDateTime notAfter;      ///< UTC
    QDateTime previousUntil; ///< the end of the one before, which is trusted too; invalid: none
    QString problem;         ///< why it cannot do its work, and what mends it; empty: it can
    QString warning;         ///< what will be a problem soon; empty: nothing
    friend bool operator==(const AuthorityStatus&, const AuthorityStatus&) = default;
};

/// `wanted` are the hosts of `intercept:`; none of them makes no authority a problem.
[[nodiscard]] AuthorityStatus statusOf(const Result<AuthorityFiles, QString>& loaded,
                                       const AuthorityFolder& folder, const HostList& wanted,
                                       const QDateTime& now);

/// Reads the folder for it: for command line, preset and doctor, which have no engine.
[[nodiscard]] AuthorityStatus authorityStatus(const QString& stateDir, const HostList& wanted,
                                              const QDateTime& now);

} // namespace sallyport
