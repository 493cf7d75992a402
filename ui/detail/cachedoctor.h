// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/promptdifference.h"
#include "core/observe/exchangerecord.h"
#include "ui/latesttask.h"

#include <QObject>

namespace sallyport {

/// `42,301 tokens were billed again, …`: what a request lost of the prompt cache that the one
/// before it had.
[[nodiscard]] QString cacheLossText(const CacheLoss& loss, quint64 previous);
/// Why, from the contents of both requests as they are kept: the first path that differs, or what
/// else there is to say. Takes some 100 ms for 4 MiB.
[[nodiscard]] QString cacheLossReason(const ExchangeDetail& before, const ExchangeDetail& after);

/// Finds out why a request could not read the prompt cache, on a thread of its own.
class CacheDoctor : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// Ends in compared(), unless cancel() or a later call comes first.
    void compare(const ExchangeDetail& before, const ExchangeDetail& after);
    void cancel() { m_task.cancel(); }

signals:
    void compared(const QString& reason);

private:
    LatestTask m_task;
};

} // namespace sallyport
