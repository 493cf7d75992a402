// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QThreadPool>

#include <functional>

namespace sallyport {

/// Runs work on a thread of its own, one piece at a time; of what is asked meanwhile only the
/// latest is run. Destroying it waits for the piece that is running.
class LatestTask : public QObject {
    Q_OBJECT
public:
    /// What is to be done on the thread of the LatestTask afterwards; may be empty.
    using Delivery = std::function<void()>;
    /// Runs on the other thread; touches nothing that this one does.
    using Work = std::function<Delivery()>;

    explicit LatestTask(QObject* parent = nullptr);
    void start(Work work);
    /// What runs or waits is not delivered any more.
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

private:
    void run(const Work& work);
    void finish(quint64 generation, const Delivery& delivery);

    QThreadPool m_pool;
    Work m_next;
    bool m_isRunning = false;
    quint64 m_generation = 0; ///< rises when what runs is given up
};

} // namespace sallyport
