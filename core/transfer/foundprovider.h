// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/routesedit.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace sallyport {

/// A provider as another program has it in its configuration.
struct FoundProvider {
    QString name;          ///< as it is called there; printable, 64 characters at most
    QString url;           ///< base URL; empty where there is none
    QByteArray key{};      ///< the credential itself: never shown, logged or put into YAML
    QString keyVariable{}; ///< the environment variable that holds the key, instead of it
    bool isApiKey = false; ///< sent as `x-api-key`
    bool isInUse = false;  ///< the one that Claude Code's requests go to now
    QString obstacle{};    ///< why it cannot be carried over; a clause. Empty: it can
    QStringList left{};    ///< what of it is not carried over; clauses
    QString program{};     ///< that the upstream would run, as text for people, masked
    EntryKeys entry{};     ///< of an exported configuration: the upstream as it stands there
    friend bool operator==(const FoundProvider&, const FoundProvider&) = default;
};

/// Where providers come from.
enum class ImportOrigin { ClaudeCode, CcSwitch, ClaudeCodeRouter, Export };

/// One configuration that was looked at.
struct ImportSource {
    ImportOrigin origin = ImportOrigin::ClaudeCode;
    QString file;                           ///< that was read; empty for the variables of a shell
    std::vector<FoundProvider> providers{}; ///< in the order of the file
    QString problem{};                      ///< why it cannot be read; a clause
    std::vector<EntryKeys> routes{};        ///< of an exported configuration: its routes
    QByteArray text{};                      ///< of an exported configuration: its routes.yaml
    QByteArray settings{};                  ///< of an exported configuration: its settings.yaml
    friend bool operator==(const ImportSource&, const ImportSource&) = default;
};

} // namespace sallyport
