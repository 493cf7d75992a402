// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/environmentvariables.h"

#include <QString>
#include <QStringList>

namespace sallyport {

/// What a person chose of a connection; kept in its journal, so that it can be made again after the
/// address or the token has changed.
struct ConnectChoice {
    EnvMode mode = EnvMode::Gateway;
    QString profile{};     ///< upstream named in the base URL as `/p/NAME`; empty: none
    QStringList without{}; ///< names of keys that are not written
    friend bool operator==(const ConnectChoice&, const ConnectChoice&) = default;
};

} // namespace sallyport
