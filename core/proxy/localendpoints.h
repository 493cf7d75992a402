// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

#include <optional>
#include <utility>
#include <vector>

namespace sallyport {

/// An answer made on this machine, whole.
struct LocalAnswer {
    int status = 200;
    std::vector<std::pair<QByteArray, QByteArray>> fields;
    QByteArray content;
};

/// What `/readyz` looks at.
struct Readiness {
    bool hasRoutes = false;
    QStringList notReady; ///< names of routes whose upstream cannot be used, with the reason
};

/// `/healthz`, `/healthcheck`, `/readyz` on the listener's own authority; nothing for other paths.
/// Methods but GET and HEAD get 405.
[[nodiscard]] std::optional<LocalAnswer>
localEndpoint(QByteArrayView method, QByteArrayView pathAndQuery, const Readiness& readiness);

} // namespace sallyport
