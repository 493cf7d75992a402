// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace sallyport {

/// Brings SIGTERM and SIGINT into the event loop, and SIGHUP as a wish to reload. One at a time in
/// a process; does nothing where there are no such signals.
class EndSignals : public QObject {
    Q_OBJECT
public:
    explicit EndSignals(QObject* parent = nullptr);
    ~EndSignals() override;

signals:
    void endWanted();
    void reloadWanted();

private:
    void take();

    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace sallyport
