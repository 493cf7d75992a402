// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <memory>

namespace sallyport {

/// Deletes a QObject when control is back in its event loop, after cutting its connections: a
/// socket that is about to be deleted still emits, and its deletion may have been asked for from
/// inside one of its own signals.
struct DeferredDelete {
    void operator()(QObject* object) const {
        if (!object) return;
        object->disconnect();
        object->deleteLater();
    }
};

/// Sole owner of a QObject that may be let go from inside one of its own signals.
template <typename T>
using Deferred = std::unique_ptr<T, DeferredDelete>;

} // namespace sallyport
