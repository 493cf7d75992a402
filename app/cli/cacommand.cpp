// SPDX-License-Identifier: MIT
#include "app/cli/cacommand.h"

#include "app/cli/console.h"
#include "core/authority/authorityupdate.h"
#include "core/config/loader.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace sallyport::cli {

namespace {

QDateTime rightNow() { return QDateTime::currentDateTimeUtc(); }

/// The hosts of `intercept:`; none, with the reason printed, when the files cannot be read.
std::optional<HostList> wantedHosts(const Invocation& invocation) {
    const auto config = loadConfig(invocation.configDir);
    if (config) return hostsOf((*config)->intercept);
    printErrorAsIs(config.error().toString());
    return std::nullopt;
}

int printStatus(const Invocation& invocation, const AuthorityStatus& status) {
    if (invocation.isJson)
        printOutput(caStatusJson(status));
    else
        printOutput(caStatusText(status));
    return status.exists && status.problem.isEmpty() ? kExitDone : kExitNo;
}

int create(const Invocation& invocation, const HostList& wanted) {
    if (wanted.empty()) {
        printError(QStringLiteral("ca create: `intercept:` in routes.yaml names no host, and an "
                                  "authority is made for those alone"));
        return kExitNo;
    }
    const QDateTime now = rightNow();
    const auto update = updateAuthority(invocation.stateDir, wanted, now, AuthorityWish::Create);
    if (!update) {
        printError(update.error());
        return kExitNo;
    }
    const AuthorityStatus status = authorityStatus(invocation.stateDir, wanted, now);
    if (!invocation.isJson) {
        const QString told = updateText(*update, status.bundlePath);
        printOutput(told.isEmpty()
                        ? QStringLiteral("There is one already, and it fits: nothing was done.\n")
                        : QString(told[0].toUpper() + told.mid(1) + QLatin1String(".\n")));
    }
    return printStatus(invocation, status);
}

SystemStore thisSystem() {
#if defined(Q_OS_WIN)
    return SystemStore::Windows;
#elif defined(Q_OS_DARWIN)
    return SystemStore::MacOs;
#else
    return QFile::exists(QStringLiteral("/etc/pki/ca-trust")) ? SystemStore::Fedora
                                                              : SystemStore::Debian;
#endif
}

int printPath(const Invocation& invocation) {
    const AuthorityStatus status = authorityStatus(invocation.stateDir, {}, rightNow());
    if (!status.exists) {
        printError(status.problem.isEmpty()
                       ? QStringLiteral("there is no local authority; `sallyport ca create` makes "
                                        "one")
                       : status.problem);
        return kExitNo;
    }
    printOutput(
        QString((invocation.wantsSystemCommand ? systemStoreCommand(thisSystem(), status.bundlePath)
                                               : status.bundlePath) +
                u'\n'));
    return kExitDone;
}

int remove(const Invocation& invocation) {
    const auto removed = AuthorityFolder(invocation.stateDir).remove();
    if (!removed) {
        printError(removed.error());
        return kExitNo;
    }
    if (invocation.isJson)
        printOutput(QJsonDocument(QJsonObject{{QStringLiteral("removed"), *removed}}).toJson());
    else
        printOutput(*removed ? QStringLiteral("The local authority is gone, with its keys. Hosts "
                                              "of `intercept:` are not opened without one.\n")
                             : QStringLiteral("There was no local authority.\n"));
    return kExitDone;
}

QString dayText(const QDateTime& time) { return time.toString(QStringLiteral("yyyy-MM-dd")); }

} // namespace

int runCaCommand(const Invocation& invocation) {
    if (invocation.command == Command::CaPath) return printPath(invocation);
    if (invocation.command == Command::CaRemove) return remove(invocation);
    const auto wanted = wantedHosts(invocation);
    if (!wanted) return kExitWrong;
    if (invocation.command == Command::CaCreate) return create(invocation, *wanted);
    return printStatus(invocation, authorityStatus(invocation.stateDir, *wanted, rightNow()));
}

QString caStatusText(const AuthorityStatus& status) {
    QString text;
    if (status.exists) {
        text += QLatin1String("  file         ") + status.bundlePath + u'\n';
        text += QLatin1String("  name         ") + status.name + u'\n';
        text += QLatin1String("  good for     ") + status.hosts.join(QLatin1String(", ")) + u'\n';
        text += QLatin1String("  until        ") + dayText(status.notAfter) + u'\n';
        if (status.previousUntil.isValid())
            text += QLatin1String("  beside it    the one before, until ") +
                    dayText(status.previousUntil) + u'\n';
        text += QLatin1String("  fingerprint  SHA-256 ") + status.fingerprint + u'\n';
    }
    const auto sentence = [](const QString& clause) {
        return QString(clause[0].toUpper() + clause.mid(1) + QLatin1String(".\n"));
    };
    if (!status.problem.isEmpty()) return text + sentence(status.problem);
    if (!status.warning.isEmpty()) return text + sentence(status.warning);
    if (status.exists) return text;
    return QStringLiteral("There is no local authority, and `intercept:` names no host that would "
                          "need one.\n");
}

QByteArray caStatusJson(const AuthorityStatus& status) {
    QJsonObject root{{QStringLiteral("exists"), status.exists},
                     {QStringLiteral("file"), status.bundlePath}};
    if (status.exists) {
        root[QLatin1String("name")] = status.name;
        root[QLatin1String("fingerprint_sha256")] = status.fingerprint;
        root[QLatin1String("hosts")] = QJsonArray::fromStringList(status.hosts);
        root[QLatin1String("not_before")] = status.notBefore.toString(Qt::ISODate);
        root[QLatin1String("not_after")] = status.notAfter.toString(Qt::ISODate);
    }
    if (status.previousUntil.isValid())
        root[QLatin1String("previous_until")] = status.previousUntil.toString(Qt::ISODate);
    if (!status.problem.isEmpty()) root[QLatin1String("problem")] = status.problem;
    if (!status.warning.isEmpty()) root[QLatin1String("warning")] = status.warning;
    return QJsonDocument(root).toJson();
}

QString systemStoreCommand(SystemStore store, const QString& path) {
    const QString quoted = u'\'' + QString(path).replace(u'\'', QLatin1String("'\\''")) + u'\'';
    switch (store) {
    case SystemStore::Debian:
        return QLatin1String("sudo cp ") + quoted +
               QLatin1String(" /usr/local/share/ca-certificates/sallyport.crt && sudo "
                             "update-ca-certificates");
    case SystemStore::Fedora:
        return QLatin1String("sudo cp ") + quoted +
               QLatin1String(" /etc/pki/ca-trust/source/anchors/sallyport.pem && sudo "
                             "update-ca-trust");
    case SystemStore::MacOs:
        return QLatin1String("security add-trusted-cert -r trustRoot -k "
                             "~/Library/Keychains/login.keychain-db ") +
               quoted;
    case SystemStore::Windows:
        return QLatin1String("certutil -user -addstore Root \"") + path + u'"';
    }
    Q_UNREACHABLE();
}

} // namespace sallyport::cli
