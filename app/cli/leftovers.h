// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"

#include <QString>
#include <QStringList>

namespace sallyport::cli {

/// What Sallyport has on a machine besides connections.
struct Leftovers {
    QString autostart; ///< entry of start at login; empty: none
    bool hasAuthority = false;
    QStringList keychainEntries; ///< that routes.yaml names
    QStringList folders;         ///< of files: configuration, state, history
    friend bool operator==(const Leftovers&, const Leftovers&) = default;
};

/// Names of all keychain entries that a configuration mentions, each once.
[[nodiscard]] QStringList keychainEntriesOf(const Config& config);
/// Looks for them. With files that cannot be read no keychain entries are known.
[[nodiscard]] Leftovers findLeftovers(const QString& configDir, const QString& stateDir);
/// The lines of a shell that remove them, and a sentence before; empty when there is nothing.
[[nodiscard]] QString leftoversText(const Leftovers& leftovers);

} // namespace sallyport::cli
