// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/head.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

#include <optional>
#include <utility>
#include <vector>

namespace sallyport {

/// A response made on this machine, whole.
struct LocalResponse {
    int status = 200;
    std::vector<std::pair<QByteArray, QByteArray>> fields;
    QByteArray content;
};

/// What `/readyz` looks at.
struct Readiness {
    bool hasRoutes = false;
    QStringList notReady; ///< names of routes whose upstream cannot be used, with the reason
    /// A client from another machine is told only whether all is ready: the reasons name routes,
    /// files and variables.
    bool isRemoteClient = false;
    QStringList warnings{}; ///< what is not safe; told with readiness, not to other machines
};

/// Whether a path on the listener's own authority is answered here, whatever the routes say:
/// `/healthz`, `/healthcheck`, `/readyz`, `/metrics`, `/_sallyport/version`.
[[nodiscard]] bool isLocalEndpoint(QByteArrayView pathAndQuery);
/// Whether it tells of the inside (routes, models, the version): a client from another machine has
/// to show the local token for it.
[[nodiscard]] bool needsTokenFromAfar(QByteArrayView pathAndQuery);
/// Whether the request is for `/metrics` by GET or HEAD; its response is metricsResponse().
[[nodiscard]] bool asksForMetrics(QByteArrayView method, QByteArrayView pathAndQuery);
/// The response to all else; only for paths for which isLocalEndpoint() is true. Methods but GET
/// and HEAD get 405.
[[nodiscard]] LocalResponse localResponse(QByteArrayView method, QByteArrayView pathAndQuery,
                                          const Readiness& readiness);

/// Whether that path is the WebSocket of live records, `/_sallyport/events`.
[[nodiscard]] bool isEventsEndpoint(QByteArrayView pathAndQuery);
/// The plain response there to what is no valid WebSocket handshake (405, 426 or 400); nothing for
/// one that is (RFC 6455 4.2.1).
[[nodiscard]] std::optional<LocalResponse> refusedHandshake(const RequestHead& head);

} // namespace sallyport
