// SPDX-License-Identifier: MIT
#pragma once

#include "core/authority/authoritystatus.h"
#include "core/authority/authorityupdate.h"
#include "core/authority/leafcache.h"
#include "core/support/clock.h"
#include "core/tls/certificatesource.h"
#include "core/tls/tlsservercontext.h"

#include <QString>

#include <filesystem>
#include <memory>
#include <optional>

namespace sallyport {

/// The local authority at work: certificates for the hosts of `intercept:`, signed by what the
/// folder holds. Follows the folder: what `sallyport ca create` or `remove` did counts from the
/// next connection on. Which of two trusted certificates signs: leafIssuer(). Lives on one thread.
class LocalAuthority final : public CertificateSource {
public:
    /// `clock` outlives it.
    LocalAuthority(QString stateDir, const Clock& clock);

    /// The hosts of `intercept:`, at the start, after each reading of the files and once a day: an
    /// authority that exists is renewed, or made anew for other hosts; none is made where there is
    /// none. Returns what is to be told, empty for nothing; an error is told by status().
    [[nodiscard]] QString follow(const HostList& wanted);
    [[nodiscard]] AuthorityStatus status() const;

    [[nodiscard]] QString problemFor(const QByteArray& host) const override;
    [[nodiscard]] Result<std::unique_ptr<TlsEngine>, QString>
    engineFor(const QByteArray& host) override;

private:
    struct Stamp {
        bool exists = false;
        std::filesystem::file_time_type time;
        friend bool operator==(const Stamp&, const Stamp&) = default;
    };
    [[nodiscard]] QDateTime now() const;
    [[nodiscard]] Stamp stampNow() const;
    void lookAgain() const;
    [[nodiscard]] Result<std::shared_ptr<const TlsIdentity>, QString>
    leafFor(const QByteArray& host);

    QString m_stateDir;
    AuthorityFolder m_folder;
    const Clock& m_clock;
    HostList m_wanted;
    std::shared_ptr<TlsServerContext> m_context;
    // What was read of the folder, and what hangs on it.
    mutable std::optional<Stamp> m_stamp;
    mutable Result<AuthorityFiles, QString> m_files = AuthorityFiles();
    mutable LeafCache m_leaves;
};

} // namespace sallyport
