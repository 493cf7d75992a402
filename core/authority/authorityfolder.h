// SPDX-License-Identifier: MIT
#pragma once

#include "core/authority/cacertificate.h"
#include "core/support/result.h"

#include <QString>

#include <optional>

namespace sallyport {

/// What the folder of the local authority holds.
struct AuthorityFiles {
    std::optional<CaCertificate> current;
    std::optional<CaCertificate> previous; ///< trusted until its end, and signs where it can
};

/// The folder `ca` in the state folder, mode 0700, files 0600: `current.pem` and `previous.pem`
/// with a key and its certificate each, the only places of the keys, and `ca.pem`, the
/// certificates alone, for NODE_EXTRA_CA_CERTS.
class AuthorityFolder {
public:
    explicit AuthorityFolder(const QString& stateDir);

    /// The certificates to trust; absolute, whether it is there or not.
    [[nodiscard]] QString bundlePath() const;
    /// The file whose change means that load() gives something else.
    [[nodiscard]] QString currentPath() const;

    /// Nothing where there is no authority. The error names the file. Refuses a key that other
    /// users can read. Creates nothing.
    [[nodiscard]] Result<AuthorityFiles, QString> load() const;
    /// Writes all that there is, `current` last but for the bundle; a crash leaves the old ones or
    /// the new. The error names the file.
    [[nodiscard]] Result<Done, QString> store(const AuthorityFiles& files) const;
    /// False when there was nothing.
    [[nodiscard]] Result<bool, QString> remove() const;

private:
    [[nodiscard]] QString inside(const char* name) const;

    QString m_folder;
};

} // namespace sallyport
