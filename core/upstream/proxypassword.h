// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/deferredtask.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace sallyport {

/// The password of a proxy's user, wherever it is kept.
class ProxyPassword {
public:
    virtual ~ProxyPassword() = default;
    /// The error is a clause. Nothing: it is being read, and `waiter` is run once when that has
    /// changed.
    [[nodiscard]] virtual std::optional<Result<QByteArray, QString>> get(DeferredTask& waiter) = 0;
    /// The proxy has refused this one.
    virtual void refused(const QByteArray& password) = 0;
};

} // namespace sallyport
