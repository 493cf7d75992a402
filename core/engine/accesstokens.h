// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"
#include "core/observe/exchangelog.h"
#include "core/proxy/clienttoken.h"
#include "core/support/clock.h"
#include "core/support/result.h"

#include <QByteArrayList>
#include <QString>

#include <vector>

namespace sallyport {

/// What clients show, and beside it the secrets that stand in the files and the environment.
struct AccessTokens {
    QByteArray local; ///< empty: none is asked for
    std::vector<NamedClient> clients;
    QByteArrayList passwords = {}; ///< of proxies, in `via` and in variables of the environment

    [[nodiscard]] QByteArrayList all() const;
};

/// Reads the local token, which is made where it is to be and there is none, and that of each
/// client of `access.clients`. The error is a sentence; of a client: its token cannot be read, is
/// shorter than 16 bytes, or is the local one or another client's.
[[nodiscard]] Result<AccessTokens, QString>
readAccessTokens(const Config& config, const QString& stateDir, const Clock& clock);

/// Makes the log and the records know `secrets` beside the latest of those that they know, before
/// any request gets one of them.
void renewKnownSecrets(ExchangeLog& exchanges, const QByteArrayList& secrets);

} // namespace sallyport
