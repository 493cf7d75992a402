// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/configerror.h"
#include "core/support/result.h"
#include "core/transfer/foundprovider.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace sallyport {

/// Where keys are kept that are imported.
enum class KeyPlace { Keychain, File };

/// What is to be imported, and how.
struct ImportChoice {
    std::vector<FoundProvider> providers; ///< none with an obstacle
    std::vector<EntryKeys> routes{};      ///< of an exported configuration
    /// The whole of an exported configuration, for where there is no `routes.yaml` yet: `providers`
    /// are the upstreams of it that stay.
    std::optional<QByteArray> whole{};
    KeyPlace keyPlace = KeyPlace::Keychain;
    std::optional<std::size_t> inUse{}; ///< of `providers`: where Claude Code's requests go then
    QStringList takenKeys{};            ///< names of key files that are there
};

/// A key to be kept before the file that names it is written.
struct ImportedKey {
    QString name;      ///< of the entry in the keychain, or of the file
    QByteArray secret; ///< never shown or logged
};

/// What an import writes.
struct ImportPlan {
    QByteArray text;       ///< `routes.yaml`; no key is in it
    QStringList upstreams; ///< names of the upstreams that are added, in the order of the choice
    QStringList routes;    ///< names of the routes that are added
    std::vector<ImportedKey> keys;
};

/// The edit of `routes.yaml` that adds each provider as an upstream with a name of its own, and
/// leads Claude Code's requests to the one in use. Every other byte stays. Changes nothing and
/// reads no file. The error is at the place that cannot be edited.
[[nodiscard]] Result<ImportPlan, ConfigError>
planImport(const QByteArray& yaml, const QString& fileName, const ImportChoice& choice);

/// The upstream of `routes.yaml` that leads to the same address; empty where there is none.
[[nodiscard]] QString presentUpstream(const QByteArray& yaml, const QString& fileName,
                                      const FoundProvider& provider);

/// Whether Claude Code's requests have a place to go in that text: not to the sandbox, not nowhere.
[[nodiscard]] bool leadsSomewhere(const QByteArray& yaml, const QString& fileName);

} // namespace sallyport
