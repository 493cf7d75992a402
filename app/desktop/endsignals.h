// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace sallyport {

/// Turns SIGTERM and SIGINT into endRequested() and SIGHUP into reloadRequested(), in the event
/// loop. At most one object in a process. Does nothing on systems without these signals.
class EndSignals : public QObject {
    Q_OBJECT
public:
    explicit EndSignals(QObject* parent = nullptr);
    ~EndSignals() override;

signals:
    void endRequested();
    void reloadRequested();

private:
    void take();

    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace sallyport
