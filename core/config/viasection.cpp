// SPDX-License-Identifier: MIT
#include "core/config/viasection.h"

#include "core/config/addresses.h"

#include <QCoreApplication>

namespace sallyport {

Via readVia(const MapReader& map, const QString& dir) {
    Via via;
    map.read("via", via, scalars::via);
    map.read("via_credential", via.credential,
             [&](const QByteArray& text) { return scalars::credentialSource(text, dir); });
    if (via.credential.kind == CredentialSource::Kind::None) return via;
    if (via.user.isEmpty())
        map.refuse("via_credential",
                   QCoreApplication::translate(
                       "Config", "a password belongs to a user; name that in via, like "
                                 "http://alice@proxy.example.com:3128"));
    else if (!via.password.isEmpty())
        map.refuse("via_credential",
                   QCoreApplication::translate(
                       "Config", "there is a password in via already; take one of the two out"));
    return via;
}

} // namespace sallyport
