// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"
#include "core/http/field.h"

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace sallyport {

/// A client of `access.clients` with its token as it was read.
struct NamedClient {
    ClientConfig config;
    QByteArray token;
};

/// Whose token a request carries.
struct ClientIdentity {
    bool hasToken = false;               ///< the local one, or one of a named client
    const NamedClient* client = nullptr; ///< null: the local token, or none
};

/// Whether the request carries `token`: `Authorization: Bearer`, `x-api-key`, or
/// Proxy-Authorization (Bearer, or Basic with the token as password). Compared in constant time;
/// an empty token is carried by none.
[[nodiscard]] bool carriesToken(const FieldList& fields, QByteArrayView token);

/// Compares with the local token and with that of every client, whichever fits first, so that the
/// time tells nothing of where in the list a client stands. The local token goes before.
[[nodiscard]] ClientIdentity identifyClient(const FieldList& fields, QByteArrayView localToken,
                                            const std::vector<NamedClient>& clients);

} // namespace sallyport
