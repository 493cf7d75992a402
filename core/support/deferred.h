// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <memory>

namespace sallyport {

/// Disconnects a QObject and deletes it in its event loop (deleteLater()): a socket that is
/// about to be deleted still emits, and its deletion may be requested from one of its own
/// signals.
struct DeferredDelete {
    void operator()(QObject* object) const {
        if (!object) return;
        object->disconnect();
        object->deleteLater();
    }
};

/// Sole owner of a QObject that may be deleted from one of its own signals.
template <typename T>
using Deferred = std::unique_ptr<T, DeferredDelete>;

} // namespace sallyport
