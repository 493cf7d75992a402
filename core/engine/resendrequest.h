// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"

#include <QByteArray>
#include <QMetaType>
#include <QString>

namespace sallyport {

/// A request that is to pass once more, as it would come from a client.
struct ResendRequest {
    quint64 number = 0; ///< by which the caller knows it
    QByteArray from;    ///< the exchange that it repeats, numbered as ExchangeRecord::resentFrom
    QByteArray method;
    QByteArray target; ///< in origin-form; in absolute-form where it is for another host
    QByteArray host;  ///< for Host in origin-form; empty, or a loopback address: the listener's own
    FieldList fields; ///< those of the connection and of the content's length are left out
    QByteArray content;
};

/// The bytes of the request, for a connection of its own. `listener` is `127.0.0.1:8899`; `token`,
/// where there is one, goes into Proxy-Authorization, which leaves `Authorization` to the user and
/// goes no further than the listener.
[[nodiscard]] QByteArray resendBytes(const ResendRequest& request, QByteArrayView listener,
                                     QByteArrayView token);

/// The target that leads the same request to the upstream of that name, `/p/NAME/v1/messages`,
/// whatever the target leads to now; empty: as the routes say.
[[nodiscard]] QByteArray targetThrough(const QString& upstream, QByteArrayView target);

} // namespace sallyport

Q_DECLARE_METATYPE(sallyport::ResendRequest)
