// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"
#include "core/transfer/foundprovider.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace sallyport {

/// The providers of Claude Code in `~/.cc-switch/config.json` of cc-switch: those of `claude` in
/// version 2, of the top in version 1. 1000 at most. The error is a clause.
[[nodiscard]] Result<std::vector<FoundProvider>, QString>
ccSwitchProviders(const QByteArray& configJson);

/// One row of the table `providers` of `cc-switch.db`.
struct CcSwitchRow {
    QString name;
    QByteArray settings; ///< JSON: a settings.json of Claude Code
    QByteArray meta;     ///< JSON; may be empty
    bool isCurrent = false;
};
[[nodiscard]] FoundProvider ccSwitchProvider(const CcSwitchRow& row);

} // namespace sallyport
