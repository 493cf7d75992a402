// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractEventDispatcher>
#include <QObject>
#include <QString>

#include <chrono>
#include <memory>

namespace sallyport {

/// Counts how often this thread's event loop woke up since it was made. A loop that spins wakes
/// tens of thousands of times a second, however slow the machine; a clock would measure the
/// machine.
class LoopTurns {
public:
    LoopTurns() {
        QObject::connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake,
                         m_context.get(), [count = m_count] { ++*count; });
    }
    /// QTest::qWait() itself wakes every 10 ms at most; ten times that is spinning.
    [[nodiscard]] bool isIdleFor(std::chrono::milliseconds time) const {
        return *m_count < 50 + time.count();
    }
    [[nodiscard]] QString text() const {
        return QStringLiteral("%1 turns of the event loop").arg(*m_count);
    }

private:
    std::shared_ptr<qint64> m_count = std::make_shared<qint64>(0);
    std::unique_ptr<QObject> m_context = std::make_unique<QObject>();
};

} // namespace sallyport
