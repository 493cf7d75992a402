// SPDX-License-Identifier: MIT
#pragma once

#include <QMetaObject>
#include <QObject>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace sallyport {

/// Runs `work`, which may block, in a thread of the global pool, then `done` with its result in the
/// event loop of this thread. Neither may use what can be gone by then without asking.
template <typename Work, typename Done>
void inBackground(Work work, Done done) {
    // Made here, so that what is sent to it runs in this thread.
    const std::shared_ptr<QObject> home(new QObject, [](QObject* gone) { gone->deleteLater(); });
    QThreadPool::globalInstance()->start(
        [home, work = std::move(work), done = std::move(done)]() mutable {
            auto result = work();
            QMetaObject::invokeMethod(
                home.get(),
                // Its home stays until then: a deletion is not held up by what was sent before.
                [home, done = std::move(done), result = std::move(result)]() mutable {
                    done(std::move(result));
                },
                Qt::QueuedConnection);
        });
}

} // namespace sallyport
