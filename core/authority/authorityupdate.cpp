// SPDX-License-Identifier: MIT
#include "core/authority/authorityupdate.h"

#include "core/support/paths.h"
#include "core/support/regularfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QLockFile>

namespace sallyport {

namespace {

std::optional<AuthorityTerm> termOf(const std::optional<CaCertificate>& certificate) {
    if (!certificate) return std::nullopt;
    return AuthorityTerm{certificate->hosts(), certificate->notAfter()};
}

/// A crash can leave the bundle behind its certificates, and a user can damage it.
bool isBundleWhole(const AuthorityFolder& folder, const AuthorityFiles& files) {
    QByteArray expected = files.current->certificatePem();
    if (files.previous) expected += files.previous->certificatePem();
    const auto found = readRegularFile(folder.bundlePath(), expected.size() + 1);
    return found && *found == expected;
}

/// Takes out what has ended, and mends the bundle.
Result<AuthorityUpdate, QString> tidied(const AuthorityFolder& folder, AuthorityFiles files,
                                        const QDateTime& now) {
    const bool hasEnded = files.previous && now >= files.previous->notAfter();
    if (hasEnded) files.previous.reset();
    if (files.current && (hasEnded || !isBundleWhole(folder, files)))
        if (const auto stored = folder.store(files); !stored) return Failure{stored.error()};
    return AuthorityUpdate{AuthorityStep::Nothing, false, std::move(files)};
}

} // namespace

Result<AuthorityUpdate, QString> updateAuthority(const QString& stateDir, const HostList& wanted,
                                                 const QDateTime& now, AuthorityWish wish) {
    const AuthorityFolder folder(stateDir);
    if (wish == AuthorityWish::KeepFit && !QFile::exists(folder.currentPath()))
        return AuthorityUpdate();
    if (!paths::ensurePrivateDir(stateDir))
        return Failure{
            QCoreApplication::translate("Authority", "%1 cannot be created").arg(stateDir)};
    constexpr int kLockMs = 2000;
    QLockFile lock(QDir(stateDir).filePath(QStringLiteral("ca.lock")));
    if (!lock.tryLock(kLockMs))
        return Failure{QCoreApplication::translate(
            "Authority", "another process is at the local authority; try again")};
    auto loaded = folder.load();
    if (!loaded) return Failure{loaded.error()};
    const AuthorityPlan plan = planAuthority(termOf(loaded->current), wanted, now);
    if (plan.step == AuthorityStep::Nothing) return tidied(folder, std::move(loaded).value(), now);
    auto made = CaCertificate::make(wanted, now);
    if (!made) return Failure{made.error()};
    AuthorityUpdate update{plan.step, plan.keepsOld, {std::move(made).value(), std::nullopt}};
    if (plan.keepsOld) update.files.previous = loaded->current;
    if (const auto stored = folder.store(update.files); !stored) return Failure{stored.error()};
    return update;
}

QString updateText(const AuthorityUpdate& update, const QString& bundlePath) {
    const QString restart =
        update.keptOld
            ? QCoreApplication::translate("Authority",
                                          "what was started before goes on trusting the old one; "
                                          "start it again before that ends")
            : QCoreApplication::translate("Authority", "start Claude Code again, so that it reads "
                                                       "%1")
                  .arg(bundlePath);
    switch (update.step) {
    case AuthorityStep::Nothing: return {};
    case AuthorityStep::Create:
        return QCoreApplication::translate("Authority", "the local authority was made: %1")
            .arg(bundlePath);
    case AuthorityStep::Renew:
        return QCoreApplication::translate("Authority",
                                           "the local authority came near its end, and a new one "
                                           "was made: %1")
            .arg(restart);
    case AuthorityStep::ChangeHosts:
        return QCoreApplication::translate("Authority",
                                           "the list `intercept:` has changed, and a new local "
                                           "authority was made for it: %1")
            .arg(restart);
    }
    Q_UNREACHABLE();
}

} // namespace sallyport
