// SPDX-License-Identifier: MIT
#include "core/authority/localauthority.h"

#include "core/authority/leafissuer.h"

#include <QCoreApplication>
#include <QFile>

#include <chrono>
#include <system_error>
#include <utility>

namespace sallyport {

LocalAuthority::LocalAuthority(QString stateDir, const Clock& clock)
    : m_stateDir(std::move(stateDir))
    , m_folder(m_stateDir)
    , m_clock(clock) {}

QDateTime LocalAuthority::now() const {
    const auto since = m_clock.wallNow().time_since_epoch();
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(since).count(), Qt::UTC);
}

LocalAuthority::Stamp LocalAuthority::stampNow() const {
    std::error_code error;
    const auto time = std::filesystem::last_write_time(
        QFile::encodeName(m_folder.currentPath()).toStdString(), error);
    return error ? Stamp() : Stamp{true, time};
}

/// One stat() for each CONNECT; reading only where something has changed.
void LocalAuthority::lookAgain() const {
    const Stamp stamp = stampNow();
    if (m_stamp == stamp) return;
    m_stamp = stamp;
    m_files = m_folder.load();
    m_leaves.clear();
}

QString LocalAuthority::follow(const HostList& wanted) {
    m_wanted = wanted;
    const auto update = updateAuthority(m_stateDir, wanted, now(), AuthorityWish::KeepFit);
    m_stamp.reset();
    lookAgain();
    return update ? updateText(*update, m_folder.bundlePath()) : QString();
}

AuthorityStatus LocalAuthority::status() const {
    lookAgain();
    return statusOf(m_files, m_folder, m_wanted, now());
}

QString LocalAuthority::problemFor(const QByteArray& host) const {
    lookAgain();
    if (m_files && leafIssuer(*m_files, host, now())) return {};
    const QString known = statusOf(m_files, m_folder, m_wanted, now()).problem;
    if (!known.isEmpty()) return known;
    return QCoreApplication::translate("Authority", "the local authority is not made for %1")
        .arg(QString::fromLatin1(host));
}

Result<std::shared_ptr<const TlsIdentity>, QString>
LocalAuthority::leafFor(const QByteArray& host) {
    const QDateTime time = now();
    if (auto kept = m_leaves.find(host, time)) return kept;
    const CaCertificate* const issuer = m_files ? leafIssuer(*m_files, host, time) : nullptr;
    if (!issuer) return Failure{problemFor(host)};
    auto made = issuer->mintLeaf(host, time);
    if (!made) return made;
    constexpr qint64 kGoodSeconds =
        3600 * (CaCertificate::kLeafHours - CaCertificate::kLeafRenewalHours);
    m_leaves.put(host, *made, std::min(time.addSecs(kGoodSeconds), issuer->notAfter()));
    return made;
}

Result<std::unique_ptr<TlsEngine>, QString> LocalAuthority::engineFor(const QByteArray& host) {
    lookAgain();
    const auto leaf = leafFor(host);
    if (!leaf) return Failure{leaf.error()};
    if (!m_context) {
        auto made = TlsServerContext::make();
        if (!made) return Failure{made.error()};
        m_context = std::move(made).value();
    }
    auto engine = m_context->connectionWith(**leaf, host);
    if (!engine)
        return Failure{QCoreApplication::translate("Authority", "OpenSSL refuses the certificate "
                                                                "that was made for %1")
                           .arg(QString::fromLatin1(host))};
    return engine;
}

} // namespace sallyport
